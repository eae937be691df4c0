/** Every public configuration gets the verdict that an agent would give, and the finding that helps. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkConfig } from "./check-config.ts";
import type { TargetVersion } from "./config.ts";
import type { Finding } from "./finding.ts";
import { readConfig } from "./read-config.ts";
import { writeFlowlogs } from "./write-config.ts";

const REAL = new URL("fixtures/real/", import.meta.url);
const NOW = Date.UTC(2026, 5, 1);

interface Expected {
  readonly form: string;
  /** Names of the entries, or why agents refuse the file. */
  readonly gives: readonly string[] | "parse" | "validate";
  /** `kind line:column`, or the kind alone where the paste has no place for it. */
  readonly says: readonly string[];
}

const EXPECTED: { readonly [file: string]: Expected } = {
  "40-flowlogs-neumanndaniel.yaml.txt": {
    form: "config-map",
    gives: ["egress-traffic-blocking"],
    says: ["device-goes-silent 12:7", "sub-type-without-match 15:11"],
  },
  "41-flowlogs-cilium-valid-testdata.yaml.txt": {
    form: "flowlogs",
    gives: ["test001", "test002", "test003"],
    says: ["newer-key 5:3", "includes-everything 7:3", "end-in-the-past 12:3", "mask-lacks-fields 15:3", "rotation-too-early 25:3"],
  },
  "41b-flowlogs-cilium-invalid-testdata.yaml.txt": { form: "flowlogs", gives: "parse", says: ["not-yaml 4:20"] },
  "41c-flowlogs-cilium-duplicate-paths-testdata.yaml.txt": { form: "flowlogs", gives: "validate", says: ["duplicate-path 9:3"] },
  "42-flowlogs-tke-live-cm.yaml.txt": { form: "config-map", gives: ["all"], says: ["helm-owned 19:35", "includes-everything 5:9"] },
  "43-flowlogs-tke-helm-set-multi.sh.txt": {
    form: "helm-dynamic",
    gives: ["all", "dropped"],
    says: ["helm-command", "includes-everything 1:1", "drop-without-event-type 1:1"],
  },
  "44-flowlogs-tke-helm-set-fieldmask.sh.txt": {
    form: "helm-dynamic",
    gives: ["dropped"],
    says: ["helm-command", "mask-lacks-fields 1:1"],
  },
  "46-helm-dynamic-per-entry-rotation-truncated.yaml.txt": {
    form: "helm-dynamic",
    gives: ["production"],
    says: ["create-config-map 8:26", "mask-inside-oneof 37:13", "rotation-too-early 13:11"],
  },
  "47-deckhouse-hubblemonitoringconfig.yaml.txt": {
    form: "other",
    gives: ["deckhouse"],
    says: ["deckhouse 13:5", "drop-without-event-type 15:9"],
  },
  "48-helm-static-dropped-error-homeops.yaml.txt": {
    form: "helm-static",
    gives: ["static"],
    says: ["stale-rotation 3:20", "drop-without-event-type 9:11"],
  },
  "49-helm-static-l7-only-129.yaml.txt": { form: "helm-static", gives: ["static"], says: ["l7-access-log 9:11"] },
  "62-helm-static-mislabelled-129.yaml.txt": {
    form: "helm-static",
    gives: ["static"],
    says: ["l7-access-log 19:14", "mask-lacks-fields 9:12", "stale-rotation 3:23"],
  },
  "63-helm-static-audit-fieldmask.yaml.txt": {
    form: "helm-static",
    gives: ["static"],
    says: ["drop-without-event-type 9:11", "mask-lacks-fields 11:9"],
  },
  "64-kubespray-default.yaml.txt": { form: "helm-dynamic", gives: ["all"], says: ["includes-everything 4:5"] },
  "65-helm-static-audit-only.yaml.txt": {
    form: "helm-static",
    gives: ["static"],
    says: ["mask-lacks-fields 11:7", "direction-missing 17:9"],
  },
  "66-helm-static-fieldmask-nonexistent.yaml.txt": {
    form: "helm-static",
    gives: ["static"],
    says: ["unknown-mask-path 24:11", "includes-everything 5:7"],
  },
  "67-helm-dynamic-stdout-sdickhoven-truncated.yaml.txt": {
    form: "helm-dynamic",
    gives: ["flow-logs"],
    says: ["includes-everything 7:11"],
  },
  "68-helm-static-wazuh-siem.yaml.txt": {
    form: "helm-static",
    gives: ["static"],
    says: ["drop-without-event-type 8:11", "mask-lacks-fields 10:9"],
  },
  "85-aks-containernetworklog-template.yaml.txt": { form: "other", gives: [], says: ["managed-aks"] },
  "86-helm-export-block-retina.yaml.txt": {
    form: "helm-dynamic",
    gives: ["all"],
    says: ["dynamic-disabled 24:16", "create-config-map 30:26"],
  },
};

describe.each(readdirSync(REAL).map((file): [string, Expected | undefined] => [file, EXPECTED[file]]))("%s", (file, expected) => {
  const text = readFileSync(new URL(file, REAL), "utf8");

  it("is read with the agent's verdict and the findings that help", () => {
    const { form, verdict, config, findings } = said(text, "1.17");
    expect(form).toBe(expected?.form);
    expect(verdict.is === "rejected" ? verdict.class : config?.entries.map(({ name }) => name)).toEqual(expected?.gives);
    expect(findings.map(inShort)).toEqual(expect.arrayContaining([...(expected?.says ?? [])]));
  });

  it("can be edited on from its draft, which agents take", () => {
    const { draft } = readConfig(text, { version: "1.17" });
    const written = writeFlowlogs(draft);
    const again = readConfig(written.text ?? "", { version: "1.17" });
    expect(again.draft).toEqual(draft);
  });
});

it("66 does not run because of one path, and the fix makes it run", () => {
  const { verdict, findings, draft } = said(readFileSync(new URL("66-helm-static-fieldmask-nonexistent.yaml.txt", REAL), "utf8"), "1.17");
  expect(verdict.is === "accepted" && [...verdict.entryErrors.keys()]).toEqual(["static"]);
  const mended = findings.find(({ kind }) => kind === "unknown-mask-path")?.fix?.apply(draft);
  const again = readConfig(writeFlowlogs(mended ?? draft).text ?? "", { version: "1.17" });
  expect(again.verdict.is === "accepted" && again.verdict.entryErrors.size).toBe(0);
});

function said(text: string, version: TargetVersion) {
  const read = readConfig(text, { version });
  const checked = checkConfig(read.draft, { version, now: NOW, places: read.places });
  return { ...read, findings: [...read.findings, ...checked] };
}

function inShort({ kind, place }: Finding): string {
  return place.text === undefined ? kind : `${kind} ${place.text.line}:${place.text.column}`;
}

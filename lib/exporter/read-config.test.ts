/** A paste in any wrapping is found, placed and mended where its meaning is plain. */
import { describe, expect, it } from "vitest";
import type { Finding } from "./finding.ts";
import { readConfig } from "./read-config.ts";
import { writeConfigMap } from "./write-config.ts";

const ENTRY = "- name: a\n  filePath: stdout\n";

function read(text: string) {
  return readConfig(text, { version: "1.17" });
}

function mended(text: string, kind: string): unknown {
  const { draft, findings } = read(text);
  const fix = findings.find((finding) => finding.kind === kind)?.fix;
  if (fix === undefined) return "no fix";
  const again = read(writeConfigMap(fix.apply(draft)).text ?? "");
  return again.verdict.is === "accepted" ? again.config?.entries : again.verdict.error;
}

describe("what agents refuse and has one meaning", () => {
  it("is mended value by value", () => {
    const text = `flowLogs:\n${ENTRY}  includeFilters:
  - destination_port: [443, 080]
    traffic_direction: egress
    verdict: [Dropped]
    source_pod: [yes]
    dropReasonDesc: [policy denied]
    source_labels: [app=x]
  - '{"verdict":["DROPPED"]}'
`;
    expect(read(text).verdict).toMatchObject({ is: "rejected", class: "parse" });
    expect(mended(text, "wrong-value")).toMatchObject([
      {
        includeFilters: [
          {
            destination_port: ["443", "080"],
            traffic_direction: ["EGRESS"],
            verdict: ["DROPPED"],
            source_pod: ["yes"],
            drop_reason_desc: ["POLICY_DENIED"],
            source_label: ["app=x"],
          },
          { verdict: ["DROPPED"] },
        ],
      },
    ]);
  });

  it("is mended in shape", () => {
    const text = 'flowLogs:\n  name: a\n  filePath: stdout\n  fieldMask: time, verdict\n  fileMaxSizeMb: "10"\n  fileCompress: "yes"\n';
    expect(mended(text, "wrong-type")).toMatchObject([
      { name: "a", fieldMask: ["time", "verdict"], fileMaxSizeMb: 10, fileCompress: true },
    ]);
  });

  it.each([
    ["include_filters", "includeFilters", "[{verdict: [DROPPED]}]", { includeFilters: [{ verdict: ["DROPPED"] }] }],
    ["fieldMasks", "fieldMask", "[time]", { fieldMask: ["time"] }],
  ])("%s is spelt %s", (key, _, value, expected) => {
    expect(mended(`flowLogs:\n${ENTRY}  ${key}: ${value}\n`, "unknown-key")).toMatchObject([expected]);
  });

  it("is left out where it has none, and that is said", () => {
    const { draft, findings } = read(`flowLogs:\n${ENTRY}  includeFilters: [{namespace: [x], verdict: [DROPPED]}]\n`);
    expect(draft.entries[0]?.includeFilters).toEqual([{ verdict: ["DROPPED"] }]);
    expect(findings[0]).toMatchObject({ kind: "unknown-field" });
    expect(findings[0]?.fix).toBeUndefined();
    expect(findings[0]?.explanation).toContain("Left out of the draft: namespace");
  });
});

describe("places", () => {
  const wrong = `flowLogs:\n${ENTRY}  includeFilters: [{verdict: [nope]}]\n`;
  const placed = (text: string): Finding["place"]["text"] => read(text).findings[0]?.place.text;
  const at = (text: string) => text.slice(placed(text)?.offset, (placed(text)?.offset ?? 0) + (placed(text)?.length ?? 0));

  it.each([
    ["the file alone", wrong],
    ["a block in a ConfigMap", `kind: ConfigMap\ndata:\n  flowlogs.yaml: |\n${wrong.replace(/^/gm, "    ").trimEnd()}\n`],
    ["a text in JSON", JSON.stringify({ kind: "ConfigMap", data: { "flowlogs.yaml": wrong } }, null, 2)],
    [
      "a list of ConfigMaps",
      JSON.stringify({ kind: "List", items: [{ kind: "ConfigMap" }, { kind: "ConfigMap", data: { "flowlogs.yaml": wrong } }] }),
    ],
    [
      "Helm values",
      `hubble:\n  export:\n    dynamic:\n      enabled: true\n      config:\n        content:\n        - name: a\n          filePath: b\n          includeFilters: [{verdict: [nope]}]\n`,
    ],
    ["Windows line ends", wrong.replaceAll("\n", "\r\n")],
  ])("are found in %s", (_, text) => {
    expect(at(text)).toBe("nope");
    const { line = 0, column = 0 } = placed(text) ?? {};
    expect(text.split(/\r?\n/)[line - 1]?.slice(column - 1)).toMatch(/^nope/);
  });
});

describe("what is valid and empty", () => {
  it.each([
    ["", "removes-all"],
    ["flowLogs: []\n", "removes-all"],
    ["foo: 1\n", "not-exporter"],
    ["kind: ConfigMap\ndata: {}\n", "no-key-in-config-map"],
    ["kind: ConfigMap\ndata:\n  flowlogs.yaml: |\n    kind: ConfigMap\n    data:\n      flowlogs.yaml: x\n", "config-map-in-key"],
    ["kind: ConfigMap\ndata:\n  flowlogs.yaml: |\n    hubble: {export: {static: {enabled: true}}}\n", "helm-values-in-key"],
    [`flowLogs:\n${ENTRY}---\nflowLogs: []\n`, "second-document"],
    [`flowLogs:\n${ENTRY}flowLogs: []\n`, "key-twice"],
  ])("%j says %s", (text, kind) => {
    expect(read(text).findings.map((finding) => finding.kind)).toContain(kind);
  });
});

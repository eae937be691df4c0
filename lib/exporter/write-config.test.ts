/** What is written, word for word: people paste it, and the same configuration gives the same bytes. */
import { describe, expect, it } from "vitest";
import { applySteps } from "./commands.ts";
import { type ExporterConfig, emptyEntry } from "./config.ts";
import { TEMPLATES } from "./templates.ts";
import { writeConfigMap, writeFlowlogs, writeHelmValues, writeStaticFlags } from "./write-config.ts";
import { yamlText } from "./yaml-text.ts";

const blocked = TEMPLATES[0]?.entry("1.17") ?? emptyEntry("none", "stdout");
const config: ExporterConfig = {
  entries: [
    { ...blocked, end: "2030-01-01T00:00:00Z", fieldMask: ["time", "l4"], excludeFilters: [{ source_pod: ["kube-system/", "on"] }] },
  ],
};

describe("a ConfigMap", () => {
  it("holds the file as a block, with everything quoted that YAML 1.1 could misread", () => {
    expect(writeConfigMap(config)).toEqual({
      fileName: "cilium-flowlog-config.yaml",
      text: `apiVersion: v1
kind: ConfigMap
metadata:
  name: cilium-flowlog-config
  namespace: kube-system
data:
  flowlogs.yaml: |
    flowLogs:
    - name: blocked-egress
      filePath: stdout
      end: "2030-01-01T00:00:00Z"
      fieldMask:
      - time
      - l4
      includeFilters:
      - traffic_direction:
        - EGRESS
        drop_reason_desc:
        - POLICY_DENIED
        - POLICY_DENY
        event_type:
        - type: 1
      excludeFilters:
      - source_pod:
        - kube-system/
        - "on"
`,
    });
  });

  it("without entries is one that removes all exporters", () => {
    expect(writeFlowlogs({ entries: [] }).text).toBe("flowLogs: []\n");
  });

  it("is refused for half of a character", () => {
    expect(writeConfigMap({ entries: [emptyEntry("\ud800", "stdout")] }).refusal).toBeDefined();
  });
});

describe("Helm values", () => {
  const rotated: ExporterConfig = { entries: [{ ...emptyEntry("a", "/a"), fileMaxSizeMb: 50, fileMaxBackups: 3 }] };

  it("have one rotation for all before 1.18, and one an entry from then on", () => {
    expect(writeHelmValues(rotated, "1.17").text).toContain("  export:\n    fileMaxSizeMb: 50\n    fileMaxBackups: 3\n    dynamic:\n");
    expect(writeHelmValues(rotated, "1.18").text).toContain("          fileMaxSizeMb: 50\n          fileMaxBackups: 3\n");
    expect(writeHelmValues(rotated, "1.18").text).toContain(
      "    dynamic:\n      enabled: true\n      config:\n        configMapName: cilium-flowlog-config\n",
    );
  });

  it("are refused where that cannot be said", () => {
    const two = { entries: [...rotated.entries, emptyEntry("b", "/b")] };
    expect(writeHelmValues(two, "1.17").refusal).toMatch(/share one rotation/);
    expect(writeHelmValues(two, "1.18").refusal).toBeUndefined();
  });
});

describe("static flags", () => {
  it("hold the filters as JSON, in quotes for a shell", () => {
    const flags = writeStaticFlags({ entries: [{ ...blocked, filePath: "/x y.log", fieldMask: ["time", "l4"] }] }, "1.17");
    expect(flags.text).toBe(
      [
        "--hubble-export-file-path='/x y.log'",
        "--hubble-export-fieldmask=time,l4",
        `--hubble-export-allowlist='{"traffic_direction":["EGRESS"],"drop_reason_desc":["POLICY_DENIED","POLICY_DENY"],"event_type":[{"type":1}]}'`,
        "",
      ]
        .join(" \\\n")
        .replace(/ \\\n$/, "\n"),
    );
  });

  it.each([
    ["no entry", { entries: [] }],
    ["two entries", { entries: [blocked, { ...blocked, name: "b" }] }],
    ["an end", config],
    ["aggregation before 1.19", { entries: [{ ...blocked, fieldAggregate: ["verdict"], aggregationInterval: "30s" }] }],
  ])("cannot say %s", (_, cannot) => {
    expect(writeStaticFlags(cannot, "1.17").refusal).toBeDefined();
  });
});

describe("YAML", () => {
  it.each([
    ["plain-word", "plain-word"],
    ["a.b/c_d", "a.b/c_d"],
    ["yes", '"yes"'],
    ["NULL", '"NULL"'],
    ["1e3", '"1e3"'],
    ["-", '"-"'],
    ["a: b", '"a: b"'],
    ["a\u202eb", '"a\\u202eb"'],
    ["a\u0085b", '"a\\u0085b"'],
    ["\u{e0001}", '"\\U000e0001"'],
    ["é😀", '"é😀"'],
    ["", '""'],
  ])("writes %j as %s", (text, written) => {
    expect(yamlText({ key: text })).toBe(`key: ${written}\n`);
  });
});

describe("commands", () => {
  it("look for what the target's agents print", () => {
    expect(
      applySteps("1.17")
        .map(({ command }) => command)
        .join("\n"),
    ).toContain("failed reading dynamic exporter config");
    expect(
      applySteps("1.19")
        .map(({ command }) => command)
        .join("\n"),
    ).toContain("Failed to parse dynamic exporter config");
    expect(applySteps("1.16")[1]?.expect).toContain('flowLogName=NAME options="{…}" subsys=hubble');
    expect(applySteps("1.18")[1]?.expect).toContain("flowLogName=NAME options=…");
  });
});

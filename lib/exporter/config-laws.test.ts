/** What Weir writes, an agent takes, and it means the same. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomConfig } from "#lib/testing/random-configs.ts";
import { checkConfig } from "./check-config.ts";
import type { ExporterConfig } from "./config.ts";
import { diffConfig } from "./diff-config.ts";
import { entryValue } from "./entry-value.ts";
import { NO_PLACES } from "./finding.ts";
import { parseGoTime } from "./go-time.ts";
import { readConfig } from "./read-config.ts";
import { TEMPLATES } from "./templates.ts";
import { writeConfigMap, writeFlowlogs, writeHelmValues } from "./write-config.ts";

const RUNS = { numRuns: 10_000 };
const FEWER = { numRuns: 500 };
/** Each has dozens of findings, and each fix is checked. */
const FEW = { numRuns: 60 };
const CONTEXT = { version: "1.19", now: 0, places: NO_PLACES } as const;

describe("a configuration that is written", () => {
  it("as flowlogs.yaml is taken by agents, and means the same", { timeout: 300_000 }, () => {
    fc.assert(
      fc.property(randomConfig, (config) => {
        const text = writeFlowlogs(config).text ?? "";
        const read = readConfig(text, { version: "1.19", as: "flowlogs" });
        expect(read.verdict.error).toBeUndefined();
        expect(meaning(read.config)).toEqual(meaning(config));
        expect(writeFlowlogs(config).text).toBe(text);
      }),
      RUNS,
    );
  });

  it("as a ConfigMap and as Helm values is read back as the same", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(randomConfig, (config) => {
        const map = readConfig(writeConfigMap(config).text ?? "", { version: "1.19" });
        expect([map.form, map.verdict.error, meaning(map.config)]).toEqual(["config-map", undefined, meaning(config)]);
        const helm = readConfig(writeHelmValues(config, "1.19").text ?? "", { version: "1.19" });
        expect([helm.form, meaning(helm.config)]).toEqual(["helm-dynamic", meaning(config)]);
      }),
      FEWER,
    );
  });
});

describe("a difference", () => {
  it("is none between a configuration and itself, written and read or not", () => {
    fc.assert(
      fc.property(randomConfig, (config) => {
        const read = readConfig(writeFlowlogs(config).text ?? "", { version: "1.19" }).draft;
        expect(diffConfig(config, config).entries).toEqual([]);
        if (JSON.stringify(meaning(config)) === JSON.stringify(config.entries.map(entryValue)))
          expect(diffConfig(config, read).entries).toEqual([]);
      }),
      FEWER,
    );
  });

  it("names an entry that goes and one that comes", () => {
    fc.assert(
      fc.property(randomConfig, (config) => {
        const none: ExporterConfig = { entries: [] };
        expect(diffConfig(config, none).entries.map(({ change }) => change)).toEqual(config.entries.map(() => "removed"));
        expect(diffConfig(none, config).entries.map(({ change }) => change)).toEqual(config.entries.map(() => "added"));
      }),
      FEWER,
    );
  });
});

describe("a fix", () => {
  it("leaves a configuration that can be written, and its finding is gone or fewer", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(randomConfig, (config) => {
        const findings = checkConfig(config, CONTEXT);
        for (const { kind, fix, title } of findings) {
          if (fix === undefined) continue;
          const mended = fix.apply(config);
          const left = checkConfig(mended, CONTEXT).filter((one) => one.kind === kind && one.title === title).length;
          expect([kind, left < findings.filter((one) => one.kind === kind && one.title === title).length]).toEqual([kind, true]);
          expect(writeFlowlogs(mended).refusal).toBeUndefined();
        }
      }),
      FEW,
    );
  });
});

describe("templates", () => {
  it.each(["1.15", "1.16", "1.17", "1.18", "1.19"] as const)("are right for %s", (version) => {
    for (const template of TEMPLATES) {
      const config = { entries: [template.entry(version)] };
      const read = readConfig(writeConfigMap(config).text ?? "", { version });
      expect([template.name, read.verdict.is, read.findings]).toEqual([template.name, "accepted", []]);
      const found = checkConfig(config, { version, now: 0, places: NO_PLACES });
      expect([template.name, found.filter(({ severity }) => severity !== "advice")]).toEqual([template.name, []]);
    }
  });
});

/** Equal for configurations that an agent runs alike. */
function meaning(config: ExporterConfig | undefined): unknown {
  return config?.entries.map((entry) => ({
    ...entryValue(entry),
    end: entry.end === undefined ? undefined : parseGoTime(entry.end)?.text,
  }));
}

/** Each kind of finding: what raises it, what does not, where it stands, and what its fix makes of it. */
import { describe, expect, it } from "vitest";
import { checkConfig } from "../check-config.ts";
import type { ExporterConfig, TargetVersion } from "../config.ts";
import { type Finding, NO_PLACES } from "../finding.ts";
import { readConfig } from "../read-config.ts";
import type { CheckContext } from "../rule.ts";
import { canonicalIpv6 } from "./canonical-ipv6.ts";
import { CASES_OF_LOGGING } from "./cases-of-logging.ts";
import { CASES_OF_VALUES } from "./cases-of-values.ts";
import { meantPath } from "./meant-path.ts";
import type { Case } from "./rule-case.ts";

const NOW = Date.UTC(2026, 5, 1);
const CASES: readonly Case[] = [...CASES_OF_LOGGING, ...CASES_OF_VALUES];

describe.each(CASES.map((one): [string, Case] => [one.kind, one]))("%s", (kind, one) => {
  const config = { entries: one.entries };
  const version = one.version ?? "1.17";
  const found = checked(config, version).filter((finding) => finding.kind === kind);

  it("is found, and only where it is", () => {
    expect(found.map(({ severity }) => severity)).toContain(one.severity);
    if (one.place !== undefined) expect(found[0]?.place).toMatchObject(one.place);
    const silent = checked({ entries: one.fine }, one.fineVersion ?? (kind === "other-meaning" ? "1.16" : version));
    expect(silent.map((finding) => finding.kind)).not.toContain(kind);
  });

  const { mended: expected } = one;
  if (expected === undefined) return;
  it("is mended", () => {
    const mended = found[0]?.fix?.apply(config);
    expect(mended?.entries[0]).toMatchObject(expected);
    expect(checked(mended ?? config, version).filter((finding) => finding.kind === kind).length).toBeLessThan(found.length);
  });
});

it("everything is said in order of harm, with words", () => {
  const all = checked({ entries: CASES.flatMap(({ entries }) => entries) }, "1.17");
  const ranks = all.map(({ severity }) => ["rejects-file", "rejects-entry", "warning", "advice"].indexOf(severity));
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  for (const { title, explanation } of all)
    expect([title.length > 5, explanation.length > 20, /undefined|NaN/.test(title + explanation)]).toEqual([true, true, false]);
});

it("points into the text that was pasted", () => {
  const text = "flowLogs:\n- name: a\n  filePath: stdout\n  includeFilters:\n  - sourcePod: [x/, 'prod/*']\n    event_type: [{type: 1}]\n";
  const { draft, places } = readConfig(text, { version: "1.17" });
  const star = checkConfig(draft, { version: "1.17", now: NOW, places }).find(({ kind }) => kind === "star-in-prefix");
  expect(star?.place.text).toMatchObject({ line: 5, column: 21, length: 8 });
});

it.each([
  ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
  ["::FFFF:10.0.0.7", "::ffff:10.0.0.7"],
  ["::ffff:a00:7", "::ffff:10.0.0.7"],
  ["fe80::1%eth0", "fe80::1%eth0"],
  ["0:0:0:0:0:0:0:0", "::"],
  ["10.0.0.1", undefined],
  ["nope", undefined],
])("%s is written %s", (text, canonical) => {
  expect(canonicalIpv6(text)).toBe(canonical);
});

it.each([
  ["destination.port", "l4"],
  ["source.podName", "source.pod_name"],
  ["flow.time", "time"],
  ["sourcePod", undefined],
  ["drop_reason_description", "drop_reason_desc"],
  ["verdict.x", undefined],
])("%s in a mask was meant to be %s", (path, meant) => {
  expect(meantPath(path, "1.17")).toBe(meant);
});

function checked(config: ExporterConfig, version: TargetVersion): readonly Finding[] {
  const context: CheckContext = { version, now: NOW, places: NO_PLACES };
  return checkConfig(config, context);
}

/** Each kind of finding: what raises it, what does not, where it stands, and what its fix makes of it. */
import { describe, expect, it } from "vitest";
import { checkConfig } from "../check-config.ts";
import type { ExporterConfig, ExporterEntry, TargetVersion } from "../config.ts";
import { emptyEntry } from "../config.ts";
import { type Finding, NO_PLACES, type Severity } from "../finding.ts";
import { readConfig } from "../read-config.ts";
import type { CheckContext } from "../rule.ts";
import { TEMPLATES } from "../templates.ts";
import { canonicalIpv6 } from "./canonical-ipv6.ts";
import { meantPath } from "./meant-path.ts";

const NOW = Date.UTC(2026, 5, 1);
const blocked = TEMPLATES[0]?.entry("1.17") ?? emptyEntry("none", "stdout");
const egress = { traffic_direction: ["EGRESS"] };
const drops = { ...egress, event_type: [{ type: 1 }] };

interface Case {
  readonly kind: string;
  readonly severity: Severity;
  readonly entries: readonly ExporterEntry[];
  readonly version?: TargetVersion;
  /** The same without the mistake; must be silent about the kind. */
  readonly fine: readonly ExporterEntry[];
  readonly fineVersion?: TargetVersion;
  /** What the first entry is after the fix, in part. */
  readonly mended?: Partial<ExporterEntry>;
  readonly place?: Finding["place"];
}

const including = (...includeFilters: ExporterEntry["includeFilters"]): ExporterEntry => ({ ...blocked, includeFilters });
const masked = (...fieldMask: readonly string[]): ExporterEntry => ({ ...blocked, fieldMask });

const CASES: readonly Case[] = [
  {
    kind: "sub-type-without-match",
    severity: "warning",
    entries: [including({ ...egress, event_type: [{ type: 1, sub_type: 181 }] })],
    fine: [including({ ...egress, event_type: [{ type: 1, sub_type: 181, match_sub_type: true }] })],
    mended: { includeFilters: [{ ...egress, event_type: [{ type: 1, sub_type: 181, match_sub_type: true }] }] },
    place: { entry: 0, list: "include", clause: 0, criterion: "event_type", value: 0 },
  },
  {
    kind: "device-goes-silent",
    severity: "warning",
    entries: [{ ...blocked, filePath: "/dev/stdout" }],
    fine: [blocked],
    mended: { filePath: "stdout" },
    place: { entry: 0, key: "filePath" },
  },
  {
    kind: "device-goes-silent",
    severity: "warning",
    version: "1.15",
    entries: [{ ...including(drops), filePath: "/dev/stdout" }],
    fine: [{ ...including(drops), filePath: "/var/log/a.log" }],
    mended: { filePath: "/var/run/cilium/hubble/blocked-egress.log" },
  },
  { kind: "stdout-too-early", severity: "warning", version: "1.16", entries: [blocked], fine: [blocked], fineVersion: "1.17" },
  {
    kind: "stdout-in-other-case",
    severity: "warning",
    entries: [{ ...blocked, filePath: "STDOUT" }],
    fine: [blocked],
    mended: { filePath: "stdout" },
  },
  {
    kind: "odd-path",
    severity: "warning",
    entries: [{ ...blocked, filePath: "logs/a.log" }],
    fine: [{ ...blocked, filePath: "/logs/a.log" }],
  },
  {
    kind: "duplicate-path",
    severity: "rejects-file",
    entries: [blocked, { ...blocked, name: "other", includeFilters: [{ ...drops, source_pod: ["x/"] }] }],
    fine: [blocked, { ...blocked, name: "other", filePath: "/x" }],
    mended: { name: "blocked-egress", includeFilters: [...blocked.includeFilters, { ...drops, source_pod: ["x/"] }] },
    place: { entry: 1, key: "filePath" },
  },
  {
    kind: "duplicate-name",
    severity: "rejects-file",
    entries: [{ ...blocked, filePath: "/a" }, blocked],
    fine: [blocked, { ...blocked, name: "b", filePath: "/b" }],
    mended: { name: "blocked-egress" },
  },
  { kind: "no-name", severity: "rejects-file", entries: [{ ...blocked, name: "" }], fine: [blocked], mended: { name: "exporter-1" } },
  { kind: "no-path", severity: "rejects-file", entries: [{ ...blocked, filePath: "" }], fine: [blocked] },
  {
    kind: "includes-everything",
    severity: "warning",
    entries: [emptyEntry("all", "stdout")],
    fine: [blocked],
    mended: { includeFilters: blocked.includeFilters },
  },
  {
    kind: "includes-everything",
    severity: "warning",
    entries: [including(drops, {})],
    fine: [including(drops)],
    mended: { includeFilters: [drops] },
    place: { entry: 0, list: "include", clause: 1 },
  },
  {
    kind: "excludes-everything",
    severity: "warning",
    entries: [{ ...blocked, excludeFilters: [{}] }],
    fine: [{ ...blocked, excludeFilters: [{ source_pod: ["x/"] }] }],
    mended: { excludeFilters: [] },
  },
  {
    kind: "explicit-denies-only",
    severity: "advice",
    entries: [including({ ...drops, drop_reason_desc: ["POLICY_DENY"] })],
    fine: [blocked],
    mended: { includeFilters: [{ ...drops, drop_reason_desc: ["POLICY_DENY", "POLICY_DENIED"] }] },
  },
  {
    kind: "default-denies-only",
    severity: "advice",
    entries: [including({ ...egress, event_type: [{ type: 1, match_sub_type: true, sub_type: 133 }] })],
    fine: [blocked],
  },
  {
    kind: "drops-and-verdicts",
    severity: "warning",
    entries: [including(drops, { ...egress, event_type: [{ type: 5 }] })],
    fine: [including(drops)],
    mended: { includeFilters: [drops] },
  },
  {
    kind: "drop-without-event-type",
    severity: "warning",
    entries: [including({ ...egress, verdict: ["DROPPED"] })],
    fine: [including({ ...drops, verdict: ["DROPPED"] })],
    mended: { includeFilters: [{ ...egress, verdict: ["DROPPED"], event_type: [{ type: 1 }] }] },
  },
  {
    kind: "drop-without-event-type",
    severity: "warning",
    entries: [including({ ...egress, verdict: ["DROPPED", "AUDIT"] })],
    fine: [including({ ...egress, verdict: ["DROPPED", "AUDIT"], event_type: [{ type: 5 }] })],
    mended: { includeFilters: [{ ...egress, verdict: ["DROPPED", "AUDIT"], event_type: [{ type: 5 }] }] },
  },
  {
    kind: "direction-missing",
    severity: "advice",
    entries: [including({ event_type: [{ type: 1 }] })],
    fine: [including(drops)],
    mended: { includeFilters: [{ event_type: [{ type: 1 }], ...egress }] },
  },
  {
    kind: "l7-access-log",
    severity: "advice",
    entries: [including({ event_type: [{ type: 129 }] })],
    fine: [including({ event_type: [{ type: 129 }], verdict: ["DROPPED"] })],
  },
  {
    kind: "star-in-prefix",
    severity: "warning",
    entries: [including({ ...drops, source_pod: ["prod/*"] })],
    fine: [including({ ...drops, source_pod: ["prod/"] })],
    mended: { includeFilters: [{ ...drops, source_pod: ["prod/"] }] },
  },
  {
    kind: "bare-pod-name",
    severity: "advice",
    entries: [including({ ...drops, source_pod: ["api"] })],
    fine: [including({ ...drops, source_pod: ["default/api"] })],
    mended: { includeFilters: [{ ...drops, source_pod: ["/api"] }] },
  },
  {
    kind: "impossible-name",
    severity: "warning",
    entries: [including({ ...drops, source_pod: ["kube_system/"] })],
    fine: [including({ ...drops, source_pod: ["kube-system/"] })],
    mended: { includeFilters: [{ ...drops, source_pod: ["kube-system/"] }] },
  },
  {
    kind: "ipv6-not-canonical",
    severity: "warning",
    entries: [including({ ...drops, destination_ip: ["2001:DB8:0:0::1"] })],
    fine: [including({ ...drops, destination_ip: ["2001:db8::1"] })],
    mended: { includeFilters: [{ ...drops, destination_ip: ["2001:db8::1"] }] },
  },
  {
    kind: "upper-case-name",
    severity: "warning",
    entries: [including({ ...drops, node_name: ["Worker-1"] })],
    fine: [including({ ...drops, node_name: ["worker-1"] })],
  },
  {
    kind: "node-label-source",
    severity: "warning",
    entries: [including({ ...drops, node_labels: ["k8s:zone=a"] })],
    fine: [including({ ...drops, node_labels: ["zone=a"] })],
    mended: { includeFilters: [{ ...drops, node_labels: ["zone=a"] }] },
  },
  {
    kind: "workload-kind",
    severity: "warning",
    entries: [including({ ...drops, source_workload: [{ kind: "deployment" }] })],
    fine: [including({ ...drops, source_workload: [{ kind: "Deployment" }] })],
    mended: { includeFilters: [{ ...drops, source_workload: [{ kind: "Deployment" }] }] },
  },
  {
    kind: "contradiction",
    severity: "warning",
    entries: [including({ ...drops, drop_reason_desc: ["POLICY_DENY", "POLICY_DENIED"], verdict: ["AUDIT"] })],
    fine: [including({ ...drops, drop_reason_desc: ["POLICY_DENY", "POLICY_DENIED"], verdict: ["DROPPED"] })],
  },
  {
    kind: "end-in-the-past",
    severity: "warning",
    entries: [{ ...blocked, end: "2026-05-31T23:59:59Z" }],
    fine: [{ ...blocked, end: "2026-06-01T00:00:01Z" }],
  },
  { kind: "end-unreadable", severity: "rejects-file", entries: [{ ...blocked, end: "2026-06-01" }], fine: [blocked] },
  {
    kind: "unknown-mask-path",
    severity: "rejects-entry",
    entries: [masked("time", "destination.port")],
    fine: [masked("time", "l4")],
    mended: { fieldMask: ["time", "l4"] },
    place: { entry: 0, key: "fieldMask", value: 1 },
  },
  {
    kind: "newer-mask-path",
    severity: "rejects-entry",
    entries: [masked("time", "policy_log")],
    fine: [masked("time", "policy_log")],
    fineVersion: "1.18",
    mended: { fieldMask: ["time"] },
  },
  {
    kind: "mask-inside-oneof",
    severity: "warning",
    entries: [masked("l4.TCP.destination_port", "l4.UDP.destination_port", "time")],
    fine: [masked("l4", "time")],
    mended: { fieldMask: ["time", "l4"] },
  },
  { kind: "mask-lacks-fields", severity: "warning", entries: [masked("verdict")], fine: [blocked] },
  {
    kind: "newer-field",
    severity: "rejects-file",
    version: "1.15",
    entries: [{ ...blocked, filePath: "/x" }],
    fine: [{ ...blocked, filePath: "/x" }],
    fineVersion: "1.16",
    mended: {
      includeFilters: [
        {
          ...egress,
          event_type: [
            { type: 1, match_sub_type: true, sub_type: 133 },
            { type: 1, match_sub_type: true, sub_type: 181 },
          ],
        },
      ],
    },
  },
  {
    kind: "newer-value",
    severity: "rejects-entry",
    entries: [including({ ...drops, protocol: ["vrrp"] })],
    fine: [including({ ...drops, protocol: ["vrrp"] })],
    fineVersion: "1.19",
  },
  {
    kind: "filter-not-built",
    severity: "rejects-entry",
    entries: [including({ ...drops, destination_port: ["443", "https"] })],
    fine: [including({ ...drops, destination_port: ["443"] })],
    place: { entry: 0, list: "include", clause: 0, criterion: "destination_port", value: 1 },
  },
  {
    kind: "other-meaning",
    severity: "warning",
    version: "1.15",
    entries: [including({ ...drops, destination_label: ["cidr:10.0.0.0/8"] })],
    fine: [including({ ...drops, destination_label: ["cidr:10.0.0.0/8"] })],
  },
  {
    kind: "rotation-too-early",
    severity: "advice",
    entries: [{ ...blocked, filePath: "/x", fileMaxSizeMb: 50 }],
    fine: [{ ...blocked, filePath: "/x", fileMaxSizeMb: 50 }],
    fineVersion: "1.18",
  },
  {
    kind: "rotation-of-stdout",
    severity: "advice",
    version: "1.18",
    entries: [{ ...blocked, fileMaxSizeMb: 50 }],
    fine: [{ ...blocked, filePath: "/x", fileMaxSizeMb: 50 }],
  },
  {
    kind: "newer-key",
    severity: "warning",
    version: "1.18",
    entries: [{ ...blocked, fieldAggregate: ["verdict"], aggregationInterval: "30s" }],
    fine: [{ ...blocked, fieldAggregate: ["verdict"], aggregationInterval: "30s" }],
    fineVersion: "1.19",
  },
  {
    kind: "aggregation-inactive",
    severity: "warning",
    version: "1.19",
    entries: [{ ...blocked, fieldAggregate: ["verdict"] }],
    fine: [{ ...blocked, fieldAggregate: ["verdict"], aggregationInterval: "30s" }],
    mended: { aggregationInterval: "30s" },
  },
  {
    kind: "mask-hides-aggregate",
    severity: "warning",
    version: "1.19",
    entries: [{ ...masked("time", "node_name"), fieldAggregate: ["verdict"], aggregationInterval: "30s" }],
    fine: [{ ...masked("time", "verdict"), fieldAggregate: ["verdict"], aggregationInterval: "30s" }],
  },
  {
    kind: "filter-twice",
    severity: "advice",
    entries: [including(drops, drops)],
    fine: [including(drops)],
    mended: { includeFilters: [drops] },
  },
  {
    kind: "exported-twice",
    severity: "advice",
    entries: [blocked, { ...blocked, name: "b", filePath: "/b" }],
    fine: [blocked, { ...including({ ...drops, source_pod: ["x/"] }), name: "b", filePath: "/b" }],
  },
];

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

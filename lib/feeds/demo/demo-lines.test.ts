import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { DEMO_FLOWS, demoDayBefore, demoLines } from "./demo-lines.ts";
import { BEACON_PERIOD } from "./stories/beacon.ts";
import { BREAK_AGO } from "./stories/policy-break.ts";
import { SCAN_ADDRESSES, SCAN_PORTS } from "./stories/port-scan.ts";
import { HOUR, MINUTE } from "./story.ts";

const UNTIL = Date.parse("2026-09-22T10:42:17Z");
const FLOWS = 40_000;

interface Seen {
  readonly line: string;
  readonly at: number;
  readonly pod: string;
  readonly workload: string;
  readonly tuple: string;
  readonly ip: string;
  readonly port: string;
}

const part = (line: string, pattern: RegExp): string => pattern.exec(line)?.[1] ?? "";

function seen(line: string): Seen {
  const [source = "", rest = ""] = line.split(',"destination":{"identity"');
  const ip = part(line, /"IP":\{"source":"[^"]*","destination":"([^"]*)"/);
  const sourceIp = part(line, /"IP":\{"source":"([^"]*)"/);
  const port = part(line, /"destination_port":(\d+)/);
  return {
    line: rest,
    at: Date.parse(part(line, /"time":"([^"]+)"/)),
    pod: part(source, /"pod_name":"([^"]+)"/),
    workload: part(source, /"workloads":\[\{"name":"([^"]+)"/),
    tuple: `${sourceIp} ${part(line, /"source_port":(\d+)/)} ${ip} ${port}`,
    ip,
    port,
  };
}

function readable(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

const digest = (lines: Iterable<string>): string => {
  const hash = createHash("sha256");
  for (const line of lines) hash.update(line);
  return hash.digest("hex");
};
const countOf = (values: Iterable<string>): number => new Set(values).size;

describe("demoLines", () => {
  let lines: readonly string[] = [];
  let flows: readonly Seen[] = [];
  beforeAll(() => {
    lines = [...demoLines({ seed: 7, until: UNTIL, flows: FLOWS })];
    flows = lines.filter((line) => line.startsWith('{"flow"') && readable(line)).map(seen);
  });
  const of = (workload: string): readonly Seen[] => flows.filter((flow) => flow.workload === workload);

  it("is the same for a seed, and another day for another seed", () => {
    const once = digest(demoLines({ seed: 3, until: UNTIL, flows: 15_000 }));
    expect(digest(demoLines({ seed: 3, until: UNTIL, flows: 15_000 }))).toBe(once);
    expect(digest(demoLines({ seed: 4, until: UNTIL, flows: 15_000 }))).not.toBe(once);
  });

  it("has the wanted number of flows, by default a few hundred thousand", () => {
    expect(flows).toHaveLength(FLOWS);
    expect(DEMO_FLOWS).toBe(300_000);
  });

  it("is printable ASCII, one JSON object per flow, in time order within 24 hours", () => {
    expect(lines.filter((line) => !/^[\x20-\x7e]+$/.test(line))).toEqual([]);
    const times = flows.map((flow) => flow.at);
    expect(times.filter((at, index) => at < (times[index - 1] ?? 0))).toEqual([]);
    expect(times.at(0)).toBeGreaterThanOrEqual(UNTIL - 24 * HOUR);
    expect(times.at(-1)).toBeLessThan(UNTIL);
    expect(times.at(-1)).toBeGreaterThan(UNTIL - MINUTE);
  });

  it("gives every flow its own uuid", () => {
    const uuids = lines.filter((line) => line.startsWith('{"flow"') && readable(line)).map((line) => part(line, /"uuid":"([^"]+)"/));
    expect(countOf(uuids)).toBe(FLOWS);
    expect(uuids.filter((uuid) => !/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(uuid))).toEqual([]);
  });

  it("breaks all replicas of cart-api at the moment of the new policy", () => {
    const broken = of("cart-api").filter((flow) => flow.port === "1433");
    expect(countOf(broken.map((flow) => flow.pod))).toBe(24);
    expect(Math.min(...broken.map((flow) => flow.at))).toBeGreaterThanOrEqual(UNTIL - BREAK_AGO);
    expect(broken.every((flow) => flow.line.includes("cidrgroupname/corp-legacy") && flow.line.includes('"POLICY_DENY"'))).toBe(true);
  });

  it("has a beacon with an even beat", () => {
    const firsts = new Map<string, number>();
    for (const flow of of("landing-cms").filter((found) => found.port === "4444"))
      if (!firsts.has(flow.tuple)) firsts.set(flow.tuple, flow.at);
    const at = [...firsts.values()];
    const steps = at.slice(1).map((time, index) => time - (at[index] ?? 0));
    expect(steps.length).toBeGreaterThan(1000);
    expect(steps.filter((step) => Math.abs(step - BEACON_PERIOD) > 500)).toEqual([]);
  });

  it("has a port scan by one pod within minutes", () => {
    const scan = of("runner-set-amd64").filter((flow) => flow.line.includes('"POLICY_DENIED"'));
    expect(countOf(scan.map((flow) => flow.pod))).toBe(1);
    expect(countOf(scan.map((flow) => flow.ip))).toBe(SCAN_ADDRESSES);
    expect(countOf(scan.map((flow) => flow.port))).toBe(SCAN_PORTS.length);
    expect((scan.at(-1)?.at ?? 0) - (scan.at(0)?.at ?? 0)).toBeLessThan(15 * MINUTE);
  });

  it("has a cron job with another pod every hour, at minute 17", () => {
    const runs = of("cert-renewer");
    expect(countOf(runs.map((flow) => flow.pod))).toBe(24);
    expect(runs.filter((flow) => flow.at % HOUR < 17 * MINUTE || flow.at % HOUR > 19 * MINUTE)).toEqual([]);
  });

  it("has retransmissions whose waits double, all of one 5-tuple", () => {
    const byTuple = Map.groupBy(
      of("indexer").filter((flow) => flow.port === "443"),
      (flow) => flow.tuple,
    );
    const seven = [...byTuple.values()].find((packets) => packets.length === 7) ?? [];
    const waits = seven.slice(1).map((packet, index) => packet.at - (seven[index]?.at ?? 0));
    expect(waits.map((wait) => Math.round(wait / 1000))).toEqual([1, 2, 4, 8, 16, 32]);
  });

  it("has an address in two groups, names, IPv6, pings, and every kind of refusal", () => {
    const found = (pattern: RegExp): number => flows.filter((flow) => pattern.test(flow.line)).length;
    expect(found(/cidrgroupname\/corp-legacy","cidrgroup:io\.cilium\.policy\.cidrgroupname\/corp-wide"/)).toBeGreaterThan(0);
    expect(found(/"destination_names":\["packages\.example\.net"\]/)).toBeGreaterThan(0);
    expect(flows.filter((flow) => flow.ip === "2001:db8:40::17").length).toBeGreaterThan(0);
    expect(flows.filter((flow) => flow.ip === "169.254.169.254").length).toBeGreaterThan(0);
    expect(flows.filter((flow) => flow.ip === "168.63.129.16" && flow.port === "53").length).toBeGreaterThan(0);
    expect(found(/"reserved:kube-apiserver"/)).toBeGreaterThan(0);
    expect(found(/"reserved:remote-node"/)).toBeGreaterThan(0);
    expect(found(/"pod_name":"ledger-db-0"/)).toBeGreaterThan(0);
    expect(found(/"type":129\}/)).toBeGreaterThan(0);
    expect(found(/"drop_reason_desc":"AUTH_REQUIRED"/)).toBeGreaterThan(0);
    expect(found(/"drop_reason_desc":206,/)).toBeGreaterThan(0);
    expect(of("storefront").filter((flow) => flow.line.includes('"event_type":{"type":5}')).length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes('"ICMPv4":{"type":8}')).length).toBe(2880);
  });

  it("pairs the policy's verdict with the drop of the same packet", () => {
    const verdicts = flows.filter((flow) => flow.line.includes('"egress_denied_by":[{"name":"azure-imds-deny"'));
    const drops = flows.filter((flow) => flow.ip === "169.254.169.254" && flow.line.includes('"event_type":{"type":1,"sub_type":181}'));
    expect(verdicts.length).toBeGreaterThan(0);
    expect(drops.length).toBe(verdicts.length);
  });

  it("mixes in what agents say, lost events and three unreadable lines", () => {
    expect(lines.filter((line) => line.includes("Configuring Hubble event exporter"))).toHaveLength(24);
    expect(lines.filter((line) => /^time="[^"]+" level=/.test(line)).length).toBeGreaterThan(0);
    expect(lines.filter((line) => /^time=2026\S+ level=/.test(line)).length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.startsWith('{"lost_events"'))).toHaveLength(4);
    expect(lines.filter((line) => line.startsWith("{") && !readable(line))).toHaveLength(3);
  });

  it("has 24 nodes and 15 namespaces", () => {
    const ends = lines.filter((line) => line.startsWith('{"flow"') && readable(line));
    expect(countOf(ends.map((line) => part(line, /"node_name":"([^"]+)","time"/)))).toBe(24);
    expect(countOf(ends.map((line) => part(line, /"source":\{[^}]*?"namespace":"([^"]+)"/)))).toBe(15);
  });
});

describe("demoDayBefore", () => {
  it("lies wholly before the day, knows its cluster and nothing of its news", () => {
    const today = [...demoLines({ seed: 7, until: UNTIL, flows: FLOWS })].filter(readable).map(seen);
    const before = [...demoDayBefore({ seed: 7, until: UNTIL, flows: FLOWS })].map(seen);
    expect(before.length).toBeGreaterThan(FLOWS * 0.1);
    expect(before.every((flow) => flow.at >= UNTIL - 48 * HOUR && flow.at < UNTIL - 24 * HOUR)).toBe(true);
    const names = (flows: readonly Seen[]): Set<string> => new Set(flows.map((flow) => flow.workload).filter((name) => name !== ""));
    expect([...names(before)].every((name) => names(today).has(name))).toBe(true);
    expect(names(today).size).toBeGreaterThan(names(before).size);
    expect(before.some((flow) => flow.workload === "runner-set-amd64" && flow.port === "22")).toBe(false);
  });
});

/** What agents of different releases take for a FlowFilter (protojson, reference §1.3 and §2.2), beside the vectors. */
import { describe, expect, it } from "vitest";
import { readAsAgent } from "./agent-filter.ts";
import type { CiliumVersion } from "./criterion.ts";

function outcome(clause: unknown, version: CiliumVersion = "1.17"): string {
  return readAsAgent({ include: [clause] }, version).problem?.class ?? "taken";
}

describe("an agent of 1.17", () => {
  it.each<readonly [clause: unknown, outcome: string]>([
    [{}, "taken"],
    [null, "taken"],
    [{ pod: ["prod/api"] }, "parse"],
    [{ ip: ["10.0.0.1"] }, "parse"],
    [{ namespace: ["prod"] }, "parse"],
    [{ cel_expression: ["true"] }, "parse"],
    [{ experimental: { cel_expression: ["true"] } }, "taken"],
    [{ experimental: { celExpression: ["1"] } }, "build"],
    [{ experimental: { cel_expression: ["true"], celExpression: ["true"] } }, "parse"],
    [{ experimental: { nope: 1 } }, "parse"],
    [{ experimental: {} }, "taken"],
    [{ experimental: null }, "taken"],
    [{ experimental: [] }, "parse"],
    [{ source_pod: ["a"], sourcePod: null }, "parse"],
    [{ SourcePod: ["a"] }, "parse"],
    [{ source_Pod: ["a"] }, "parse"],
    [{ source_pod: null }, "taken"],
    [{ source_pod: [null] }, "parse"],
    [{ source_pod: "prod/" }, "parse"],
    [{ verdict: ["dropped"] }, "parse"],
    [{ verdict: ["2"] }, "parse"],
    [{ verdict: [2, 99, -1, 2.0] }, "taken"],
    [{ verdict: [2.5] }, "parse"],
    [{ verdict: [4_294_967_296] }, "parse"],
    [{ drop_reason_desc: ["DROP_PUNT_PROXY"] }, "parse"],
    [{ drop_reason_desc: [205] }, "taken"],
    [{ source_identity: ["16777218", 1e3, "1.0", "1e1", "1,2"] }, "taken"],
    [{ source_identity: [-1] }, "parse"],
    [{ source_identity: [" 2"] }, "parse"],
    [{ source_identity: ["0x2"] }, "parse"],
    [{ reply: ["true"] }, "parse"],
    [{ tcp_flags: [{ SYN: null }, { ACK: true }] }, "taken"],
    [{ tcp_flags: [{ syn: true }] }, "parse"],
    [{ tcp_flags: [null] }, "parse"],
    [{ interface: [{ index: "3", name: null }] }, "taken"],
    [{ encrypted: [true] }, "parse"],
    [{ ip_trace_id: ["1"] }, "parse"],
    [{ protocol: [""] }, "build"],
    [{ protocol: ["vrrp"] }, "build"],
    [{ protocol: ["\u212aafka"] }, "taken"],
    [{ http_path: ["/"], event_type: [{ type: 1 }] }, "build"],
    [{ http_path: ["/"], event_type: [{ type: 1 }, { type: 129 }] }, "taken"],
    [{ http_path: [], event_type: [{ type: 1 }] }, "taken"],
    [{ dns_query: ["(?=a)"] }, "build"],
    [{ dns_query: ["a".repeat(5000)] }, "unsupported"],
  ])("%j: %s", (clause, expected) => {
    expect(outcome(clause)).toBe(expected);
  });

  it("reports a parse error before a build error, wherever both are, and what only a preview lacks last", () => {
    const unbuilt = { destination_port: ["http"] };
    const unread = { nope: 1 };
    const unseen = { dns_query: ["a".repeat(5000)] };
    expect(readAsAgent({ include: [unbuilt], exclude: [unread] }, "1.17").problem).toMatchObject({
      class: "parse",
      list: "exclude",
      clause: 0,
    });
    expect(readAsAgent({ include: [{}, unbuilt] }, "1.17").problem).toMatchObject({
      list: "include",
      clause: 1,
      criterion: "destination_port",
      position: 0,
    });
    expect(readAsAgent({ include: [unseen], exclude: [unbuilt] }, "1.17").problem).toMatchObject({ class: "build", list: "exclude" });
  });
});

it.each<readonly [clause: unknown, since: CiliumVersion, before: CiliumVersion]>([
  [{ traffic_direction: ["EGRESS"] }, "1.14", "1.13"],
  [{ http_url: ["/"] }, "1.15", "1.14"],
  [{ drop_reason_desc: ["POLICY_DENY"] }, "1.16", "1.15"],
  [{ interface: [{}] }, "1.16", "1.15"],
  [{ experimental: { cel_expression: ["true"] } }, "1.16", "1.15"],
  [{ source_cluster_name: ["a"] }, "1.17", "1.16"],
  [{ drop_reason_desc: ["DROP_PUNT_PROXY"] }, "1.18", "1.17"],
  [{ encrypted: [false] }, "1.19", "1.18"],
  [{ ip_trace_id: ["18446744073709551615"] }, "1.19", "1.18"],
  [{ protocol: ["igmp"] }, "1.19", "1.18"],
])("%j came with %s", (clause, since, before) => {
  expect(outcome(clause, since)).toBe("taken");
  expect(outcome(clause, before)).not.toBe("taken");
});

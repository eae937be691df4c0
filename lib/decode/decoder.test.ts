/** One flow in every wrapping; what is no flow; and the reasons of rejects. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Flow } from "#lib/flows/flow.ts";
import type { Decoded } from "./decoded.ts";
import { createDecoder } from "./decoder.ts";
import { describeDecoded } from "./describe-decoded.ts";
import { latin1Of, lineOf } from "./line-text.ts";

const fixtures = readFileSync(new URL("./fixtures/five-flows.jsonl", import.meta.url), "latin1")
  .trimEnd()
  .split("\n");
const [F1 = "", F2 = "", F3 = "", F4 = "", F5 = ""] = fixtures;
const T = "2025-01-23T07:59:30Z";
const T_NS = 1737619170000000000n;

function decode(line: string, fallbackTime?: bigint): Decoded {
  return createDecoder().decode(latin1Of(line), { fallbackTime });
}

function flowOf(line: string, fallbackTime?: bigint): Flow {
  const decoded = decode(line, fallbackTime);
  if (decoded.is !== "flow") throw new Error(describeDecoded(decoded));
  expect(lineOf(decoded.flow.parts)).toBe(latin1Of(line));
  return decoded.flow;
}

const bare = (more: object): string => JSON.stringify({ time: T, verdict: "DROPPED", IP: { source: "10.0.0.1" }, ...more });

describe("the five flows", () => {
  it("explicit deny towards a CIDR group", () => {
    expect(flowOf(F1)).toMatchObject({
      ...{
        time: 1737619163501253423n,
        timeFrom: "flow",
        uuid: "F1",
        verdict: "DROPPED",
        reason: "deny",
        dropReason: 181,
        eventType: 1,
        eventSubType: 181,
      },
      ...{
        direction: "egress",
        sourceIp: "100.64.0.183",
        sourcePort: 44240,
        destinationPort: 443,
        protocol: "TCP",
        isReply: undefined,
        packets: 1,
      },
      source: { id: 3810, identity: 14406, namespace: "default", pod: "bash", labels: ["k8s:app=bash"], workloads: [], cluster: "" },
      node: "aks-azst-2/n1",
    });
  });

  it("the others", () => {
    expect([F2, F3, F4, F5].map((line) => describeDecoded(decode(line)))).toEqual([
      "flow 2025-01-23T07:59:24.501253423Z DROPPED default 133 POLICY_DENIED type 1/133, prod/bash-2 100.64.0.183:44240 > world 1.1.1.1:53, egress UDP 1+1 labels aks-azst-2/n1 F2, time text source_ip destination_ip source_port destination_port source destination node",
      "flow 2025-01-23T07:59:25Z DROPPED default 133 POLICY_DENIED type 5/0, prod/api-7d9-x 100.64.0.183:-1 > 10.20.30.0/24 10.20.30.40:-1, egress ICMPv4 4+2 labels n2 F3, time text source_ip destination_ip source destination node names",
      "flow 2025-01-23T07:59:26Z DROPPED default 133 POLICY_DENIED type 1/133, prod/v6 fd00::1:1 > 2001:db8::/32 2001:db8::1:443, unknown TCP 0+2 labels c1/n3.example.com F4, time text source_ip destination_ip source_port destination_port source destination node",
      "flow 2025-01-23T07:59:27Z FORWARDED none - - type 129/0, 10.0.0.1 10.0.0.1:5 > kube-system/coredns-1 10.0.0.2:53, egress UDP 1+1 labels n2 F5, time text source_ip destination_ip source_port destination_port source destination node",
    ]);
  });
});

describe("wrappings", () => {
  const inner = flowOf(F1);
  const same = (line: string): Flow => {
    const flow = flowOf(line);
    const { parts: _, ...rest } = flow;
    const { parts: __, ...expected } = inner;
    expect(rest).toEqual(expected);
    return flow;
  };

  it.each([
    ["bare", JSON.stringify(JSON.parse(F1).flow)],
    ["CRI", `${T} stdout F ${F1}`],
    ["CRI with the flow's own time", `2025-01-23T07:59:23.501253423Z stderr F ${F1}`],
    ["kubectl --timestamps", `2025-01-23T08:59:30.1+01:00 ${F1}`],
    ["kubectl --prefix", `[pod/cilium-x7b2k/cilium-agent] ${F1}`],
    ["kubectl --prefix --timestamps", `[pod/cilium-x7b2k/cilium-agent] ${T} ${F1}`],
    ["Docker json-file", JSON.stringify({ log: `${F1}\n`, stream: "stdout", time: T })],
    ["Fluent Bit with text", JSON.stringify({ "@timestamp": T, kubernetes: { labels: { "k8s-app": "cilium" } }, log: F1 })],
    ["Fluent Bit with an object", `{"date":1737619170.1,"log":${F1},"stream":"stdout"}`],
    ["Container Insights", JSON.stringify({ TimeGenerated: T, LogMessage: JSON.parse(F1), ContainerName: "cilium-agent" })],
    ["text in text in an object", JSON.stringify({ record: { msg: JSON.stringify({ message: F1 }) } })],
    ["CRI inside Fluent Bit", JSON.stringify({ message: `${T} stdout F ${F1}` })],
    ["logfmt", `time="${T}" level=info msg=${JSON.stringify(F1)} subsys=hubble`],
    ["a head nobody announced", `Jan 23 07:59:30 node-1 cilium-agent[1]: ${F1}`],
    ["docker compose", `agent-1  | ${F1}`],
    ["a byte order mark", `\ufeff${F1}`],
    ["a carriage return", `${F1}\r`],
    ["spaces", JSON.stringify(JSON.parse(F1), null, 2)],
    ["more keys around", F1.replace('{"flow"', '{"cluster_name":"x","tenant":{"id":[1,"]"]},"level":"info","msg":"","flow"')],
  ])("%s", (_, line) => {
    same(line);
  });

  it("takes the time from where there is one", () => {
    const timeless = '{"flow":{"verdict":"DROPPED","uuid":"x"}';
    const times = [
      `${timeless},"time":"${T}"}`,
      `${T} stdout F ${timeless}}`,
      `{"message":${JSON.stringify(`${timeless}}`)},"@timestamp":"${T}"}`,
    ].map((line) => flowOf(line));
    expect(times.map(({ time, timeFrom }) => [time, timeFrom])).toEqual([
      [T_NS, "envelope"],
      [T_NS, "wrapper"],
      [T_NS, "wrapper"],
    ]);
    expect(flowOf(`${timeless}}`, 7n)).toMatchObject({ time: 7n, timeFrom: "neighbour" });
    expect(decode(`${timeless}}`)).toMatchObject({ is: "reject", reject: { reason: "no-time" } });
  });
});

describe("fields", () => {
  it("reads numbers as texts, unknown enums as numbers, null as absent", () => {
    const flow = flowOf(
      bare({
        drop_reason: "133",
        l4: { UDP: { source_port: "53", destination_port: "8080" } },
        drop_reason_desc: 206,
        traffic_direction: 1,
        source: null,
        event_type: null,
        node_labels: null,
      }),
    );
    expect(flow).toMatchObject({
      dropReason: 133,
      dropReasonName: "206",
      sourcePort: 53,
      destinationPort: 8080,
      direction: "ingress",
      eventType: -1,
    });
    expect(flow.source).toBe(flow.destination);
    expect(flowOf(bare({ verdict: 2 })).verdict).toBe("DROPPED");
    expect(flowOf(bare({ verdict: 9 })).verdict).toBe("9");
  });

  it("derives what a field mask left out", () => {
    expect(flowOf('{"flow":{},"time":"2025-01-23T07:59:30Z"}')).toMatchObject({
      verdict: "VERDICT_UNKNOWN",
      reason: "none",
      uuid: "",
      node: "",
    });
    expect(flowOf(bare({ verdict: undefined, drop_reason: 181 }))).toMatchObject({
      verdict: "DROPPED",
      reason: "deny",
      dropReasonName: "POLICY_DENY",
    });
    expect(flowOf(bare({ verdict: undefined, event_type: { type: 1, sub_type: 133 } }))).toMatchObject({
      verdict: "DROPPED",
      reason: "default",
      dropReason: 133,
    });
    expect(flowOf(bare({ verdict: undefined, Type: "L3_L4", drop_reason: 181 }))).toMatchObject({
      verdict: "VERDICT_UNKNOWN",
      reason: "deny",
      dropReasonName: "",
    });
  });

  it("knows L7 refusals, which carry no drop reason", () => {
    expect(flowOf(bare({ Type: "L7", event_type: { type: 129 }, l7: { type: "REQUEST" } }))).toMatchObject({
      reason: "l7",
      dropReason: 0,
      dropReasonName: "",
    });
  });

  it("counts what an aggregated record stands for", () => {
    const aggregate = { ingress_flow_count: 3, egress_flow_count: 40 };
    expect(flowOf(bare({ traffic_direction: "EGRESS", aggregate })).packets).toBe(40);
    expect(flowOf(bare({ traffic_direction: "INGRESS", aggregate })).packets).toBe(3);
    expect(flowOf(bare({ aggregate })).packets).toBe(43);
    expect(flowOf(bare({ aggregate: {} })).packets).toBe(1);
  });

  it("lists the policies of both directions, egress first, and reads old ones from their labels", () => {
    const labels = ["k8s:io.cilium.k8s.policy.derived-from=NetworkPolicy", "k8s:io.cilium.k8s.policy.name=old"];
    const { deniedBy } = flowOf(
      bare({
        ingress_denied_by: [{ labels }],
        egress_denied_by: [{ name: "new", namespace: "a", kind: "CiliumNetworkPolicy", revision: "18446744073709551615" }],
      }),
    );
    expect(deniedBy).toEqual([
      { name: "new", namespace: "a", kind: "CiliumNetworkPolicy", labels: [], revision: "18446744073709551615" },
      { name: "old", namespace: "", kind: "NetworkPolicy", labels, revision: "" },
    ]);
  });

  it("has proper Unicode in every text, and keeps what is no UTF-8 in the line only", () => {
    const flow = flowOf(bare({ source: { labels: ["k8s:a=ключ 😱"] }, destination_names: ["\u202eevil"], node_name: "naïve" }));
    expect([flow.source.labels, flow.destinationNames, flow.node]).toEqual([["k8s:a=ключ 😱"], ["\u202eevil"], "naïve"]);
    const broken = `{"flow":{"time":"${T}","Summary":"\u00ff\u00fe"}}`;
    const decoded = createDecoder().decode(broken, { fallbackTime: undefined });
    expect(decoded.is === "flow" && lineOf(decoded.flow.parts)).toBe(broken);
  });

  it("is not fooled by keys of Object.prototype", () => {
    const flow = flowOf(
      '{"flow":{"__proto__":{"verdict":"DROPPED"},"time":"2025-01-23T07:59:30Z","drop_reason_desc":"constructor","l4":{"__proto__":{"source_port":1}}}}',
    );
    expect(flow).toMatchObject({ verdict: "VERDICT_UNKNOWN", dropReason: 0, dropReasonName: "constructor", protocol: "" });
  });
});

describe("lines that are no flows", () => {
  it.each([
    [
      '{"lost_events":{"source":"PERF_EVENT_RING_BUFFER","num_events_lost":"10"},"node_name":"n","time":"2025-01-23T07:59:30Z"}',
      "notice lost_events 2025-01-23T07:59:30Z n 10 at PERF_EVENT_RING_BUFFER",
    ],
    ['{"lost_events":{"source":9,"num_events_lost":1}}', "notice lost_events 1 at 9"],
    [`${T} stdout F {"agent_event":{"type":"POLICY_UPDATED"},"node_name":"n"}`, "notice agent_event 2025-01-23T07:59:30Z n"],
    ['{"node_status":{"state_change":"NODE_CONNECTED","node_names":["a"]}}', "notice node_status"],
    ['{"num_flows":"2031","max_flows":"4095","seen_flows":"2348885"}', "notice node_status"],
    ["", 'agent ""'],
    ["time=2025-01-23T07:59:30Z level=WARN msg=k8sError source=/x.go:1", 'agent 2025-01-23T07:59:30Z warning "k8sError"'],
    [
      'time="2025-01-23T07:59:30Z" level=info msg="a \\"b\\" \\x1b[0m \\U0001f631"',
      'agent 2025-01-23T07:59:30Z info "a \\"b\\" \\u001b[0m 😱"',
    ],
    ["E0123 07:59:30.000000       1 reflector.go:1] failed: {}", 'agent error "failed: {}"'],
    [`${T} stderr F W0123 07:59:30.000000 1 a.go:1] words`, 'agent 2025-01-23T07:59:30Z warning "words"'],
    [
      '{"time":"2025-01-23T07:59:30Z","level":"info","source":{"file":"a.go"},"msg":"Policy imported"}',
      'agent 2025-01-23T07:59:30Z info "Policy imported"',
    ],
    [JSON.stringify({ log: "level=info msg=hello\n", stream: "stderr", time: T }), 'agent 2025-01-23T07:59:30Z info "hello"'],
    ['level=debug msg="DROPPED" "verdict":"DROPPED"=5', 'agent debug "DROPPED"'],
    ['level=error msg="lost" error="reset: {\\"flow\\":null}"', 'agent error "lost"'],
    ['{"a":1}', 'agent ""'],
    ["null", 'agent "null"'],
    ['{"level":"info","msg":"flow filter","flow":{"allow":1}}', 'agent info "flow filter"'],
  ])("%s", (line, words) => {
    expect(describeDecoded(decode(line))).toBe(words);
  });
});

describe("rejects", () => {
  it.each([
    ["cut", F1.slice(0, -1)],
    ["cut", F1.slice(0, 12)],
    ["cut", F1.slice(40)],
    ["cut", `level=info msg="${JSON.stringify(F1).slice(1, 300)}`],
    ["cut", JSON.stringify({ log: F1, stream: "stdout" }).slice(0, 500)],
    ["cut", '{"lost_events":{"source":"PERF'],
    ["not-json", F1.replace('["k8s:app=bash"]', "[...]")],
    ["not-json", F1 + F2],
    ["not-json", `${F1} trailing words`],
    ["not-a-flow", '{"flow":null}'],
    ["not-a-flow", '{"flow":[1],"time":"2025-01-23T07:59:30Z"}'],
    ["not-a-flow", '{"flow":{"src":"a"},"time":"2025-01-23T07:59:30Z"}'],
    ["bad-field", bare({ time: "yesterday" })],
    ["bad-field", bare({ source: { labels: ["a", 1] } })],
    ["bad-field", bare({ l4: { TCP: { source_port: 65_536 } } })],
    ["bad-field", bare({ IP: "10.0.0.1" })],
    ["no-time", '{"flow":{"verdict":"DROPPED"}}'],
    ["too-long", `${F1.slice(0, -1)},"x":"${"y".repeat(1_048_576)}"}`],
    ["too-deep", F1.replace('"Type"', `"x":${"[".repeat(50_000)}${"]".repeat(50_000)},"Type"`)],
    ["too-deep", F1.replace('"Type"', `"x":${"[".repeat(50_000)},"Type"`)],
    ["binary", F1.replace("DROPPED", "DROP\u0000ED")],
  ])("%s", (reason, line) => {
    const decoded = decode(line);
    expect(describeDecoded(decoded)).toContain(`reject ${reason}: `);
    expect(decoded.is === "reject" && decoded.reject.sample.length <= 2000).toBe(true);
  });

  it("does not keep a long agent line whole", () => {
    const decoded = decode(`level=info msg="${"x".repeat(2_000_000)}"`);
    expect(decoded.is === "agent" && decoded.agent.text.length < 70_000).toBe(true);
  });
});

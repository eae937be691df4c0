/** Writes one packet of an attempt as the line that the exporter prints for it. */
import type { Attempt, Stop } from "./attempt.ts";
import { CLUSTER } from "./nodes.ts";

/** Which of a denied packet's two records: the drop (event type 1) or the policy's verdict (type 5). */
export type Part = "drop" | "verdict";

const FIRST_LOCAL_IDENTITY = 16_777_217;
const LOCAL_IDENTITIES = 4000;
const POLICY_MATCH_L3_ONLY = 1;

export function writeFlow(attempt: Attempt, part: Part, time: string, uuid: string): string {
  const { from, to, stop } = attempt;
  const node = from.node;
  const head = `{"flow":{"time":"${time}","uuid":"${uuid}",${node.emitterJson}${verdictJson(stop)}`;
  const ethernet = stop.is === "http" || stop.is === "dns" ? "" : `"ethernet":{"source":"${from.mac}","destination":"${node.mac}"},`;
  const version = to.ip.includes(":") ? "IPv6" : "IPv4";
  const source = version === "IPv6" ? from.ip6 : from.ip4;
  const identity = to.nodeLocal ? `"identity":${localIdentity(to.ip, node.index)},` : "";
  return (
    `${head}${ethernet}"IP":{"source":"${source}","destination":"${to.ip}","ipVersion":"${version}"},"l4":${layer4(attempt)},` +
    `"source":${from.sourceJson},"destination":{${identity}${to.json},"Type":"${ethernet === "" ? "L7" : "L3_L4"}",${node.json},` +
    `${to.namesJson}${eventJson(stop, part, summaryOf(attempt), node.agent)}},"node_name":"${node.name}","time":"${time}"}`
  );
}

function verdictJson(stop: Stop): string {
  if (stop.is === "audit") return '"verdict":"AUDIT",';
  if (stop.is === "http" || stop.is === "dns") return '"verdict":"DROPPED",';
  return `"verdict":"DROPPED","drop_reason":${stop.code},`;
}

function layer4(attempt: Attempt): string {
  switch (attempt.protocol) {
    case "TCP": {
      const flags = attempt.stop.is === "http" ? '"PSH":true,"ACK":true' : '"SYN":true';
      return `{"TCP":{"source_port":${attempt.sourcePort},"destination_port":${attempt.port},"flags":{${flags}}}}`;
    }
    case "UDP":
      return `{"UDP":{"source_port":${attempt.sourcePort},"destination_port":${attempt.port}}}`;
    case "ICMPv4":
      return '{"ICMPv4":{"type":8}}';
    case "ICMPv6":
      return '{"ICMPv6":{"type":128}}';
  }
}

function summaryOf({ protocol, stop }: Attempt): string {
  if (stop.is === "http") return `HTTP/1.1 ${stop.method} ${stop.url}`;
  if (stop.is === "dns") return `DNS Query ${stop.query} A`;
  if (protocol === "TCP") return "TCP Flags: SYN";
  return protocol === "UDP" ? "UDP" : `${protocol} EchoRequest`;
}

function eventJson(stop: Stop, part: Part, summary: string, agent: "1.17" | "1.19"): string {
  const end = `"Summary":${protoJson(summary)}`;
  switch (stop.is) {
    case "audit":
      return `"event_type":{"type":5},"traffic_direction":"EGRESS","is_reply":false,${end}`;
    case "http":
      return (
        `"l7":{"type":"REQUEST","http":{"method":"${stop.method}","url":${protoJson(stop.url)},"protocol":"HTTP/1.1","headers":[` +
        `{"key":"User-Agent","value":"resizer/4.2"},{"key":"X-Request-Id","value":"demo"}]}},` +
        `"event_type":{"type":129},"traffic_direction":"EGRESS","is_reply":false,${end}`
      );
    case "dns":
      return (
        `"l7":{"type":"REQUEST","dns":{"query":${protoJson(stop.query)},"observation_source":"proxy","qtypes":["A"]}},` +
        `"event_type":{"type":129},"traffic_direction":"EGRESS","is_reply":false,${end}`
      );
    case "recorded":
      if (part === "verdict")
        return `${verdictEvent(stop, agent)}${end},"egress_denied_by":[${policyJson(stop.policy)}]${policyLog(stop.policy, agent)}`;
      return dropEvent(stop.code, stop.name) + end;
    case "drop":
      return dropEvent(stop.code, stop.name) + end;
  }
}

/** The source line of the drop is what Cilium 1.17 reports for each place. */
function dropEvent(code: number, name: string | number): string {
  return (
    `"event_type":{"type":1,"sub_type":${code}},"traffic_direction":"EGRESS","file":{"name":"bpf_lxc.c","line":${code === 181 || code === 133 ? 1360 : 1107}},` +
    `"drop_reason_desc":${JSON.stringify(name)},`
  );
}

function verdictEvent(stop: { readonly name: string }, agent: "1.17" | "1.19"): string {
  const reply = agent === "1.19" ? '"is_reply":false,' : "";
  return `"event_type":{"type":5},"traffic_direction":"EGRESS","policy_match_type":${POLICY_MATCH_L3_ONLY},"drop_reason_desc":"${stop.name}",${reply}`;
}

/** Go's JSON writer escapes what HTML would read. */
function protoJson(text: string): string {
  return JSON.stringify(text).replaceAll("<", "\\u003c").replaceAll(">", "\\u003e").replaceAll("&", "\\u0026");
}

function policyJson(policy: string): string {
  const labels = [
    "k8s:io.cilium.k8s.policy.derived-from=CiliumClusterwideNetworkPolicy",
    `k8s:io.cilium.k8s.policy.name=${policy}`,
    `k8s:io.cilium.k8s.policy.cluster=${CLUSTER}`,
  ];
  return `{"name":"${policy}","labels":${JSON.stringify(labels)},"revision":"${40 + policy.length}","kind":"CiliumClusterwideNetworkPolicy"}`;
}

/** `policy_log` exists from Cilium 1.18 on. */
function policyLog(policy: string, agent: "1.17" | "1.19"): string {
  return agent === "1.19" ? `,"policy_log":["blocked by ${policy}, ask #network"]` : "";
}

function localIdentity(ip: string, node: number): number {
  let hash = node * 131;
  for (let i = 0; i < ip.length; i++) hash = (Math.imul(hash, 31) + ip.charCodeAt(i)) | 0;
  return FIRST_LOCAL_IDENTITY + ((hash >>> 0) % LOCAL_IDENTITIES);
}

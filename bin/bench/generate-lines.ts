/** A deterministic stream of agent log lines for benchmarks: blocked egress of a busy cluster over 24 h, with agent noise and cut lines. */
import type { BenchCluster, BenchDestination, BenchPod } from "./cluster.ts";
import { makeCluster } from "./cluster.ts";
import type { Random } from "./random.ts";
import { createRandom, zipf } from "./random.ts";

export interface LineOptions {
  readonly flows: number;
  readonly seed: number;
  /** Milliseconds since 1970 of the first flow. */
  readonly start: number;
  /** Share of all lines that are the agent's own. */
  readonly noise: number;
  /** Share of flow lines cut short. */
  readonly cut: number;
}

/** A fifth of the lines is the agent's own, one flow line in 50,000 is cut short. */
export function benchLines(flows: number): LineOptions {
  return { flows, seed: 7, start: BENCH_START, noise: 0.2, cut: 1 / 50_000 };
}

export const BENCH_START = Date.UTC(2026, 0, 23);
const DAY_MS = 86_400_000;
const PORTS = [443, 443, 443, 443, 443, 80, 80, 53, 22, 25, 123, 3306, 5432, 6379, 8080, 8443, 9093, 9418, 587, 853] as const;

/** Lines without their newline, ASCII only; nothing is kept. */
export function* generateLines(options: LineOptions): Generator<string> {
  const random = createRandom(options.seed);
  const cluster = makeCluster(random, { nodes: 50, pods: 2000, destinations: 50_000 });
  const conversation = conversations(random, cluster);
  const slots = Array.from({ length: 64 }, conversation);
  const stamp = createStamp();
  let now = options.start;
  for (let index = 0; index < options.flows; index++) {
    now += (-Math.log(1 - random.next()) * DAY_MS) / options.flows;
    const slot = random.below(slots.length);
    let talk = slots[slot];
    if (talk === undefined || talk.left <= 0) {
      talk = conversation();
      slots[slot] = talk;
    }
    talk.left--;
    const time = stamp(now, random.below(1_000_000));
    const line = flowLine(random, talk, time);
    yield random.next() < options.cut ? line.slice(0, 200 + random.below(1500)) : line;
    if (random.next() < options.noise / (1 - options.noise)) yield agentLine(random, cluster, time);
  }
}

interface Conversation {
  readonly pod: BenchPod;
  readonly to: BenchDestination;
  readonly protocol: "TCP" | "UDP" | "ICMP" | "SCTP";
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly allowListed: boolean;
  readonly verdictEvent: boolean;
  readonly named: boolean;
  left: number;
}

function conversations(random: Random, cluster: BenchCluster): () => Conversation {
  const podRank = zipf(random, cluster.pods.length, 1.05);
  const destinationRank = zipf(random, cluster.destinations.length, 1);
  let hot: BenchPod | undefined;
  let hotLeft = 0;
  return () => {
    if (--hotLeft <= 0 && random.next() < 0.0005) {
      hot = cluster.pods[random.below(cluster.pods.length)];
      hotLeft = 2000 + random.below(8000);
    }
    const pod = hot !== undefined && hotLeft > 0 && random.next() < 0.6 ? hot : cluster.pods[podRank()];
    const to = cluster.destinations[destinationRank()];
    if (pod === undefined || to === undefined) throw new RangeError("empty cluster");
    const share = random.next();
    return {
      pod,
      to,
      protocol: share < 0.86 ? "TCP" : share < 0.955 ? "UDP" : share < 0.99 ? "ICMP" : "SCTP",
      sourcePort: 32768 + random.below(28232),
      destinationPort: random.next() < 0.93 ? random.pick(PORTS) : 1024 + random.below(4000),
      allowListed: random.next() < 0.05,
      verdictEvent: random.next() < 0.1,
      named: random.next() < 0.8,
      left: 1 + (random.next() < 0.6 ? random.below(6) : 0),
    };
  };
}

function flowLine(random: Random, talk: Conversation, time: string): string {
  const { pod, to } = talk;
  const denied = to.policy !== "" && !talk.allowListed;
  const code = denied ? 181 : 133;
  const verdictEvent = !denied && talk.verdictEvent;
  const ports = `{"source_port":${talk.sourcePort},"destination_port":${talk.destinationPort}`;
  const icmp = to.v6 ? '{"ICMPv6":{"type":128}}' : '{"ICMPv4":{"type":8}}';
  const l4 =
    talk.protocol === "TCP" ? `{"TCP":${ports},"flags":{"SYN":true}}}` : talk.protocol === "ICMP" ? icmp : `{"${talk.protocol}":${ports}}}`;
  const summary =
    talk.protocol === "TCP"
      ? "TCP Flags: SYN"
      : talk.protocol === "ICMP"
        ? to.v6
          ? "ICMPv6 EchoRequest"
          : "ICMPv4 EchoRequest"
        : talk.protocol;
  const by =
    denied && talk.named
      ? `"egress_denied_by":[{"name":"${to.policy}","labels":["k8s:io.cilium.k8s.policy.derived-from=CiliumClusterwideNetworkPolicy","k8s:io.cilium.k8s.policy.name=${to.policy}"],"revision":"${7 + to.policy.length}","kind":"CiliumClusterwideNetworkPolicy"}],`
      : "";
  return (
    `{"flow":{"time":"${time}","uuid":"${uuid(random)}","verdict":"DROPPED","drop_reason":${code},"ethernet":{"source":"${pod.mac}","destination":"${pod.node.mac}"},` +
    `"IP":{"source":"${to.v6 ? pod.ip6 : pod.ip4}","destination":"${to.ip}","ipVersion":"${to.v6 ? "IPv6" : "IPv4"}"},"l4":${l4},"source":${pod.json},"destination":${to.json},` +
    `"Type":"L3_L4","node_name":"${pod.node.name}","node_labels":${pod.node.labels},${to.names}${verdictEvent ? '"event_type":{"type":5},' : `"event_type":{"type":1,"sub_type":${code}},`}` +
    `"traffic_direction":"EGRESS",${verdictEvent ? "" : '"file":{"name":"bpf_lxc.c","line":1360},'}"drop_reason_desc":"${denied ? "POLICY_DENY" : "POLICY_DENIED"}",${by}` +
    `"Summary":"${summary}"},"node_name":"${pod.node.name}","time":"${time}"}`
  );
}

function uuid(random: Random): string {
  const digits = random.hex(32);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
}

function agentLine(random: Random, cluster: BenchCluster, time: string): string {
  const pod = cluster.pods[random.below(cluster.pods.length)]?.name ?? "";
  const lines = [
    `time="${time}" level=info msg="Rewrote endpoint BPF program" ciliumEndpointName=${pod} containerID=${random.hex(10)} endpointID=${random.below(4000)} subsys=endpoint`,
    `time=${time} level=info source=/go/src/github.com/cilium/cilium/pkg/policy/repository.go:120 msg="Policy imported via API, recalculating..." module=agent.controlplane.policy policyRevision=${random.below(900)}`,
    `time="${time}" level=debug msg="Verdict DROPPED counters flushed" count=${random.below(5000)} subsys=hubble`,
    `I0123 ${time.slice(11, 26)}       1 reflector.go:${100 + random.below(800)}] Caches populated for *v2.CiliumClusterwideNetworkPolicy`,
    `time=${time} level=warn msg="stream reset" module=agent.hubble error="unexpected: {\\"flow\\":null}"`,
  ];
  return lines[random.below(lines.length)] ?? "";
}

/** RFC 3339 with as many fraction digits as Go prints: 0, 3, 6 or 9. */
function createStamp(): (ms: number, nanos: number) => string {
  let second = -1;
  let head = "";
  return (ms, nanos) => {
    const whole = Math.floor(ms / 1000);
    if (whole !== second) {
      second = whole;
      head = new Date(whole * 1000).toISOString().slice(0, 19);
    }
    const milli = String(Math.floor(ms - whole * 1000)).padStart(3, "0");
    const tail = String(nanos).padStart(6, "0");
    if (tail === "000000") return milli === "000" ? `${head}Z` : `${head}.${milli}Z`;
    return tail.endsWith("000") ? `${head}.${milli}${tail.slice(0, 3)}Z` : `${head}.${milli}${tail}Z`;
  };
}

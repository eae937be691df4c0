/** Makes lines to torture the decoder with: good ones in every wrapping, and hostile ones made of them. Seeded, hence repeatable. */
import { latin1Of } from "./line-text.ts";

export type Random = () => number;

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export interface GoodLine {
  readonly line: string;
  readonly uuid: string;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const pick = <T>(random: Random, list: readonly [T, ...T[]]): T => list[below(random, list.length)] ?? list[0];
const hex = (random: Random, length: number): string => Array.from({ length }, () => below(random, 16).toString(16)).join("");

/** A line of the agent's log whose flow the decoder must find, as latin1 code units. */
export function goodLine(random: Random): GoodLine {
  const uuid = `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}`;
  const time = timeText(random);
  const flow = makeFlow(random, uuid, time);
  const envelope: Json = random() < 0.9 ? { flow, node_name: flow.node_name ?? "n", time } : flow;
  const object = random() < 0.1 ? sorted(envelope) : envelope;
  const text = random() < 0.06 ? JSON.stringify(object, null, 1).replaceAll("\n", "") : JSON.stringify(object);
  return { line: latin1Of(wrapped(random, text, time)), uuid };
}

const DROPS: readonly [Drop, ...Drop[]] = [
  [181, "POLICY_DENY"],
  [133, "POLICY_DENIED"],
  [202, "DROP_HOST_NOT_READY"],
];
type Drop = readonly [code: number, name: string];

function makeFlow(random: Random, uuid: string, time: string): { readonly [key: string]: Json } {
  const pod = below(random, 12);
  const place = below(random, 40);
  const [code, name] = pick(random, DROPS);
  const verdictEvent = random() < 0.2;
  const maskedOut = random() < 0.08;
  return {
    time,
    uuid,
    ...(random() < 0.2 && { emitter: { name: "Hubble", version: "1.20.1+g7d68cfb3" } }),
    verdict: random() < 0.95 ? "DROPPED" : 9,
    ...(!maskedOut && { drop_reason: code, ethernet: { source: `02:00:00:00:00:0${pod % 10}`, destination: "0a:58:0a:f4:01:01" } }),
    IP: {
      source: pod === 7 ? "fd00::7" : `10.0.1.${pod + 1}`,
      destination: place % 9 === 0 ? "2001:db8::1" : `203.0.113.${place}`,
      ipVersion: "IPv4",
    },
    l4: makeL4(random),
    source: pod === 3 ? {} : makePod(pod),
    destination: makePlace(place),
    Type: "L3_L4",
    node_name: `prod/node-${pod % 4}`,
    ...(random() < 0.7 && { node_labels: ["kubernetes.io/os=linux", `kubernetes.io/hostname=node-${pod % 4}`, "naïve=ünï→😱"] }),
    ...(place % 3 === 0 && { destination_names: [`p${place}.example.com`, "cdn.example.net"] }),
    event_type: verdictEvent ? { type: 5 } : { type: 1, sub_type: code },
    ...(random() < 0.9 && { traffic_direction: "EGRESS" }),
    ...(random() < 0.1 && { interface: { index: below(random, 900), name: `eni${hex(random, 6)}` } }),
    ...(random() < 0.05 && { l7: null, is_reply: false }),
    drop_reason_desc: name,
    ...(verdictEvent && {
      egress_denied_by: [{ name: `deny-${place % 5}`, namespace: "prod", labels: [], revision: "7", kind: "CiliumNetworkPolicy" }],
    }),
    ...(random() < 0.03 && { aggregate: { egress_flow_count: 1 + below(random, 90) } }),
    ...(random() < 0.03 && { policy_log: [`ticket ${below(random, 9)} "quoted" \u2028`] }),
    Summary: "TCP Flags: SYN",
  };
}

function makeL4(random: Random): Json {
  const ports = { source_port: 1 + below(random, 65_535), destination_port: pick(random, [443, 53, 80, 8080]) };
  return pick<Json>(random, [
    { TCP: { ...ports, flags: { SYN: true } } },
    { UDP: ports },
    { SCTP: ports },
    { ICMPv4: { type: 8 } },
    { TCP: {} },
  ]);
}

function makePod(pod: number): Json {
  const labels = [
    "k8s:app=api",
    `k8s:io.kubernetes.pod.namespace=team-${pod % 3}`,
    `k8s:note=${pod === 5 ? "ключ\u202e</script>" : "a&b"}`,
  ];
  return {
    ID: 100 + pod,
    identity: 5000 + pod,
    namespace: `team-${pod % 3}`,
    labels,
    pod_name: `api-${pod}`,
    workloads: [{ name: "api", kind: "Deployment" }],
  };
}

function makePlace(place: number): Json {
  const group = `cidrgroup:io.cilium.policy.cidrgroupname/group-${place % 7}`;
  return {
    identity: 16_777_216 + place,
    labels: place % 2 === 0 ? [group, "reserved:world"] : [`cidr:203.0.113.${place}/32`, "reserved:world-ipv4"],
  };
}

function timeText(random: Random): string {
  const second = new Date(1_769_126_400_000 + below(random, 40) * 1000).toISOString().slice(0, 19);
  const digits = pick(random, [9, 9, 9, 8, 6, 5, 3, 1, 0]);
  return digits === 0 ? `${second}Z` : `${second}.${String(below(random, 1_000_000_000)).padStart(9, "0").slice(0, digits)}Z`;
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]): [string, Json] => [key, sorted(inner)]));
}

function wrapped(random: Random, json: string, time: string): string {
  const kind = random();
  if (kind < 0.6) return json;
  if (kind < 0.68) return `${time} stdout F ${json}`;
  if (kind < 0.74) return `2026-01-23T01:00:00.${below(random, 1000)}+01:00 ${json}`;
  if (kind < 0.8) return `[pod/cilium-${hex(random, 5)}/cilium-agent] ${json}`;
  if (kind < 0.85) return JSON.stringify({ log: `${json}\n`, stream: "stdout", time });
  if (kind < 0.89) return JSON.stringify({ kubernetes: { pod_name: "cilium-x" }, message: json, "@timestamp": time });
  if (kind < 0.92) return `{"offset":${below(random, 9999)},"attributes":${json}}`;
  if (kind < 0.95) return `time="${time}" level=info msg=${JSON.stringify(json)} subsys=hubble`;
  return kind < 0.98 ? `${json}\r` : `Jan 23 00:00:00 node-1 cilium-agent[1]: ${json}`;
}

const NOISE = [
  'time="2026-01-23T00:00:01Z" level=info msg="Verdict DROPPED counters flushed" "verdict":"DROPPED"=5 subsys=hubble',
  'time=2026-01-23T00:00:01Z level=error msg="lost" error="stream reset: {\\"flow\\":null}"',
  "I0123 00:00:01.000000       1 reflector.go:100] Caches populated for *v2.CiliumNetworkPolicy",
  '{"time":"2026-01-23T00:00:01Z","level":"warn","msg":"policy {\\"flow\\":1}"}',
  '{"lost_events":{"source":"PERF_EVENT_RING_BUFFER","num_events_lost":"10","cpu":0},"time":"2026-01-23T00:00:01Z"}',
  "",
] as const;

const PROTO = [
  '{"__proto__":{"flow":{"verdict":"DROPPED"}}}',
  '{"flow":{"__proto__":{"verdict":"DROPPED"},"constructor":{"prototype":1},"time":"2026-01-23T00:00:01Z"}}',
  '{"flow":{"time":"2026-01-23T00:00:01Z","l4":{"__proto__":{"source_port":1}},"drop_reason_desc":"__proto__","verdict":"constructor"}}',
  '{"flow":{"time":"2026-01-23T00:00:01Z","source":{"labels":["__proto__=1"],"namespace":"__proto__"},"IP":{"source":"toString"}}}',
] as const;

/** A line that nobody should send. Most are made of good ones, which the decoder then meets again whole. */
export function hostileLine(random: Random, good: GoodLine, other: GoodLine): string {
  const kind = random();
  const at = below(random, good.line.length + 1);
  if (kind < 0.3) return good.line.slice(0, at);
  if (kind < 0.42) return good.line.slice(at);
  if (kind < 0.5) return good.line.slice(0, at) + other.line.slice(below(random, other.line.length));
  if (kind < 0.56) return good.line + pick(random, [other.line, " x", NOISE[0], "}", "\u0000"]);
  if (kind < 0.72) return replaced(random, good.line, at);
  if (kind < 0.78) return good.line.slice(0, at) + good.line.slice(at + 1 + below(random, 40));
  if (kind < 0.84) return Array.from({ length: below(random, 300) }, () => String.fromCharCode(below(random, 256))).join("");
  if (kind < 0.87) return deep(random, good.line);
  if (kind < 0.9) return pick(random, PROTO);
  if (kind < 0.9005) return huge(random, good.line);
  return pick(random, NOISE);
}

function replaced(random: Random, line: string, at: number): string {
  const piece = pick(random, [
    '"',
    "\\",
    "{",
    "}",
    "]",
    ",",
    "0",
    "null",
    "\u0000",
    "\u00ff",
    "é",
    '"time":',
    "1e999",
    "-1",
    "99999999999",
    '""',
    "Z",
  ]);
  return line.slice(0, at) + piece + line.slice(at + piece.length);
}

function deep(random: Random, line: string): string {
  const levels = pick(random, [50, 120, 5000, 40_000]);
  const nest = "[".repeat(levels) + "]".repeat(random() < 0.5 ? levels : levels - 1);
  const at = line.indexOf('"verdict"');
  return at < 0 ? `{"flow":${nest}}` : `${line.slice(0, at)}"x":${nest},${line.slice(at)}`;
}

function huge(random: Random, line: string): string {
  const filler = pick(random, ["x", "\\", '\\"', '"', "[", '"a":'] as const);
  return line.slice(0, -1) + filler.repeat(Math.ceil(1_100_000 / filler.length)) + (random() < 0.5 ? '"}' : "");
}

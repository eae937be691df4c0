/** Random flows, filters and questions for law tests: small worlds, so that things meet. */
import fc from "fast-check";
import type { Clause, Filter } from "#lib/filters/filter.ts";
import { DIMENSIONS, type Dimension } from "#lib/flows/dimension.ts";
import type { Endpoint, Flow } from "#lib/flows/flow.ts";
import type { Question } from "#lib/questions/question.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { randomDetail } from "./random-detail.ts";
import { NO_ONE, sampleEndpoint, sampleFlow } from "./sample-flow.ts";

/** Milliseconds: where the random flows lie. */
export const RANDOM_SPAN: ResolvedWindow = { from: 1_737_619_200_000, to: 1_737_619_260_000 };

const HOSTILE = ["__proto__", "<img src=x onerror=alert(1)>", "a'b\"c\\d", "\u202egpj.exe", "'; DROP TABLE flows; --", "%_%"];
const labels = ["k8s:app=api", "k8s:app=web", "k8s:tier=data", "k8s:version=12", "plain"] as const;
const groups = [
  "cidrgroup:io.cilium.policy.cidrgroupname/corp-deny",
  "cidrgroup:io.cilium.policy.cidrgroupname/partners",
  "cidr:10.20.0.0/16",
  "cidr:2001-db8--0/32",
  "fqdn:*.example.com",
  "reserved:world",
  "reserved:kube-apiserver",
] as const;

/** One shared object per distinct endpoint, as decoders hand them out. */
function shared(endpoints: fc.Arbitrary<Endpoint>): fc.Arbitrary<Endpoint> {
  const known = new Map<string, Endpoint>();
  return endpoints.map((endpoint) => {
    const key = JSON.stringify(endpoint);
    const found = known.get(key) ?? endpoint;
    known.set(key, found);
    return found;
  });
}

const senders = shared(
  fc
    .record({
      namespace: fc.constantFrom("prod", "shop", ""),
      pod: fc.constantFrom("api-1", "api-2", "web-1", "", ...HOSTILE.slice(0, 2)),
      labels: fc.subarray([...labels]),
      workloads: fc.constantFrom([], [{ name: "api", kind: "Deployment" }], [{ name: "web", kind: "StatefulSet" }]),
      cluster: fc.constantFrom("", "west"),
      identity: fc.constantFrom(0, 14_406, 14_407),
    })
    .map(sampleEndpoint),
);

const destinations = shared(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.subarray([...groups]).map((some) => sampleEndpoint({ labels: some, identity: some.length === 0 ? 0 : 16_777_218 })),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        NO_ONE,
        sampleEndpoint({ namespace: "db", pod: "pg-0", workloads: [{ name: "pg", kind: "StatefulSet" }] }),
        sampleEndpoint({ identity: 2 }),
      ),
    },
  ),
);

const causes = fc.constantFrom<Partial<Flow>>(
  { verdict: "DROPPED", reason: "deny", dropReason: 181, dropReasonName: "POLICY_DENY", eventType: 1, eventSubType: 181 },
  { verdict: "DROPPED", reason: "default", dropReason: 133, dropReasonName: "POLICY_DENIED", eventType: 1, eventSubType: 133 },
  { verdict: "DROPPED", reason: "deny", dropReason: 181, dropReasonName: "POLICY_DENY", eventType: 5, eventSubType: 0 },
  { verdict: "DROPPED", reason: "auth", dropReason: 189, dropReasonName: "AUTH_REQUIRED", eventType: 1, eventSubType: 189 },
  { verdict: "DROPPED", reason: "l7", dropReason: 0, dropReasonName: "", eventType: 129, eventSubType: 0 },
  { verdict: "AUDIT", reason: "audit", dropReason: 0, dropReasonName: "", eventType: 5, eventSubType: 0 },
  { verdict: "DROPPED", reason: "other", dropReason: 158, dropReasonName: "SERVICE_BACKEND_NOT_FOUND", eventType: 1, eventSubType: 158 },
  { verdict: "FORWARDED", reason: "none", dropReason: 0, dropReasonName: "", eventType: 4, eventSubType: 1 },
);

const transports = fc.oneof(
  fc.record({
    protocol: fc.constantFrom("TCP" as const, "UDP" as const),
    sourcePort: fc.integer({ min: 1, max: 3 }),
    destinationPort: fc.constantFrom(443, 53, 8080),
  }),
  fc.constant({ protocol: "ICMPv4" as const, sourcePort: -1, destinationPort: -1 }),
);

/** With a uuid each; siblings among them are rare but happen. */
export const randomFlow: fc.Arbitrary<Flow> = fc
  .record({
    uuid: fc.uuid(),
    time: fc.bigInt({ min: BigInt(RANDOM_SPAN.from) * 1_000_000n, max: BigInt(RANDOM_SPAN.to) * 1_000_000n - 1n }),
    cause: causes,
    transport: transports,
    direction: fc.constantFrom("egress" as const, "egress" as const, "ingress" as const, "unknown" as const),
    sourceIp: fc.constantFrom("10.244.1.1", "10.244.1.2", "fd00::1"),
    destinationIp: fc.constantFrom("10.20.1.1", "10.30.1.1", "2001:db8::1", "217.160.0.92"),
    source: senders,
    destination: destinations,
    destinationNames: fc.constantFrom([], ["api.example.com"], ["a_b.example.com", "api.example.com"]),
    node: fc.constantFrom("west/n1", "west/n2", "n3", ""),
    deniedBy: fc.constantFrom([], [{ name: "deny-egress", namespace: "prod", kind: "CiliumNetworkPolicy", labels: [], revision: "7" }]),
    packets: fc.constantFrom(1, 1, 1, 4),
    isReply: fc.constantFrom(undefined, undefined, true, false),
    sourceNames: fc.constantFrom([], [], ["api.example.com"]),
    nodeLabels: fc.constantFrom([], ["topology.kubernetes.io/zone=a", "disk"], ["gpu=yes"]),
    detail: randomDetail,
  })
  .map(({ cause, transport, ...rest }) => {
    const flow = sampleFlow({ ...rest, ...cause, ...transport });
    if (flow.detail.hasEventType) return flow;
    return { ...flow, eventType: -1, eventSubType: 0, reason: flow.reason === "l7" ? "other" : flow.reason };
  });

export const randomFlows: fc.Arbitrary<readonly Flow[]> = fc.array(randomFlow, { maxLength: 60 });

const dimensionValues: { readonly [D in Dimension]: readonly string[] } = {
  pod: ["prod/api-1", "shop/web-1", "10.244.1.1", HOSTILE[0] ?? ""],
  workload: ["prod/api", "shop/web", "web", "10.244.1.2"],
  namespace: ["prod", "shop", "", HOSTILE[4] ?? ""],
  cluster: ["west", ""],
  group: ["corp-deny", "partners", "10.20.0.0/16", "*.example.com", "world", "db/pg", ""],
  cidr: ["10.20.0.0/16", "2001:db8::/32", ""],
  ip: ["10.20.1.1", "10.0.0.0/8", "2001:db8::/16", "", HOSTILE[2] ?? ""],
  name: ["api.example.com", "a_b.example.com", ""],
  port: ["443", "53", "", "70000"],
  protocol: ["TCP", "UDP", "ICMPv4", "", "icmp"],
  reason: ["deny", "default", "l7", "audit", "other", "none"],
  policy: ["prod/deny-egress", ""],
  node: ["west/n1", "n3", ""],
};

const some = <T>(values: readonly T[]): fc.Arbitrary<readonly T[]> =>
  fc.shuffledSubarray([...values], { minLength: 1, maxLength: Math.min(2, values.length) });

const criteria: readonly fc.Arbitrary<Clause>[] = [
  ...DIMENSIONS.map((dimension) => some(dimensionValues[dimension]).map((values): Clause => ({ [dimension]: values }))),
  some(["10.244.1.1", "10.244.0.0/16", "fd00::/8"]).map((source_ip) => ({ source_ip })),
  some(["10.20.1.1", "10.0.0.0/8", "::/0"]).map((destination_ip) => ({ destination_ip })),
  some(["prod/", "/api", "prod/api-1", "/", "api"]).map((source_pod) => ({ source_pod })),
  some(["db/", "/"]).map((destination_pod) => ({ destination_pod })),
  some(["app=api", "k8s:app in (api, web)", "!app", "version>11", "plain"]).map((source_label) => ({ source_label })),
  some(["reserved:world", "cidr:10.0.0.0/8", "!reserved:world", "cidrgroup:io.cilium.policy.cidrgroupname/partners"]).map(
    (destination_label) => ({ destination_label }),
  ),
  some([{ name: "api" }, { kind: "StatefulSet" }, {}]).map((source_workload) => ({ source_workload })),
  some(["443", "53"]).map((destination_port) => ({ destination_port })),
  some(["1"]).map((source_port) => ({ source_port })),
  some(["*.example.com", "a_b.example.com"]).map((destination_fqdn) => ({ destination_fqdn })),
  some(["west/", "n3", "n*"]).map((node_name) => ({ node_name })),
  some(["DROPPED", "AUDIT", "FORWARDED"]).map((verdict) => ({ verdict })),
  some(["POLICY_DENY", "POLICY_DENIED", "DROP_REASON_UNKNOWN"]).map((drop_reason_desc) => ({ drop_reason_desc })),
  some(["EGRESS", "INGRESS", "TRAFFIC_DIRECTION_UNKNOWN"]).map((traffic_direction) => ({ traffic_direction })),
  some([{ type: 1 }, { type: 5 }, { type: 1, sub_type: 133, match_sub_type: true }, {}]).map((event_type) => ({ event_type })),
  some([0, 14_406]).map((source_identity) => ({ source_identity })),
  some([0, 2, 16_777_218]).map((destination_identity) => ({ destination_identity })),
  some(["IPv4", "IPv6"]).map((ip_version) => ({ ip_version })),
];

/** One to three criteria, all of them values that can be built; now and then a clause without any. */
export const randomClause: fc.Arbitrary<Clause> = fc
  .uniqueArray(fc.nat({ max: criteria.length - 1 }), { maxLength: 3 })
  .chain((picked) => fc.tuple(...picked.map((index) => criteria[index] ?? fc.constant({}))))
  .map((clauses): Clause => Object.fromEntries(clauses.flatMap((clause) => Object.entries(clause))));

export const randomFilter: fc.Arbitrary<Filter> = fc.record({
  include: fc.array(randomClause, { maxLength: 2 }),
  exclude: fc.array(
    randomClause.filter((clause) => Object.keys(clause).length > 0),
    { maxLength: 2 },
  ),
});

const inSpan = fc.integer({ min: RANDOM_SPAN.from, max: RANDOM_SPAN.to });

export const randomWindow: fc.Arbitrary<ResolvedWindow> = fc.oneof(
  fc.constant(RANDOM_SPAN),
  fc
    .tuple(inSpan, inSpan)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
);

export const randomQuestion: fc.Arbitrary<Question> = fc.record({
  window: randomWindow,
  filter: randomFilter,
  text: fc.constantFrom("", "", "", "api", "CORP", "n1", "10.20", HOSTILE[5] ?? ""),
});

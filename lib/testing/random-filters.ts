/** Random filters for law tests: values that can be built, many of which meet the flows of `random-flows.ts`, some of which are hostile. */
import fc from "fast-check";
import type { CriterionName, ValuesOf } from "#lib/filters/criterion.ts";
import { CRITERION_NAMES } from "#lib/filters/criterion-names.ts";
import type { Clause, Filter } from "#lib/filters/filter.ts";
import { TCP_FLAGS } from "#lib/flows/flow-detail.ts";
import { REASONS } from "#lib/flows/reason.ts";
import { HOSTILE } from "./hostile-texts.ts";

type Values = { readonly [N in CriterionName]: fc.Arbitrary<readonly ValuesOf<N>[number][]> };

const some = <T>(...values: readonly T[]): fc.Arbitrary<readonly T[]> =>
  fc.shuffledSubarray([...values], { minLength: 1, maxLength: Math.min(3, values.length) });

/** The usual values, and now and then a hostile one among them. */
const names = (...values: readonly string[]): fc.Arbitrary<readonly string[]> =>
  fc.oneof({ weight: 4, arbitrary: some(...values) }, { weight: 1, arbitrary: some(...values.slice(0, 2), ...HOSTILE) });

const addresses = some("10.244.1.1", "10.20.1.1", "10.0.0.0/8", "10.244.0.0/16", "2001:db8::1", "::/0", "fd00::/8", "217.160.0.92/30");
const ports = some("443", "53", "0443", "1", "0");
const pods = names("prod/", "/api", "prod/api-1", "/", "api", "db/", "shop/web");
const selectors = some(
  "app=api",
  "k8s:app in (api, web)",
  "!app",
  "version>11",
  "version<12,app",
  "plain",
  "app notin (web)",
  "k8s:tier!=data",
  "",
  "app=",
  "reserved:world",
  "world",
  "!reserved:world",
  "cidr:10.0.0.0/8",
  "cidr:10.20.0.0/14",
  "!cidr:10.20.1.0/24",
  "cidrgroup:io.cilium.policy.cidrgroupname/partners",
);
const identities = some(0, 2, 14_406, 16_777_218);
const clusters = names("west", "east");
const workloads = fc.oneof(
  some({ name: "api" }, { kind: "StatefulSet" }, {}, { name: "api", kind: "Deployment" }, { name: "pg" }),
  some(...HOSTILE.map((name) => ({ name }))),
);
const fqdns = some("*.example.com", "a_b.example.com", "API.example.com.", "*");
const regexes = some("evil", "^api", "[a-z]+\\.example", "/v\\d+/", "(?i)GET", "a{2,3}", "x|^$", "\\bword\\b", "", "\\/a\\.b");

/** One list per criterion; never empty. */
export const RANDOM_VALUES: Values = {
  pod: names("prod/api-1", "shop/web-1", "10.244.1.1"),
  workload: names("prod/api", "shop/web", "web", "10.244.1.2"),
  namespace: names("prod", "shop", ""),
  cluster: names("west", ""),
  group: names("corp-deny", "partners", "10.20.0.0/16", "*.example.com", "world", "db/pg", ""),
  cidr: names("10.20.0.0/16", "2001:db8::/32", ""),
  ip: names("10.20.1.1", "10.0.0.0/8", "2001:db8::/16", ""),
  name: names("api.example.com", "a_b.example.com", ""),
  port: some("443", "53", "", "8080"),
  protocol: some("TCP", "udp", "ICMPv4", "", "icmp", "dns", "http"),
  reason: some(...REASONS),
  policy: names("prod/deny-egress", ""),
  node: names("west/n1", "n3", ""),
  uuid: names("2c5936a5-8806-4c5a-ac6d-d41fe2ebf467", ""),
  source_ip: addresses,
  source_ip_xlated: addresses,
  source_pod: pods,
  source_fqdn: fqdns,
  source_label: selectors,
  source_service: pods,
  source_workload: workloads,
  source_cluster_name: clusters,
  destination_ip: addresses,
  destination_pod: pods,
  destination_fqdn: fqdns,
  destination_label: selectors,
  destination_service: pods,
  destination_workload: workloads,
  destination_cluster_name: clusters,
  traffic_direction: some("EGRESS", "INGRESS", "TRAFFIC_DIRECTION_UNKNOWN", "7"),
  verdict: some("DROPPED", "AUDIT", "FORWARDED", "VERDICT_UNKNOWN", "250"),
  drop_reason_desc: some("POLICY_DENY", "POLICY_DENIED", "DROP_REASON_UNKNOWN", "206"),
  interface: some({ name: "eth0" }, { index: 4 }, { index: 4, name: "lxc/1" }, {}),
  event_type: some<ValuesOf<"event_type">[number]>(
    { type: 129 },
    { type: 1 },
    { type: 5, match_sub_type: true },
    { type: 1, match_sub_type: true, sub_type: 133 },
    { type: 1, sub_type: 181 },
    {},
    { type: -1 },
  ),
  http_status_code: some("404", "4+", "50+"),
  source_port: ports,
  destination_port: ports,
  reply: some(true, false),
  dns_query: regexes,
  source_identity: identities,
  destination_identity: identities,
  http_method: names("GET", "post"),
  http_path: regexes,
  http_url: regexes,
  http_header: fc.oneof(
    some({ key: "accept", value: "a;b c" }, { key: "accept" }, { value: "x" }, {}),
    some(...HOSTILE.map((value) => ({ key: "x-y", value }))),
  ),
  tcp_flags: fc.array(fc.dictionary(fc.constantFrom(...TCP_FLAGS), fc.boolean(), { maxKeys: 3, noNullPrototype: true }), {
    minLength: 1,
    maxLength: 2,
  }),
  node_name: some("west/", "n3", "n*", "*/n1", "default/n3", "/"),
  node_labels: some("topology.kubernetes.io/zone=a", "!gpu", "any:zone in (a,b)", "disk"),
  ip_version: some("IPv4", "IPv6", "IP_NOT_USED"),
  trace_id: names("4bf92f3577b34da6a3ce929d0e0e4736", ""),
  ip_trace_id: some("0", "7", "18446744073709551615"),
  encrypted: some(true, false),
  cel_expression: some("_flow.verdict == Verdict.DROPPED", "size(_flow.destination.labels) > 1", "_flow.node_name == 'n1' || true"),
};

/** A clause of one to three of these criteria; now and then without any. */
export function randomClauseOf(criteria: readonly CriterionName[]): fc.Arbitrary<Clause> {
  return fc.shuffledSubarray([...criteria], { maxLength: 3 }).chain((picked) => {
    const lists = picked.map((name) => RANDOM_VALUES[name].map((values): Clause => ({ [name]: values })));
    return fc.tuple(...lists).map((clauses) => withL7(Object.assign({}, ...clauses)));
  });
}

/** Where HTTP is asked for, a list of event types has to name type 129. */
function withL7(clause: Clause): Clause {
  const asksHttp = clause.http_header ?? clause.http_method ?? clause.http_path ?? clause.http_status_code ?? clause.http_url;
  const types = clause.event_type;
  return asksHttp && types && !types.some(({ type }) => type === 129) ? { ...clause, event_type: [...types, { type: 129 }] } : clause;
}

/** Not previewed, but spelled like any other. */
const UNSEEN: readonly CriterionName[] = ["cel_expression"];
const SEEN = CRITERION_NAMES.filter((name) => !UNSEEN.includes(name));

export const randomClause = randomClauseOf(SEEN);

export function randomFilterOf(clause: fc.Arbitrary<Clause>): fc.Arbitrary<Filter> {
  return fc.record({
    include: fc.array(clause, { maxLength: 2 }),
    exclude: fc.array(
      clause.filter((one) => Object.keys(one).length > 0),
      { maxLength: 2 },
    ),
  });
}

export const randomFilter = randomFilterOf(randomClause);

/** What a table of Azure Data Explorer must offer for a filter to be asked of it, and what a predicate over it is made of. */

export type KqlType = "string" | "int" | "long" | "bool" | "dynamic";

/**
 * What can be known of a flow, and the type of the column that holds it. A text that is absent is empty, anything else that is absent is
 * null (ports and event types may also be -1). Enums are Cilium's names, or the number as text where the name is not known. Arrays hold
 * what the flow's JSON holds, in its order: label texts, DNS names, `{"name","kind"}`, `{"key","value"}`.
 */
export const KQL_FACTS = {
  uuid: "string",
  verdict: "string",
  drop_reason_desc: "string",
  event_type: "int",
  event_sub_type: "int",
  traffic_direction: "string",
  is_reply: "bool",
  /** IPv4, IPv6 or empty. */
  ip_version: "string",
  source_ip: "string",
  source_ip_xlated: "string",
  destination_ip: "string",
  encrypted: "bool",
  /** TCP, UDP, SCTP, ICMPv4, ICMPv6, VRRP, IGMP or empty. */
  protocol: "string",
  source_port: "int",
  destination_port: "int",
  /** `{"SYN":true}`; null where there is no TCP header. */
  tcp_flags: "dynamic",
  /** Whether the flow carries the message `source` at all, be it empty. */
  has_source: "bool",
  source_identity: "long",
  source_namespace: "string",
  source_pod_name: "string",
  source_cluster_name: "string",
  source_labels: "dynamic",
  source_workloads: "dynamic",
  source_names: "dynamic",
  source_service_namespace: "string",
  source_service_name: "string",
  has_destination: "bool",
  destination_identity: "long",
  destination_namespace: "string",
  destination_pod_name: "string",
  destination_cluster_name: "string",
  destination_labels: "dynamic",
  destination_workloads: "dynamic",
  destination_names: "dynamic",
  destination_service_namespace: "string",
  destination_service_name: "string",
  /** As the agent writes it, `cluster/node` or bare. */
  node_name: "string",
  node_labels: "dynamic",
  interface_index: "int",
  interface_name: "string",
  trace_id: "string",
  /** Decimal digits: the number has 64 bits. */
  ip_trace_id: "string",
  /** Which L7 record the flow carries: dns, http, kafka or empty. */
  l7_protocol: "string",
  dns_query: "string",
  http_method: "string",
  http_url: "string",
  http_code: "int",
  http_headers: "dynamic",
  /** Weir's own: the sender as namespace/pod (or its address), as namespace/workload, and its cluster. */
  pod: "string",
  workload: "string",
  cluster: "string",
  /** Weir's own: the reason word, the name of the first denying policy, every destination group, the policy CIDR. */
  reason: "string",
  policy: "string",
  groups: "dynamic",
  cidr: "string",
} as const satisfies Readonly<Record<string, KqlType>>;

export type KqlFact = keyof typeof KQL_FACTS;

/** The column of each fact that a table (or the projection over it) has. A filter that needs another one is refused. */
export type KqlColumns = { readonly [F in KqlFact]?: string };

/** A value never stands in the text of a query: it is declared, and sent beside it. */
export type KqlParameter =
  | { readonly name: string; readonly type: "string"; readonly value: string }
  | { readonly name: string; readonly type: "long"; readonly value: number }
  | { readonly name: string; readonly type: "dynamic"; readonly value: readonly (string | number)[] };

export interface KqlPredicate {
  /** A boolean expression over columns and parameters, never null: what follows `| where`. */
  readonly text: string;
  readonly parameters: readonly KqlParameter[];
}

/** `declare query_parameters(f0:string, f1:dynamic);`; empty where there is nothing to declare. */
export function declaredParameters(parameters: readonly KqlParameter[]): string {
  return parameters.length === 0 ? "" : `declare query_parameters(${parameters.map(({ name, type }) => `${name}:${type}`).join(", ")});`;
}

/** A parameter's value in the form in which a request carries it: texts as they are, anything else as a literal of its type. */
export function parameterText({ type, value }: KqlParameter): string {
  if (type === "string") return value;
  return type === "long" ? `long(${value})` : `dynamic(${JSON.stringify(value)})`;
}

/** The same parameters as `let` statements with literals, one a line: for a query that is pasted where nothing can send values beside it. */
export function kqlLets(parameters: readonly KqlParameter[]): string {
  return parameters.map((parameter) => `let ${parameter.name} = ${literalOf(parameter)};\n`).join("");
}

function literalOf(parameter: KqlParameter): string {
  if (parameter.type === "string") return textLiteral(parameter.value);
  if (parameter.type === "long") return `long(${parameter.value})`;
  return `dynamic([${parameter.value.map((one) => (typeof one === "number" ? String(one) : textLiteral(one))).join(", ")}])`;
}

/** JSON's escapes are KQL's as well; whatever is not a plain character of ASCII is written as its code. */
function textLiteral(text: string): string {
  return JSON.stringify(text).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

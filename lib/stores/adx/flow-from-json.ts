/** A flow's columns out of its JSON, in KQL: the same reading as lib/decode's, for lines as exporters write them. */
import { CIDR_GROUP_NAME_PREFIX, RESERVED_BY_IDENTITY } from "#lib/flows/destination.ts";
import { DROP_REASONS } from "#lib/flows/drop-reasons.ts";
import { type FlowColumn, isFlowColumn } from "./flow-columns.ts";

/** Assigned together; an expression reads what earlier steps assigned. */
type Step = Readonly<Record<string, string>>;

const named = DROP_REASONS.filter(({ code, name }) => code !== 0 && name !== "");

/** Constants that the steps look names up in. */
const DICTIONARIES: Readonly<Record<string, object>> = {
  DropCodes: Object.fromEntries(named.map(({ code, name }) => [name, code])),
  DropNames: Object.fromEntries(named.map(({ code, name }) => [String(code), name])),
  ReservedIdentities: Object.fromEntries([...RESERVED_BY_IDENTITY].map(([identity, name]) => [String(identity), name])),
  VerdictNames: {
    0: "VERDICT_UNKNOWN",
    1: "FORWARDED",
    2: "DROPPED",
    3: "ERROR",
    4: "AUDIT",
    5: "REDIRECTED",
    6: "TRACED",
    7: "TRANSLATED",
  },
};

/** `let` statements for the dictionaries that this text looks into: they stand before it. */
export function dictionariesOf(text: string): string {
  return Object.entries(DICTIONARIES)
    .filter(([name]) => text.includes(`${name}[`))
    .map(([name, entries]) => `let ${name} = dynamic(${JSON.stringify(entries)});\n`)
    .join("");
}

const PROTOCOLS = ["TCP", "UDP", "SCTP", "ICMPv4", "ICMPv6", "VRRP", "IGMP"];
/** Policies of one flow whose names a search looks at. */
const SEARCHED_POLICIES = [0, 1, 2, 3];

/** What follows a label prefix, as an array; labels hold no quote and no backslash. `until` = further characters that end it. */
const labelled = (prefix: string, until = ""): string =>
  `coalesce(extract_all(@'[\\[,]"${prefix.replaceAll(".", "\\.")}([^"\\\\${until}]*)', DestinationLabelText), dynamic([]))`;

const sortedSet = (array: string): string => `array_sort_asc(set_union(${array}, dynamic([])))`;

/** Every text of an array through the same replacements: no element holds a line break. */
function onEach(array: string, ...replacements: readonly (readonly [pattern: string, by: string])[]): string {
  const joined = `strcat_array(${array}, "\\n")`;
  const replaced = replacements.reduce((text, [pattern, by]) => `replace_regex(${text}, @'${pattern}', @'${by}')`, joined);
  return `iff(array_length(${array}) == 0, dynamic([]), split(${replaced}, "\\n"))`;
}

const numberText = (column: string): string => `${column} matches regex @'^-?[0-9]+$'`;
const policyAt = (index: number): string =>
  `strcat(iff(isempty(tostring(DeniedBy[${index}].namespace)), "", strcat(tostring(DeniedBy[${index}].namespace), "/")), ` +
  `coalesce(tostring(DeniedBy[${index}].name), extract(@'"k8s:io\\.cilium\\.k8s\\.policy\\.name=([^"\\\\]*)"', 1, tostring(DeniedBy[${index}].labels))))`;
const orNone = (text: string): string => `coalesce(${text}, dynamic([]))`;

const STEPS: readonly Step[] = [
  {
    // nine fraction digits are written, a datetime holds seven
    FlowTime: `extract(@'^([0-9T:-]+(?:\\.[0-9]{1,7})?)', 1, coalesce(tostring(Flow["time"]), tostring(Root["time"])))`,
    L4: "Flow.l4",
    EventType: "toint(coalesce(tolong(Flow.event_type.type), long(0)))",
    EventSubType: "toint(coalesce(tolong(Flow.event_type.sub_type), long(0)))",
    IsMasked: "isnull(Flow.Type)",
    DropText: "tostring(Flow.drop_reason_desc)",
    DirectionText: "tostring(Flow.traffic_direction)",
    VerdictText: "tostring(Flow.verdict)",
    Uuid: "tostring(Flow.uuid)",
    IsReply: "tobool(Flow.is_reply)",
    IpText: "tostring(Flow.IP.ipVersion)",
    SourceIp: "tostring(Flow.IP.source)",
    SourceIpXlated: "tostring(Flow.IP.source_xlated)",
    DestinationIp: "tostring(Flow.IP.destination)",
    Encrypted: "coalesce(tobool(Flow.IP.encrypted), false)",
    HasSource: `gettype(Flow.source) == "dictionary"`,
    SourceIdentity: "coalesce(tolong(Flow.source.identity), long(0))",
    SourceNamespace: "tostring(Flow.source.namespace)",
    SourcePod: "tostring(Flow.source.pod_name)",
    SourceCluster: "tostring(Flow.source.cluster_name)",
    SourceLabels: orNone("Flow.source.labels"),
    SourceWorkloads: orNone("Flow.source.workloads"),
    SourceNames: orNone("Flow.source_names"),
    SourceServiceNamespace: "tostring(Flow.source_service.namespace)",
    SourceServiceName: "tostring(Flow.source_service.name)",
    HasDestination: `gettype(Flow.destination) == "dictionary"`,
    DestinationIdentity: "coalesce(tolong(Flow.destination.identity), long(0))",
    DestinationNamespace: "tostring(Flow.destination.namespace)",
    DestinationPod: "tostring(Flow.destination.pod_name)",
    DestinationCluster: "tostring(Flow.destination.cluster_name)",
    DestinationLabels: orNone("Flow.destination.labels"),
    DestinationWorkloads: orNone("Flow.destination.workloads"),
    DestinationNames: orNone("Flow.destination_names"),
    DestinationServiceNamespace: "tostring(Flow.destination_service.namespace)",
    DestinationServiceName: "tostring(Flow.destination_service.name)",
    Node: "coalesce(tostring(Flow.node_name), tostring(Root.node_name))",
    NodeLabels: orNone("Flow.node_labels"),
    InterfaceIndex: "toint(Flow.interface.index)",
    InterfaceName: "tostring(Flow.interface.name)",
    TraceId: "tostring(Flow.trace_context.parent.trace_id)",
    IpTraceId: "tostring(Flow.ip_trace_id.trace_id)",
    L7Protocol: 'case(isnotnull(Flow.l7.dns), "dns", isnotnull(Flow.l7.http), "http", isnotnull(Flow.l7.kafka), "kafka", "")',
    DnsQuery: "tostring(Flow.l7.dns.query)",
    HttpMethod: "tostring(Flow.l7.http.method)",
    HttpUrl: "tostring(Flow.l7.http.url)",
    HttpCode: "toint(Flow.l7.http.code)",
    HttpHeaders: orNone("Flow.l7.http.headers"),
    DeniedBy: `array_concat(${orNone("Flow.egress_denied_by")}, ${orNone("Flow.ingress_denied_by")})`,
    PolicyLog: orNone("Flow.policy_log"),
    EgressCount: "coalesce(tolong(Flow.aggregate.egress_flow_count), long(0))",
    IngressCount: "coalesce(tolong(Flow.aggregate.ingress_flow_count), long(0))",
    UnknownCount: "coalesce(tolong(Flow.aggregate.unknown_direction_flow_count), long(0))",
  },
  {
    Timestamp: `coalesce(todatetime(strcat(FlowTime, "Z")), TableTime)`,
    Id: `iff(isempty(Uuid), strcat("~", substring(hash_sha256(tostring(Flow)), 0, 16)), Uuid)`,
    Protocol: `case(${PROTOCOLS.map((name) => `isnotnull(L4.${name}), "${name}"`).join(", ")}, "")`,
    EventType: "iff(EventType == 0, int(-1), EventType)",
    Direction:
      'case(DirectionText in ("EGRESS", "2"), "EGRESS", DirectionText in ("INGRESS", "1"), "INGRESS", DirectionText in ("0", "TRAFFIC_DIRECTION_UNKNOWN"), "", DirectionText)',
    IpVersion: 'case(IpText == "1", "IPv4", IpText == "2", "IPv6", IpText in ("0", "IP_NOT_USED"), "", IpText)',
    DropWritten: `case(DropText in ("DROP_REASON_UNKNOWN", "0"), "", ${numberText("DropText")}, coalesce(tostring(DropNames[DropText]), DropText), DropText)`,
    DropNumber: "coalesce(tolong(Flow.drop_reason), long(0))",
    DestinationLabelText: "tostring(DestinationLabels)",
    Cluster: 'coalesce(SourceCluster, iff(Node contains "/", tostring(split(Node, "/")[0]), ""))',
    Pod: 'case(isempty(SourcePod), SourceIp, isempty(SourceNamespace), SourcePod, strcat(SourceNamespace, "/", SourcePod))',
    SourceWorkload: "tostring(SourceWorkloads[0].name)",
    DestinationWorkload: "iff(array_length(DestinationWorkloads) == 0, DestinationPod, tostring(DestinationWorkloads[0].name))",
    Policy: policyAt(0),
    PolicyNames: `strcat(${SEARCHED_POLICIES.map(policyAt).join(', "\\n", ')})`,
    TcpFlags: `L4.TCP["flags"]`,
  },
  {
    SourcePort: "toint(coalesce(tolong(L4[Protocol].source_port), long(0)))",
    DestinationPort: "toint(coalesce(tolong(L4[Protocol].destination_port), long(0)))",
    DropReason: `case(DropNumber != 0, DropNumber, isnotnull(DropCodes[DropWritten]), tolong(DropCodes[DropWritten]), ${numberText("DropWritten")}, tolong(DropWritten), EventType == 1 and EventSubType > 0, tolong(EventSubType), long(0))`,
    Workload: 'case(isempty(SourceWorkload), Pod, isempty(SourceNamespace), SourceWorkload, strcat(SourceNamespace, "/", SourceWorkload))',
    CidrGroups: sortedSet(labelled(CIDR_GROUP_NAME_PREFIX, "=")),
    // labels write IPv6 with dashes, and pad an empty end with 0
    Cidrs: sortedSet(onEach(labelled("cidr:", "="), ["-", ":"], ["::0(/|\\n|$)", "::\\1"], ["(^|\\n)0::", "\\1::"])),
    Fqdns: sortedSet(labelled("fqdn:")),
    Workloads:
      'case(isempty(DestinationWorkload), dynamic([]), isempty(DestinationNamespace), pack_array(DestinationWorkload), pack_array(strcat(DestinationNamespace, "/", DestinationWorkload)))',
    ReservedLabels: labelled("reserved:"),
    Packets:
      'case(Direction == "EGRESS" and EgressCount > 0, EgressCount, Direction == "INGRESS" and IngressCount > 0, IngressCount, Direction == "" and UnknownCount > 0, UnknownCount, EgressCount + IngressCount + UnknownCount > 0, EgressCount + IngressCount + UnknownCount, long(1))',
  },
  {
    SourcePort: "iff(SourcePort == 0, int(-1), SourcePort)",
    DestinationPort: "iff(DestinationPort == 0, int(-1), DestinationPort)",
    Cidr: "tostring(Cidrs[0])",
    DropReasonName: `iff(isempty(DropWritten) and IsMasked and DropReason != 0, coalesce(tostring(DropNames[tostring(DropReason)]), tostring(DropReason)), DropWritten)`,
    Verdict: `coalesce(tostring(VerdictNames[VerdictText]), VerdictText, iff(IsMasked and (EventType == 1 or DropReason != 0), "DROPPED", "VERDICT_UNKNOWN"))`,
    // world and host last: what stands beside them says more
    Reserved: `iff(array_length(ReservedLabels) == 0, iff(isempty(tostring(ReservedIdentities[tostring(DestinationIdentity)])), dynamic([]), pack_array(tostring(ReservedIdentities[tostring(DestinationIdentity)]))), ${onEach("ReservedLabels", ["(^|\\n)world", "\\1~~world"], ["(^|\\n)host(\\n|$)", "\\1~host\\2"])})`,
  },
  {
    Attempt: "tostring(pack_array(Protocol, SourceIp, SourcePort, DestinationIp, DestinationPort))",
    Reason: `case(Verdict == "AUDIT", "audit", Verdict != "DROPPED" and not((Verdict in ("", "VERDICT_UNKNOWN") or ${numberText("Verdict")}) and (DropReason != 0 or EventType == 1)), "none", EventType == 129, "l7", DropReason == 181, "deny", DropReason == 133, "default", DropReason == 189, "auth", "other")`,
    ReservedNames: onEach(sortedSet("Reserved"), ["(^|\\n)~+", "\\1"]),
  },
  {
    Groups: "array_concat(CidrGroups, Cidrs, Fqdns, Workloads, ReservedNames)",
    GroupKind:
      'case(array_length(CidrGroups) > 0, "cidrgroup", array_length(Cidrs) > 0, "cidr", array_length(Fqdns) > 0, "fqdn", array_length(Workloads) > 0, "workload", array_length(ReservedNames) > 0, "reserved", "none")',
  },
];

/**
 * Operators that read `TableTime`, `Line`, `Root` and `Flow`, and leave these columns in this order. Steps nobody needs are left out; `instead`
 * has expressions that take the place of the usual ones.
 */
export function flowFromJson(columns: readonly FlowColumn[], instead: Readonly<Record<string, string>> = {}): string {
  const needed = new Set<string>(columns);
  const kept: string[] = [];
  for (const usual of STEPS.toReversed()) {
    const step = Object.entries(usual).map(([name, expression]) => [name, instead[name] ?? expression] as const);
    const assigned = step.filter(([name]) => needed.has(name));
    for (const [, expression] of assigned) for (const word of expression.match(/\b[A-Z]\w*/g) ?? []) needed.add(word);
    if (assigned.length > 0) kept.unshift(`| extend ${assigned.map(([name, expression]) => `${name} = ${expression}`).join(",\n    ")}`);
  }
  return [...kept, `| project ${columns.filter(isFlowColumn).join(", ")}`].join("\n");
}

/** The flags of `hubble observe` that say one criterion exactly (hubble 1.17; a flag that came later is for a criterion that came with it). */
import { TCP_FLAGS } from "#lib/flows/flow-detail.ts";
import type { CriterionName, ValuesOf } from "./criterion.ts";
import { criteriaOf } from "./edit-filter.ts";
import type { CiliumClause, EventTypeValue, InterfaceValue, TcpFlagsValue, WorkloadValue } from "./filter.ts";

/** A flag and its value, or a flag alone. */
export type HubbleFlag = readonly [flag: string, value?: string];

type Flagged<V> = (value: V) => HubbleFlag | undefined;
type CiliumName = keyof CiliumClause;
type FlagTable = { readonly [N in CiliumName]: Flagged<ValuesOf<N>[number]> };

/** A comma may separate values for a flag, and a leading dash may begin another one. */
const text =
  (flag: string): Flagged<string> =>
  (value) =>
    /^[\x20-\x2b\x2d-\x7e]+$/.test(value) && !value.startsWith("-") ? [flag, value] : undefined;

const enumName =
  (flag: string): Flagged<string> =>
  (value) =>
    /^[A-Z][A-Z0-9_]*$/.test(value) && !value.includes("UNKNOWN") ? [flag, value] : undefined;

const identity =
  (flag: string): Flagged<number> =>
  (value) => [flag, String(value)];

/** No flag, or none whose reading of values is known well enough to be called exact. */
const none = (): undefined => undefined;

/** `--reply`, `--http-header` and `--ip-version` exist; how they read values differs between releases. */
const FLAGS: FlagTable = {
  uuid: text("--uuid"),
  source_ip: text("--from-ip"),
  source_ip_xlated: text("--snat-ip"),
  source_pod: text("--from-pod"),
  source_fqdn: text("--from-fqdn"),
  source_label: text("--from-label"),
  source_service: text("--from-service"),
  source_workload: workload("--from-workload"),
  source_cluster_name: text("--from-cluster"),
  source_identity: identity("--from-identity"),
  source_port: text("--from-port"),
  destination_ip: text("--to-ip"),
  destination_pod: text("--to-pod"),
  destination_fqdn: text("--to-fqdn"),
  destination_label: text("--to-label"),
  destination_service: text("--to-service"),
  destination_workload: workload("--to-workload"),
  destination_cluster_name: text("--to-cluster"),
  destination_identity: identity("--to-identity"),
  destination_port: text("--to-port"),
  traffic_direction: (value) => (value === "EGRESS" || value === "INGRESS" ? ["--traffic-direction", value.toLowerCase()] : undefined),
  verdict: enumName("--verdict"),
  drop_reason_desc: enumName("--drop-reason-desc"),
  interface: networkInterface,
  event_type: eventType,
  http_status_code: text("--http-status"),
  protocol: text("--protocol"),
  reply: none,
  dns_query: none,
  http_method: text("--http-method"),
  http_path: text("--http-path"),
  http_url: text("--http-url"),
  http_header: none,
  tcp_flags: tcpFlags,
  node_name: text("--node-name"),
  node_labels: text("--node-label"),
  ip_version: (value) => (value === "IPv4" ? ["--ipv4"] : value === "IPv6" ? ["--ipv6"] : undefined),
  trace_id: text("--trace-id"),
  ip_trace_id: text("--ip-trace-id"),
  encrypted: (value) => [value ? "--encrypted" : "--unencrypted"],
  cel_expression: text("--cel-expression"),
};

/** Undefined where a value has no exact flag; the whole clause then goes as JSON, because the CLI ORs the two. */
export function flagsOf(clause: CiliumClause): readonly HubbleFlag[] | undefined {
  const flags: HubbleFlag[] = [];
  for (const name of criteriaOf(clause)) {
    const own = isCilium(name) ? flagsOfCriterion(clause, name) : undefined;
    if (own === undefined) return undefined;
    flags.push(...own);
  }
  return flags;
}

function flagsOfCriterion<N extends CiliumName>(clause: CiliumClause, name: N): readonly HubbleFlag[] | undefined {
  const values: readonly ValuesOf<N>[number][] = clause[name] ?? [];
  const flagged: Flagged<ValuesOf<N>[number]> = FLAGS[name];
  const flags = values.map(flagged);
  const known = flags.filter((flag) => flag !== undefined);
  return known.length === flags.length ? known : undefined;
}

function isCilium(name: CriterionName): name is CiliumName {
  return Object.hasOwn(FLAGS, name);
}

function eventType({ type, match_sub_type = false, sub_type = 0 }: EventTypeValue): HubbleFlag | undefined {
  if (type === 1) return ["--type", match_sub_type ? `drop:${sub_type}` : "drop"];
  if (match_sub_type) return undefined;
  return type === 5 ? ["--type", "policy-verdict"] : type === 129 ? ["--type", "l7"] : undefined;
}

function workload(flag: string): Flagged<WorkloadValue> {
  return ({ name = "", kind = "" }) => {
    if (!/^[a-z0-9.][-a-z0-9.]*$/.test(name)) return undefined;
    if (kind === "") return [flag, name];
    return /^[A-Za-z]+$/.test(kind) ? [flag, `${kind}/${name}`] : undefined;
  };
}

function networkInterface({ index = 0, name = "" }: InterfaceValue): HubbleFlag | undefined {
  return index === 0 && /^[A-Za-z0-9][-A-Za-z0-9_.]*$/.test(name) ? ["--interface", name] : undefined;
}

/** All flags of one value stand in one flag. */
function tcpFlags(value: TcpFlagsValue): HubbleFlag | undefined {
  const set = TCP_FLAGS.filter((flag) => value[flag] === true);
  return set.length === 0 ? undefined : ["--tcp-flags", set.join(",").toLowerCase()];
}

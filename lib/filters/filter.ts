/**
 * Filter = { include, exclude }: Cilium's own algebra. Values in one criterion are OR-ed, criteria in one clause AND-ed,
 * clauses in a list OR-ed; shown = (no include, or any include matches) and no exclude matches.
 */
import type { Dimension } from "#lib/flows/dimension.ts";
import type { TcpFlag } from "#lib/flows/flow-detail.ts";

export interface EventTypeValue {
  readonly type?: number;
  readonly match_sub_type?: boolean;
  readonly sub_type?: number;
}
export interface WorkloadValue {
  readonly name?: string;
  readonly kind?: string;
}
export interface InterfaceValue {
  readonly index?: number;
  readonly name?: string;
}
export interface HttpHeaderValue {
  readonly key?: string;
  readonly value?: string;
}
export type TcpFlagsValue = { readonly [F in TcpFlag]?: boolean };

/**
 * Criteria of Cilium's FlowFilter up to 1.19, in its own names, order and meaning (prefix rule for pods, CIDR for IPs, selectors for
 * labels). `cel_expression` stands inside `experimental` where an agent reads it. Enums are names, or numbers as text.
 */
export interface CiliumClause {
  readonly uuid?: readonly string[];
  readonly source_ip?: readonly string[];
  readonly source_ip_xlated?: readonly string[];
  readonly source_pod?: readonly string[];
  readonly source_fqdn?: readonly string[];
  readonly source_label?: readonly string[];
  readonly source_service?: readonly string[];
  readonly source_workload?: readonly WorkloadValue[];
  readonly source_cluster_name?: readonly string[];
  readonly source_identity?: readonly number[];
  readonly source_port?: readonly string[];
  readonly destination_ip?: readonly string[];
  readonly destination_pod?: readonly string[];
  readonly destination_fqdn?: readonly string[];
  readonly destination_label?: readonly string[];
  readonly destination_service?: readonly string[];
  readonly destination_workload?: readonly WorkloadValue[];
  readonly destination_cluster_name?: readonly string[];
  readonly destination_identity?: readonly number[];
  readonly destination_port?: readonly string[];
  readonly traffic_direction?: readonly string[];
  readonly verdict?: readonly string[];
  readonly drop_reason_desc?: readonly string[];
  readonly interface?: readonly InterfaceValue[];
  readonly event_type?: readonly EventTypeValue[];
  readonly http_status_code?: readonly string[];
  readonly protocol?: readonly string[];
  readonly reply?: readonly boolean[];
  readonly dns_query?: readonly string[];
  readonly http_method?: readonly string[];
  readonly http_path?: readonly string[];
  readonly http_url?: readonly string[];
  readonly http_header?: readonly HttpHeaderValue[];
  readonly tcp_flags?: readonly TcpFlagsValue[];
  readonly node_name?: readonly string[];
  readonly node_labels?: readonly string[];
  readonly ip_version?: readonly string[];
  readonly trace_id?: readonly string[];
  /** 64-bit numbers as decimal text. */
  readonly ip_trace_id?: readonly string[];
  readonly encrypted?: readonly boolean[];
  readonly cel_expression?: readonly string[];
}

/** Weir's own criteria: equality with the value of a grouping dimension, so a click on a row means exactly that row. */
export type DimensionClause = { readonly [D in Dimension]?: readonly string[] };

export type Clause = CiliumClause & DimensionClause;

export interface Filter {
  readonly include: readonly Clause[];
  readonly exclude: readonly Clause[];
}

export const EVERYTHING: Filter = { include: [], exclude: [] };

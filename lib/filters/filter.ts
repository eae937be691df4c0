/**
 * Filter = { include, exclude }: Cilium's own algebra. Values in one criterion are OR-ed, criteria in one clause AND-ed,
 * clauses in a list OR-ed; shown = (no include, or any include matches) and no exclude matches.
 */
import type { Dimension } from "#lib/flows/dimension.ts";

export interface EventTypeValue {
  readonly type?: number;
  readonly match_sub_type?: boolean;
  readonly sub_type?: number;
}
export interface WorkloadValue {
  readonly name?: string;
  readonly kind?: string;
}

/** Criteria of Cilium's FlowFilter, in its own names and meaning (prefix rule for pods, CIDR for IPs, selectors for labels). */
export interface CiliumClause {
  readonly uuid?: readonly string[];
  readonly source_ip?: readonly string[];
  readonly source_pod?: readonly string[];
  readonly source_label?: readonly string[];
  readonly source_workload?: readonly WorkloadValue[];
  readonly source_cluster_name?: readonly string[];
  readonly source_identity?: readonly number[];
  readonly source_port?: readonly string[];
  readonly destination_ip?: readonly string[];
  readonly destination_pod?: readonly string[];
  readonly destination_fqdn?: readonly string[];
  readonly destination_label?: readonly string[];
  readonly destination_workload?: readonly WorkloadValue[];
  readonly destination_cluster_name?: readonly string[];
  readonly destination_identity?: readonly number[];
  readonly destination_port?: readonly string[];
  readonly traffic_direction?: readonly string[];
  readonly verdict?: readonly string[];
  readonly drop_reason_desc?: readonly string[];
  readonly event_type?: readonly EventTypeValue[];
  readonly protocol?: readonly string[];
  readonly node_name?: readonly string[];
  readonly ip_version?: readonly string[];
}

/** Weir's own criteria: equality with the value of a grouping dimension, so a click on a row means exactly that row. */
export type DimensionClause = { readonly [D in Dimension]?: readonly string[] };

export type Clause = CiliumClause & DimensionClause;

export interface Filter {
  readonly include: readonly Clause[];
  readonly exclude: readonly Clause[];
}

export const EVERYTHING: Filter = { include: [], exclude: [] };

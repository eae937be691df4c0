/** What a person tells Weir about their Azure Data Explorer: where it is, how to sign in, and what the table looks like. */

import type { TableMapping } from "./table-mapping.ts";

export const SIGN_INS = ["workload", "managed", "azcli", "secret", "none"] as const;
export type SignInKind = (typeof SIGN_INS)[number];

/** Those that hold every flow whole, or its line. */
export const FLOW_SHAPES = ["typed", "container-logs", "fluent-bit", "container-log-v2"] as const;
export type FlowShape = (typeof FLOW_SHAPES)[number];
/** And those that hold parts of flows, or sums over them. */
export const TABLE_SHAPES = [...FLOW_SHAPES, "container-network-logs", "custom"] as const;
export type TableShape = (typeof TABLE_SHAPES)[number];

export interface AdxSettings {
  /** `https://name.region.kusto.windows.net`, or the query URI of a Fabric eventhouse. */
  readonly cluster: string;
  readonly database: string;
  readonly signIn: SignInKind;
  /** For a managed identity of one's own, a workload identity or a service principal; empty = what the environment says. */
  readonly clientId: string;
  readonly tenantId: string;
  /** A file with the service principal's secret; empty = none. */
  readonly secretFile: string;
  readonly shape: TableShape;
  /** What a person says of a custom table; undefined for every other shape. */
  readonly mapping?: TableMapping | undefined;
  /** Empty = the usual name of the shape. */
  readonly table: string;
  /** How far back Weir looks at all: "first seen" means first seen within these days. */
  readonly days: number;
  /** Per question. */
  readonly timeoutMs: number;
  /** Questions at the cluster at the same time. */
  readonly concurrency: number;
  /** How long an answer may be given again. */
  readonly cacheSeconds: number;
  /** Hosts beyond Microsoft's own that may be sent a token (a private name of the cluster). */
  readonly trustedHosts: readonly string[];
}

/** Never holds anything secret. */
export function adxName({ cluster, database }: Pick<AdxSettings, "cluster" | "database">): string {
  return `Azure Data Explorer, ${new URL(cluster).host}/${database}`;
}

/** The enums that filters name, number to name. */
import { DROP_REASONS } from "#lib/flows/drop-reasons.ts";

export const VERDICT_NAMES: ReadonlyMap<number, string> = new Map([
  [0, "VERDICT_UNKNOWN"],
  [1, "FORWARDED"],
  [2, "DROPPED"],
  [3, "ERROR"],
  [4, "AUDIT"],
  [5, "REDIRECTED"],
  [6, "TRACED"],
  [7, "TRANSLATED"],
]);

export const DIRECTION_NAMES: ReadonlyMap<number, string> = new Map([
  [0, "TRAFFIC_DIRECTION_UNKNOWN"],
  [1, "INGRESS"],
  [2, "EGRESS"],
]);

export const IP_VERSION_NAMES: ReadonlyMap<number, string> = new Map([
  [0, "IP_NOT_USED"],
  [1, "IPv4"],
  [2, "IPv6"],
]);

export const DROP_REASON_NAMES: ReadonlyMap<number, string> = new Map([
  [0, "DROP_REASON_UNKNOWN"],
  ...DROP_REASONS.filter(({ name }) => name !== "").map(({ code, name }): [number, string] => [code, name]),
]);

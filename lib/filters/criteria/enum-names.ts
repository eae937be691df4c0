/** The enums that filters name, number to name. */
import { DROP_REASONS } from "#lib/flows/drop-reasons.ts";
import type { CiliumVersion } from "../criterion.ts";

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

/** Names that older agents do not know; as numbers they take them (204 came with 1.16.6, 205 with 1.18, 207 with 1.20). */
export const SINCE_OF_DROP_REASON: ReadonlyMap<string, CiliumVersion> = new Map([
  ["DROP_NO_EGRESS_IP", "1.16"],
  ["DROP_PUNT_PROXY", "1.18"],
  ["DROP_FRAG_NOT_FOUND_WORLD", "1.20"],
]);

export const OLD_DROP_REASON_NAMES: ReadonlyMap<number, string> = new Map(
  [...DROP_REASON_NAMES].filter(([, name]) => !SINCE_OF_DROP_REASON.has(name)),
);

/** An enum value in a filter is a name or, as text, a number: the name wherever the number has one. */
export function nameOfNumber(value: string, names: ReadonlyMap<number, string>): string {
  return /^-?\d{1,10}$/.test(value) ? (names.get(Number(value)) ?? value) : value;
}

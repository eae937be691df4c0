/** Every criterion of a clause: its parameter name, what its values are, and which values can be read. */
import type { Clause, EventTypeValue, WorkloadValue } from "#lib/filters/filter.ts";
import { parsePrefix } from "#lib/filters/ip-address.ts";
import { REASONS } from "#lib/flows/reason.ts";

type KeysOf<Value> = { [K in keyof Clause]-?: NonNullable<Clause[K]> extends readonly Value[] ? K : never }[keyof Clause];
export type TextKey = KeysOf<string>;
export type NumberKey = KeysOf<number>;
export type WorkloadKey = Exclude<KeysOf<WorkloadValue>, TextKey | NumberKey>;
export type EventKey = Exclude<KeysOf<EventTypeValue>, TextKey | NumberKey | WorkloadKey>;

/** Why a value cannot be read; undefined = it can. */
export type Check = (value: string) => string | undefined;

export type Criterion =
  | { readonly kind: "text"; readonly key: TextKey; readonly name: string; readonly check?: Check }
  | { readonly kind: "number"; readonly key: NumberKey; readonly name: string }
  | { readonly kind: "workload"; readonly key: WorkloadKey; readonly name: string }
  | { readonly kind: "event"; readonly key: EventKey; readonly name: string };

/** In the order in which parameters are written. */
export const CRITERIA = [
  { kind: "text", key: "pod", name: "pod" },
  { kind: "text", key: "workload", name: "workload" },
  { kind: "text", key: "namespace", name: "ns" },
  { kind: "text", key: "cluster", name: "cluster" },
  { kind: "text", key: "group", name: "group" },
  { kind: "text", key: "cidr", name: "cidr" },
  { kind: "text", key: "ip", name: "ip", check: addressTrouble },
  { kind: "text", key: "name", name: "name" },
  { kind: "text", key: "port", name: "port", check: portTrouble },
  { kind: "text", key: "protocol", name: "protocol" },
  { kind: "text", key: "reason", name: "reason", check: reasonTrouble },
  { kind: "text", key: "policy", name: "policy" },
  { kind: "text", key: "node", name: "node" },
  { kind: "text", key: "uuid", name: "uuid" },
  { kind: "text", key: "source_ip", name: "source_ip", check: addressTrouble },
  { kind: "text", key: "source_pod", name: "source_pod" },
  { kind: "text", key: "source_label", name: "source_label" },
  { kind: "workload", key: "source_workload", name: "source_workload" },
  { kind: "text", key: "source_cluster_name", name: "source_cluster_name" },
  { kind: "number", key: "source_identity", name: "source_identity" },
  { kind: "text", key: "source_port", name: "source_port", check: portTrouble },
  { kind: "text", key: "destination_ip", name: "destination_ip", check: addressTrouble },
  { kind: "text", key: "destination_pod", name: "destination_pod" },
  { kind: "text", key: "destination_fqdn", name: "destination_fqdn" },
  { kind: "text", key: "destination_label", name: "destination_label" },
  { kind: "workload", key: "destination_workload", name: "destination_workload" },
  { kind: "text", key: "destination_cluster_name", name: "destination_cluster_name" },
  { kind: "number", key: "destination_identity", name: "destination_identity" },
  { kind: "text", key: "destination_port", name: "destination_port", check: portTrouble },
  { kind: "text", key: "traffic_direction", name: "traffic_direction" },
  { kind: "text", key: "verdict", name: "verdict" },
  { kind: "text", key: "drop_reason_desc", name: "drop_reason_desc" },
  { kind: "event", key: "event_type", name: "event_type" },
  { kind: "text", key: "node_name", name: "node_name" },
  { kind: "text", key: "ip_version", name: "ip_version" },
] as const satisfies readonly Criterion[];

export type CriterionKey = (typeof CRITERIA)[number]["key"];

/** Fails to compile when a clause has a criterion that no parameter spells. */
type Unspelled = Exclude<keyof Clause, CriterionKey>;
const everyCriterionIsSpelled: [Unspelled] extends [never] ? true : Unspelled = true;

/** Other spellings that are read, never written. */
export const ALIASES: ReadonlyMap<string, string> = new Map([
  ["namespace", "ns"],
  ["proto", "protocol"],
]);

const byName: ReadonlyMap<string, Criterion> = new Map(
  everyCriterionIsSpelled ? CRITERIA.map((criterion) => [criterion.name, criterion]) : [],
);
const byKey: ReadonlyMap<string, Criterion> = new Map(CRITERIA.map((criterion) => [criterion.key, criterion]));

export function criterionNamed(name: string): Criterion | undefined {
  return byName.get(ALIASES.get(name) ?? name);
}

export function criterionOf(key: string): Criterion | undefined {
  return byKey.get(key);
}

function portTrouble(value: string): string | undefined {
  if (value === "") return undefined;
  return /^(?:0|[1-9]\d{0,4})$/.test(value) && Number(value) <= 65535 ? undefined : "A port is a number from 0 to 65535.";
}

function reasonTrouble(value: string): string | undefined {
  return value === "" || REASONS.some((reason) => reason === value) ? undefined : `A reason is one of ${REASONS.join(", ")}.`;
}

/** Text that is no address is let through: a log may hold it, and then it equals itself. A wrong prefix would match nothing by mistake. */
function addressTrouble(value: string): string | undefined {
  if (!value.includes("/")) return undefined;
  return parsePrefix(value) === undefined ? "This is no address range such as 10.0.0.0/8 or 2001:db8::/32." : undefined;
}

/** Every criterion of a clause: its parameter name, how its values are written, and which values can be read. */
import type { CriterionName, ValuesOf } from "#lib/filters/criterion.ts";
import { isCriterion } from "#lib/filters/criterion-names.ts";
import { parsePrefix } from "#lib/filters/ip-address.ts";
import { REASONS } from "#lib/flows/reason.ts";
import {
  booleanCodec,
  enumCodec,
  eventCodec,
  flagsCodec,
  headerCodec,
  interfaceCodec,
  numberCodec,
  textCodec,
  type ValueCodec,
  workloadCodec,
} from "./value-codec.ts";

export interface Spelling<V> {
  readonly codec: ValueCodec<V>;
  /** Where it is not the criterion's own. */
  readonly name?: string;
  /** Why a value that can be read means nothing; undefined = it does. */
  readonly check?: (value: V) => string | undefined;
}

type Spellings = { readonly [N in CriterionName]: Spelling<ValuesOf<N>[number]> };

const text: Spelling<string> = { codec: textCodec };
const enumeration: Spelling<string> = { codec: enumCodec };
const number: Spelling<number> = { codec: numberCodec };
const boolean: Spelling<boolean> = { codec: booleanCodec };
const address: Spelling<string> = { codec: textCodec, check: addressTrouble };
const port: Spelling<string> = { codec: textCodec, check: portTrouble };

/** In the order in which parameters are written. */
export const SPELLINGS: Spellings = {
  pod: text,
  workload: text,
  namespace: { ...text, name: "ns" },
  cluster: text,
  group: text,
  cidr: text,
  ip: address,
  name: text,
  port,
  protocol: text,
  reason: { codec: textCodec, check: reasonTrouble },
  policy: text,
  node: text,
  uuid: text,
  source_ip: address,
  source_ip_xlated: address,
  source_pod: text,
  source_fqdn: text,
  source_label: text,
  source_service: text,
  source_workload: { codec: workloadCodec },
  source_cluster_name: text,
  source_identity: number,
  source_port: port,
  destination_ip: address,
  destination_pod: text,
  destination_fqdn: text,
  destination_label: text,
  destination_service: text,
  destination_workload: { codec: workloadCodec },
  destination_cluster_name: text,
  destination_identity: number,
  destination_port: port,
  traffic_direction: enumeration,
  verdict: enumeration,
  drop_reason_desc: enumeration,
  event_type: { codec: eventCodec },
  node_name: text,
  node_labels: text,
  ip_version: enumeration,
  interface: { codec: interfaceCodec },
  reply: boolean,
  tcp_flags: { codec: flagsCodec },
  dns_query: text,
  http_method: text,
  http_path: text,
  http_url: text,
  http_header: { codec: headerCodec },
  http_status_code: text,
  trace_id: text,
  ip_trace_id: text,
  encrypted: boolean,
  cel_expression: { ...text, name: "cel" },
};

export interface Criterion {
  readonly key: CriterionName;
  readonly name: string;
}

export const CRITERIA: readonly Criterion[] = Object.keys(SPELLINGS)
  .filter(isCriterion)
  .map((key) => ({ key, name: SPELLINGS[key].name ?? key }));

/** Other spellings that are read, never written. */
export const ALIASES: ReadonlyMap<string, string> = new Map([
  ["namespace", "ns"],
  ["proto", "protocol"],
  ["cel_expression", "cel"],
]);

const byName: ReadonlyMap<string, Criterion> = new Map(CRITERIA.map((criterion) => [criterion.name, criterion]));
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

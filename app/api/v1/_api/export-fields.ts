/** What each column of a table becomes in an export: one field or several, in the order of the columns on screen. */
import { DEFAULT_COLUMNS, FLOW_COLUMNS, type FlowColumnId } from "#components/flow-table/column-list.ts";
import { DEFAULT_GROUP_COLUMNS, GROUP_COLUMNS, type GroupColumnId } from "#components/groups/group-column-list.ts";
import type { Grouping } from "#lib/flows/dimension.ts";
import { REASONS } from "#lib/flows/reason.ts";
import type { FlowRow, GroupRow } from "#lib/questions/answer.ts";
import type { ColumnChoice } from "#lib/url/read-columns.ts";
import type { Unreadable } from "#lib/url/unreadable.ts";

export type FieldValue = string | number | boolean | null | readonly string[];

export interface Field<Row> {
  readonly name: string;
  readonly of: (row: Row) => FieldValue;
}

export type Fields<Row> = { readonly fields: readonly Field<Row>[]; readonly unreadable: readonly Unreadable[] };

const FLOW_FIELDS: { readonly [C in FlowColumnId]: readonly Field<FlowRow>[] } = {
  time: [{ name: "time", of: (row) => row.time }],
  sender: [{ name: "pod", of: (row) => row.pod }],
  destination: [
    { name: "destination_ip", of: (row) => row.destinationIp },
    { name: "destination_port", of: (row) => row.destinationPort },
    { name: "destination_group", of: (row) => row.group },
  ],
  reason: [{ name: "reason", of: (row) => row.reason }],
  packets: [{ name: "packets", of: (row) => row.packets }],
  workload: [
    { name: "workload", of: (row) => row.workload },
    { name: "workload_kind", of: (row) => row.workloadKind },
  ],
  namespace: [{ name: "namespace", of: (row) => row.namespace }],
  source: [
    { name: "source_ip", of: (row) => row.sourceIp },
    { name: "source_port", of: (row) => row.sourcePort },
  ],
  group: [
    { name: "group", of: (row) => row.group },
    { name: "also_in", of: (row) => row.alsoIn },
  ],
  name: [{ name: "dns_names", of: (row) => row.names }],
  port: [{ name: "port", of: (row) => row.destinationPort }],
  protocol: [{ name: "protocol", of: (row) => row.protocol }],
  policy: [{ name: "policies", of: (row) => row.policies }],
  node: [{ name: "node", of: (row) => row.node }],
  code: [
    { name: "drop_reason", of: (row) => row.dropReason },
    { name: "drop_reason_desc", of: (row) => row.dropReasonName },
    { name: "verdict", of: (row) => row.verdict },
  ],
  event: [{ name: "event_type", of: (row) => row.eventType }],
};

/** `key` is one field per dimension; `share` the attempts by reason. */
function groupFields(by: readonly Grouping[]): { readonly [C in GroupColumnId]: readonly Field<GroupRow>[] } {
  return {
    key: by.map((grouping, index) => ({ name: grouping, of: (row) => row.key[index] ?? null })),
    share: REASONS.map((reason) => ({ name: `attempts_${reason}`, of: (row) => row.reasons[reason] ?? 0 })),
    attempts: [{ name: "attempts", of: (row) => row.attempts }],
    packets: [{ name: "packets", of: (row) => row.packets }],
    pods: [{ name: "pods", of: (row) => row.pods }],
    addresses: [{ name: "addresses", of: (row) => row.addresses }],
    change: [
      { name: "attempts_before", of: (row) => row.attemptsBefore ?? null },
      { name: "new", of: (row) => row.isNew },
    ],
    spark: [],
    first: [
      { name: "first_seen", of: (row) => row.firstSeen },
      { name: "first_stored", of: (row) => row.firstStored },
    ],
    last: [{ name: "last_seen", of: (row) => row.lastSeen }],
  };
}

/** A row's id comes first, so that every line can be found again. */
export function fieldsOfFlows(columns: readonly ColumnChoice[]): Fields<FlowRow> {
  const fields = fieldsOf(FLOW_FIELDS, FLOW_COLUMNS, columns.length === 0 ? DEFAULT_COLUMNS : columns);
  return { ...fields, fields: [{ name: "id", of: (row) => row.id }, ...fields.fields] };
}

export function fieldsOfGroups(columns: readonly ColumnChoice[], by: readonly Grouping[]): Fields<GroupRow> {
  const chosen = columns.length === 0 ? DEFAULT_GROUP_COLUMNS : columns;
  const withKey = chosen.some(({ id }) => id === "key") ? chosen : [{ id: "key" }, ...chosen];
  return fieldsOf(groupFields(by), GROUP_COLUMNS, withKey);
}

function fieldsOf<Id extends string, Row>(
  fields: { readonly [C in Id]: readonly Field<Row>[] },
  columns: readonly { readonly id: Id }[],
  chosen: readonly ColumnChoice[],
): Fields<Row> {
  const found = chosen.map(({ id }) => ({ id, column: columns.find((column) => column.id === id) }));
  const unreadable = found
    .filter(({ column }) => column === undefined)
    .map(({ id }) => ({ name: "cols", value: id, why: "This view has no such column." }));
  const named = found.flatMap(({ column }) => (column === undefined ? [] : fields[column.id]));
  return { fields: [...new Map(named.map((field) => [field.name, field])).values()], unreadable };
}

/** From rows to the flows that count, in KQL: a uuid once, and the two records of one denied packet folded into one. */
import { SIBLING_DISTANCE_NS } from "#lib/flows/sibling.ts";
import { columnsNamed, DESTINATION_COLUMNS, type FlowColumn } from "./flow-columns.ts";
import { dictionariesOf } from "./flow-from-json.ts";
import { type LineTest, mappedTable, type TableSettings, tableRows } from "./table-rows.ts";

/** What folding itself looks at. */
const FOLD_COLUMNS: readonly FlowColumn[] = ["Id", "Timestamp", "EventType", "Attempt", "Node", "Reason"];

export interface ShownOptions {
  /** Tests on rows before they are folded: on columns that both records of a packet share only. */
  readonly where: readonly string[];
  /** Tests of a line's words, see tableRows: of words that the lines of both records hold, or neither's. */
  readonly terms: readonly LineTest[];
  /** What follows: its column names decide what is read at all. */
  readonly rest: string;
}

/**
 * `let` statements that end in `Shown`, the flows of `[_low, _high)`; `Kept` has every record, `Twins` the pairs by id (`Shown`, `Hidden`).
 * As lib/flows/sibling.ts says, for records stored in the order of their time: a record takes the latest unpaired one of the other type.
 */
export function shownFlows(settings: TableSettings, { where, terms, rest }: ShownOptions): string {
  const wanted = columnsNamed(`${rest} ${where.join(" ")} ${FOLD_COLUMNS.join(" ")}`);
  const columns = withMergeNeeds(wanted);
  const tests = where.map((test) => `\n| where ${test}`).join("");
  const lines = tableRows(settings, columns, terms);
  const rows = `${dictionariesOf(lines)}let Lines = ${lines};
let Rows = Lines${tests};
let Kept = materialize(Rows | summarize take_any(*) by Id);
`;
  // sums over many flows have no second record
  if (mappedTable(settings)?.isSummed)
    return `${rows}let Twins = datatable(Id: string, Hidden: string)[];\nlet Shown = Kept | project ${wanted.join(", ")};`;
  return `${rows}let Mixed = Kept
| where EventType == 1 or EventType == 5
| project Pair = tostring(pack_array(Attempt, Node, Reason)), Timestamp, Id, EventType;
let Pairs = Mixed
| summarize Drops = countif(EventType == 1), Verdicts = countif(EventType == 5) by Pair
| where Drops > 0 and Verdicts > 0
| project Pair;
let Twins = materialize(Mixed
| join kind=leftsemi Pairs on Pair
| sort by Pair asc, Timestamp asc, Id asc
| scan declare (Open: dynamic, OpenType: int, Partner: string) with (step s: true =>
    Partner = iff(${IS_TWIN}, tostring(s.Open[-1].id), ""),
    Open = case(
      ${IS_TWIN}, iff(array_length(s.Open) == 1, dynamic([]), array_slice(s.Open, 0, -2)),
      ${IS_NEAR} and s.OpenType == EventType, array_concat(s.Open, ${THIS_ONE}),
      ${THIS_ONE}),
    OpenType = iff(${IS_TWIN}, s.OpenType, EventType);)
| where isnotempty(Partner)
| project Id = Partner, Hidden = Id);
let Single = Kept
| join kind=leftanti (Twins | project Id = Hidden) on Id
| join kind=leftanti Twins on Id
| project ${wanted.join(", ")};
let Double = Kept
| join kind=inner Twins on Id
| project-away Id1
| join kind=inner (Kept | project ${["Hidden = Id", ...columns.filter(isMerged).map((name) => `Twin${name} = ${name}`), "TwinEventType = EventType"].join(", ")}) on Hidden
${mergeText(wanted)}| project ${wanted.join(", ")};
let Shown = union (Single), (Double);`;
}

const DISTANCE = `${SIBLING_DISTANCE_NS / 1_000_000n}ms`;
const THIS_ONE = `pack_array(bag_pack("at", Timestamp, "id", Id))`;
const IS_NEAR = `s.Pair == Pair and array_length(s.Open) > 0 and Timestamp - todatetime(s.Open[-1].at) <= ${DISTANCE}`;
const IS_TWIN = `${IS_NEAR} and s.OpenType != EventType`;

const LISTS = ["DestinationNames", "PolicyLog"] as const satisfies readonly FlowColumn[];
const POLICIES = ["DeniedBy", "Policy", "PolicyNames"] as const satisfies readonly FlowColumn[];
const MERGED: ReadonlySet<FlowColumn> = new Set([...DESTINATION_COLUMNS, ...LISTS, ...POLICIES]);

function isMerged(name: FlowColumn): boolean {
  return MERGED.has(name);
}

/** Which record's destination counts depends on its labels, and whose policies on whether there are any. */
function withMergeNeeds(wanted: readonly FlowColumn[]): readonly FlowColumn[] {
  const needs = new Set(wanted);
  if (DESTINATION_COLUMNS.some((name) => needs.has(name))) needs.add("DestinationLabels");
  if (POLICIES.some((name) => needs.has(name))) needs.add("DeniedBy");
  return columnsNamed([...needs].join(" "));
}

/** As `mergeSibling` does; `Twin…` are the columns of the hidden record. */
function mergeText(wanted: readonly FlowColumn[]): string {
  const labels = "array_length(iff(EventType == 1, DestinationLabels, TwinDestinationLabels))";
  const otherLabels = "array_length(iff(EventType == 1, TwinDestinationLabels, DestinationLabels))";
  // the drop's destination, unless only the verdict's has labels
  const fromTwin = `(EventType != 1) == (${labels} > 0 or ${otherLabels} == 0)`;
  const assigned = [
    ...DESTINATION_COLUMNS.filter((name) => wanted.includes(name)).map((name) => `${name} = iff(TakesTwin, Twin${name}, ${name})`),
    ...LISTS.filter((name) => wanted.includes(name)).map((name) => `${name} = iff(array_length(${name}) > 0, ${name}, Twin${name})`),
    ...POLICIES.filter((name) => wanted.includes(name)).map((name) => `${name} = iff(HasPolicies, ${name}, Twin${name})`),
  ];
  if (assigned.length === 0) return "";
  const flags = [
    ...(DESTINATION_COLUMNS.some((name) => wanted.includes(name)) ? [`TakesTwin = ${fromTwin}`] : []),
    ...(POLICIES.some((name) => wanted.includes(name)) ? ["HasPolicies = array_length(DeniedBy) > 0"] : []),
  ];
  return `${flags.length > 0 ? `| extend ${flags.join(", ")}\n` : ""}| extend ${assigned.join(", ")}\n`;
}

/** The filter of a page as other tools read it, with what the page leaves unsaid said aloud. */
import type { FilterCopy } from "#components/copy-as/filter-copy.ts";
import { toFlowFilterJson, toFlowFilterYaml } from "#lib/exporter/flow-filter-text.ts";
import type { Filter } from "#lib/filters/filter.ts";
import { kqlLets } from "#lib/filters/kql-columns.ts";
import type { Spelled } from "#lib/filters/spelling.ts";
import { toHubbleCli } from "#lib/filters/to-hubble-cli.ts";
import { toKql } from "#lib/filters/to-kql.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import { spelledOut } from "#lib/questions/spelled-out.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { FILTER_COLUMNS } from "#lib/stores/adx/flow-columns.ts";
import { TYPED_TABLE } from "#lib/stores/adx/table-rows.ts";

interface Shown {
  readonly filter: Filter;
  /** Free text over names; no other tool has it. */
  readonly text: string;
}

/** Only KQL says the window too: the others are asked of what comes. */
export function filterCopies({ filter, text }: Shown, window: ResolvedWindow): readonly FilterCopy[] {
  const said = spelledOut(filter);
  const copy = (id: FilterCopy["id"], title: string, spelled: Spelled<string>): FilterCopy => {
    if (text !== "")
      return { id, title, text: undefined, refusal: `Only Weir can search names for “${visibleText(text, 60)}”: take that out first.` };
    if (spelled.refusal === undefined) return { id, title, text: spelled.spelled, refusal: "" };
    const { criterion, reason } = spelled.refusal;
    return { id, title, text: undefined, refusal: visibleText(criterion === "" ? reason : `${criterion}: ${reason}`, 240) };
  };
  return [
    copy("hubble", "hubble observe command", toHubbleCli(said)),
    copy("yaml", "FlowFilter YAML", toFlowFilterYaml(said)),
    copy("json", "FlowFilter JSON", toFlowFilterJson(said)),
    copy("kql", "KQL query", kqlQuery(said, window)),
  ];
}

/** Over the table that deploy/adx makes. */
function kqlQuery(filter: Filter, { from, to }: ResolvedWindow): Spelled<string> {
  const spelled = toKql(filter, FILTER_COLUMNS);
  if (spelled.refusal) return spelled;
  const { text, parameters } = spelled.spelled;
  const [first, last] = [from, to].map((time) => `datetime(${new Date(time).toISOString()})`);
  return { spelled: `${kqlLets(parameters)}${TYPED_TABLE}\n| where Timestamp >= ${first} and Timestamp < ${last}\n| where ${text}\n` };
}

/** Which flows a question is about, in KQL: its filter, its scope and its text. */
import { compileFilter } from "#lib/filters/compile-filter.ts";
import type { Filter } from "#lib/filters/filter.ts";
import { toKql } from "#lib/filters/to-kql.ts";
import type { Problem } from "#lib/questions/answer.ts";
import { filterProblem } from "#lib/questions/problems.ts";
import type { Scope } from "#lib/questions/scope.ts";
import { filterParameters, type QueryParameter, textParameter } from "./kusto-query.ts";
import type { TableSettings } from "./table-rows.ts";
import { filterColumnsOf } from "./unavailable.ts";

export interface Selection {
  /** What follows `where`. */
  readonly text: string;
  readonly parameters: readonly QueryParameter[];
}

export type Selected =
  | { readonly selection: Selection; readonly problem?: never }
  | { readonly problem: Problem; readonly selection?: never };

/** `prefix` keeps the parameters of several filters in one query apart. */
export function selectionOf(settings: TableSettings, filter: Filter, prefix = "f"): Selected {
  const compiled = compileFilter(filter);
  if (compiled.problem) return { problem: filterProblem(compiled.problem) };
  const spelled = toKql(filter, filterColumnsOf(settings), prefix);
  if (spelled.refusal !== undefined) {
    const { criterion, reason } = spelled.refusal;
    return {
      problem: {
        kind: "bad-question",
        title: "Azure Data Explorer cannot be asked this.",
        detail: `${criterion === "" ? "The filter" : criterion}: ${reason}`,
        next: "Take this criterion out of the filter, or say it in another way.",
      },
    };
  }
  return { selection: { text: spelled.spelled.text, parameters: filterParameters(spelled.spelled.parameters) } };
}

/** Reasons are our own words, so they may stand in the text. */
export function scopeText({ reasons, ingress }: Scope): string {
  const tests = [
    ...(ingress ? [] : ['Direction != "INGRESS"']),
    ...(reasons === undefined
      ? []
      : reasons.length === 0
        ? ["false"]
        : [`Reason in (${reasons.map((reason) => `"${reason}"`).join(", ")})`]),
  ];
  return tests.length === 0 ? "true" : tests.join(" and ");
}

const SEARCHED = [
  "Pod",
  "Workload",
  "SourceNamespace",
  'strcat_array(Groups, "\\n")',
  "SourceIp",
  "DestinationIp",
  'strcat_array(DestinationNames, "\\n")',
  "PolicyNames",
  "Node",
];

/** Free text over names, whatever the case. */
export function searchOf(text: string): Selection {
  const wanted = text.trim();
  if (wanted === "") return { text: "true", parameters: [] };
  return { text: SEARCHED.map((column) => `${column} contains _text`).join(" or "), parameters: [textParameter("_text", wanted)] };
}

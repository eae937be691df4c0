/** What is said twice: the same filter in one list, or in two entries that then log the same flows. */
import { flowFilterJson } from "#lib/filters/flow-filter-json.ts";
import { clausesOf, editClause } from "../edit-config.ts";
import type { Finding } from "../finding.ts";
import type { Rule } from "../rule.ts";

export const repeats: Rule = (config) => {
  const seen = new Map<string, number>();
  return clausesOf(config).flatMap(({ place, clause }): readonly Finding[] => {
    const json = flowFilterJson(clause);
    if (json === "{}") return [];
    const first = seen.get(`${place.list} ${json}`);
    if (first === undefined) {
      seen.set(`${place.list} ${json}`, place.entry);
      return [];
    }
    if (first === place.entry) {
      return [
        {
          kind: "filter-twice",
          severity: "advice",
          place,
          title: "The same filter stands in this list twice",
          explanation: "Filters of a list are OR-ed: the second changes nothing.",
          fix: { label: "Take the second out", apply: (now) => editClause(now, place, () => []) },
        },
      ];
    }
    if (place.list === "exclude") return [];
    const other = config.entries[first]?.name ?? "";
    return [
      {
        kind: "exported-twice",
        severity: "advice",
        place,
        title: `${other} logs the same flows`,
        explanation: "Each entry writes on its own: a flow that two of them match is logged, shipped and paid for twice.",
      },
    ];
  });
};

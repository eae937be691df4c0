/** `sub_type` without `match_sub_type`, the commonest mistake there is: it compares nothing. */
import type { EventTypeValue } from "#lib/filters/filter.ts";
import { clausesOf, editClause } from "../edit-config.ts";
import type { Finding } from "../finding.ts";
import type { Rule } from "../rule.ts";

export const subType: Rule = (config) =>
  clausesOf(config).flatMap(({ place, clause }) =>
    (clause.event_type ?? []).flatMap((value, position): readonly Finding[] => {
      if (value.match_sub_type || !value.sub_type) return [];
      return [
        {
          kind: "sub-type-without-match",
          severity: "warning",
          place: { ...place, criterion: "event_type", value: position },
          title: `sub_type ${value.sub_type} is not compared`,
          explanation: `${whatPasses(value)} An agent compares sub_type only where match_sub_type: true stands beside it, because 0 is a sub type too.`,
          fix: {
            label: "Add match_sub_type: true",
            apply: (now) =>
              editClause(now, place, (old) => [
                { ...old, event_type: old.event_type?.map((one, at) => (at === position ? { ...one, match_sub_type: true } : one)) },
              ]),
          },
        },
      ];
    }),
  );

function whatPasses({ type = 0, sub_type: sub = 0 }: EventTypeValue): string {
  if (type === 1 && sub === 181)
    return "This lets every drop through, default denies (133) and drops that have nothing to do with policy included.";
  if (type === 1 && sub === 133)
    return "This lets every drop through, explicit denies (181) and drops that have nothing to do with policy included.";
  return `This lets every event of type ${type} through.`;
}

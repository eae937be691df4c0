/** Holds values against what their criterion means, with the filter room's own schemas: for servers and scripts. */
import { readFilter, readFilterText } from "#lib/filters/filter-schema.ts";
import { filterProblem } from "#lib/questions/problems.ts";
import type { Judge } from "./judge.ts";

export const strictJudge: Judge = {
  value: (criterion, value) => {
    const reason = readFilter({ include: [{ [criterion.key]: [value] }] }).problem?.reason;
    return reason === undefined ? undefined : `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}.`;
  },
  whole: (text) => {
    const read = readFilterText(text);
    return read.problem === undefined ? { filter: read.filter } : { why: filterProblem(read.problem).detail };
  },
};

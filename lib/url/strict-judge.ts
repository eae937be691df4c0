/** Holds values against what their criterion means, with the filter room's own schemas: for servers and scripts. */
import { MAX_FILTER_TEXT, type ReadFilter, readFilter, readFilterText } from "#lib/filters/filter-schema.ts";
import { jsonOf } from "#lib/filters/flow-filter-json.ts";
import { filterProblem } from "#lib/questions/problems.ts";
import type { Judge } from "./judge.ts";

export const strictJudge: Judge = {
  value: (criterion, value) => {
    const reason = readFilter({ include: [{ [criterion.key]: [jsonOf(criterion.key, value)] }] }).problem?.reason;
    return reason === undefined ? undefined : `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}.`;
  },
  whole: (text) => {
    const read = readWhole(text);
    return read.problem === undefined ? { filter: read.filter } : { why: filterProblem(read.problem).detail };
  },
};

const HALF_CHARACTER = /\\u[dD][89a-fA-F]/;

/** Agents take no halves of surrogate pairs, and a hostile log may hold names with some: those an address has to keep. */
function readWhole(text: string): ReadFilter {
  const read = readFilterText(text);
  if (read.problem === undefined || text.length > MAX_FILTER_TEXT || !HALF_CHARACTER.test(text)) return read;
  try {
    return readFilter(JSON.parse(text));
  } catch {
    return read;
  }
}

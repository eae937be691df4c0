/**
 * For the browser, whose page a server has read strictly before: no schemas, only shapes. JSON in one of the freer spellings that the
 * server understands too (camelCase keys, numbers as text) is refused here, and left to the strict judge.
 */
import type { Clause, Filter } from "#lib/filters/filter.ts";
import { criterionOf, SPELLINGS } from "./criteria.ts";
import type { Judge } from "./judge.ts";
import { isRecord } from "./value-codec.ts";

export const trustingJudge: Judge = {
  value: () => undefined,
  whole: (text) => {
    const filter = parsed(text);
    return isFilter(filter) ? { filter: { include: filter.include, exclude: filter.exclude } } : { why: "It is written in another way." };
  },
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isFilter(value: unknown): value is Filter {
  return isRecord(value) && Object.keys(value).length === 2 && isClauses(value.include) && isClauses(value.exclude);
}

function isClauses(value: unknown): value is readonly Clause[] {
  return Array.isArray(value) && value.every(isClause);
}

function isClause(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.entries(value).every(([key, values]) => {
      const criterion = criterionOf(key);
      return criterion !== undefined && Array.isArray(values) && values.every((one) => SPELLINGS[criterion.key].codec.fits(one));
    })
  );
}

/**
 * For the browser, whose page a server has read strictly before: no schemas, only shapes. JSON in one of the freer spellings that the
 * server understands too (camelCase keys, numbers as text) is refused here, and left to the strict judge.
 */
import type { AnyValue } from "#lib/filters/criterion.ts";
import type { Clause, Filter } from "#lib/filters/filter.ts";
import { criterionOf, SPELLINGS } from "./criteria.ts";
import type { Judge } from "./judge.ts";
import { isRecord } from "./value-codec.ts";

export const trustingJudge: Judge = {
  value: () => undefined,
  whole: (text) => {
    const filter = filterOf(parsed(text));
    return filter === undefined ? { why: "It is written in another way." } : { filter };
  },
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function filterOf(value: unknown): Filter | undefined {
  if (!isRecord(value) || Object.keys(value).length !== 2) return undefined;
  const [include, exclude] = [each(value.include, clauseOf), each(value.exclude, clauseOf)];
  return include && exclude && { include, exclude };
}

function clauseOf(value: unknown): Clause | undefined {
  if (!isRecord(value)) return undefined;
  let clause: Clause = {};
  for (const [key, values] of Object.entries(value)) {
    const criterion = criterionOf(key);
    if (criterion === undefined) return undefined;
    const read = each(values, (one): AnyValue | undefined => SPELLINGS[criterion.key].codec.ofJson(one));
    if (read === undefined) return undefined;
    clause = { ...clause, [criterion.key]: read };
  }
  return clause;
}

/** All of a list, or nothing. */
function each<T>(list: unknown, read: (value: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const all = list.map(read).filter((one) => one !== undefined);
  return all.length === list.length ? all : undefined;
}

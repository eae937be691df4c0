/** Which group a row of SQL or a part belongs to, for what only the groups on a page need. */
import { type TypedValue, valueList } from "./database.ts";
import type { Grouped } from "./grouped.ts";
import { grown } from "./grow.ts";
import { COUNTS_DISTINCT, COUNTS_ONE, type PartColumn, type Parts } from "./parts.ts";
import type { RawColumn } from "./read-columns.ts";

/** Groups on the page; undefined = all of them. */
export type Page = readonly number[] | undefined;

/** `groupOfColumns(row)`: -1 for rows of no group on the page. */
export interface GroupRows {
  /** Columns to select and to group by, in order; "" without any. */
  readonly columns: readonly string[];
  /** Restricts to the page as far as SQL can; more rows than needed may come. */
  readonly where: string;
  readonly values: Readonly<Record<string, TypedValue>>;
  groupOfColumns(keys: readonly RawColumn[], row: number): number;
  /** For many rows of the same columns (parts, or the mirror). */
  groupsOfRows(idsOf: (column: PartColumn) => Int32Array): (row: number) => number;
}

export function groupRows(now: Grouped, page: Page): GroupRows {
  const { views } = now;
  const wanted = page === undefined ? undefined : new Set(page);
  const values: Record<string, TypedValue> = {};
  const conditions: string[] = [];
  if (page !== undefined)
    for (const [index, view] of views.entries()) {
      if (!view.direct) continue;
      const codes = [...new Set(page.map((group) => now.codesAt(group)[index] ?? 0))];
      values[`page${index}`] = valueList(codes);
      conditions.push(`s."${view.column}" IN (SELECT unnest($page${index}))`);
    }
  const codes = views.map(() => 0);
  const found = (): number => {
    const group = now.find(codes);
    return wanted === undefined || wanted.has(group) ? group : -1;
  };
  return {
    columns: views.map((view) => `s."${view.column}"`),
    where: conditions.length === 0 ? "TRUE" : conditions.join(" AND "),
    values,
    groupOfColumns: (keys, row) => {
      for (const [index, view] of views.entries()) codes[index] = view.codeOfColumn(keys[index]?.[row] ?? 0);
      return found();
    },
    groupsOfRows: (idsOf) => {
      const [only] = views;
      if (only && views.length === 1) {
        const ids = idsOf(only.partColumn);
        /** By id: 2 + the group, 0 = not looked up yet. */
        let known = new Int32Array(1024);
        return (row) => {
          const id = ids[row] ?? 0;
          if (id + 1 >= known.length) known = grown(known, id + 2, (length) => new Int32Array(length));
          const remembered = known[id + 1] ?? 0;
          if (remembered !== 0) return remembered - 2;
          codes[0] = only.codeOfPart(id);
          const group = found();
          known[id + 1] = group + 2;
          return group;
        };
      }
      const columns = views.map((view) => idsOf(view.partColumn));
      return (row) => {
        for (let index = 0; index < views.length; index++) codes[index] = views[index]?.codeOfPart(columns[index]?.[row] ?? 0) ?? 0;
        return found();
      };
    },
  };
}

/** Calls `add` for every attempt that a group has among the parts, with the millisecond of the first of its flows there. Parts come ordered by attempt. */
export function eachAttempt(parts: Parts, groupOf: (row: number) => number, add: (group: number, firstMs: number) => void): void {
  const { attempt, mode, firstMs } = parts;
  /** Groups of the attempt at hand, and when each first sees it: mostly one. */
  let groups = ints(8);
  let firsts = doubles(8);
  let count = 0;
  const flush = (): void => {
    for (let index = 0; index < count; index++) add(groups[index] ?? 0, firsts[index] ?? 0);
    count = 0;
  };
  for (let row = 0; row < parts.count; row++) {
    if (row > 0 && attempt[row] !== attempt[row - 1]) flush();
    const how = mode[row];
    if (how !== COUNTS_ONE && how !== COUNTS_DISTINCT) continue;
    const group = groupOf(row);
    if (group < 0) continue;
    const first = firstMs[row] ?? 0;
    if (how === COUNTS_ONE) {
      add(group, first);
      continue;
    }
    let at = 0;
    while (at < count && groups[at] !== group) at += 1;
    if (at === count) {
      groups = grown(groups, count + 1, ints);
      firsts = grown(firsts, count + 1, doubles);
      groups[at] = group;
      firsts[at] = first;
      count += 1;
    } else if (first < (firsts[at] ?? 0)) firsts[at] = first;
  }
  flush();
}

const ints = (length: number): Int32Array => new Int32Array(length);
const doubles = (length: number): Float64Array => new Float64Array(length);

/** Which group a row of SQL or a part belongs to, for what only the groups on a page need. */
import { type TypedValue, valueList } from "./database.ts";
import type { Grouped } from "./grouped.ts";
import { COUNTS_DISTINCT, COUNTS_ONE, type Parts } from "./parts.ts";
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
  groupOfPart(parts: Parts, row: number): number;
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
  const found = (codes: readonly number[]): number => {
    const group = now.find(codes);
    return wanted === undefined || wanted.has(group) ? group : -1;
  };
  return {
    columns: views.map((view) => `s."${view.column}"`),
    where: conditions.length === 0 ? "TRUE" : conditions.join(" AND "),
    values,
    groupOfColumns: (keys, row) => found(views.map((view, index) => view.codeOfColumn(keys[index]?.[row] ?? 0))),
    groupOfPart: (parts, row) => found(views.map((view) => view.codeOfPart(parts.ids[view.partColumn][row] ?? 0))),
  };
}

/** Calls `add` for every attempt that a group has among the parts, with the first of its flows there. Parts come ordered by attempt. */
export function eachAttempt(parts: Parts, groupOf: (row: number) => number, add: (group: number, first: bigint) => void): void {
  let firsts = new Map<number, bigint>();
  for (let row = 0; row < parts.count; row++) {
    if (row > 0 && parts.attempt[row] !== parts.attempt[row - 1] && firsts.size > 0) {
      for (const [group, first] of firsts) add(group, first);
      firsts = new Map();
    }
    const mode = parts.mode[row];
    if (mode !== COUNTS_ONE && mode !== COUNTS_DISTINCT) continue;
    const group = groupOf(row);
    if (group < 0) continue;
    const first = parts.first[row] ?? 0n;
    if (mode === COUNTS_ONE) add(group, first);
    else {
      const known = firsts.get(group);
      if (known === undefined || first < known) firsts.set(group, first);
    }
  }
  for (const [group, first] of firsts) add(group, first);
}

/** The rows of the mirror that belong to the groups on a page, found once for all that the page needs of them. */
import { groupRows } from "./group-rows.ts";
import type { Grouped } from "./grouped.ts";
import { type Mirror, partIds } from "./mirror.ts";
import type { Slice } from "./slice.ts";

export interface PageRows {
  readonly mirror: Mirror;
  readonly count: number;
  /** The first so many are FRESH: one attempt each. */
  readonly fresh: number;
  readonly rows: Uint32Array;
  /** Place of the row's group on the page. */
  readonly slots: Int32Array;
}

/** Undefined for a slice that was not cut from a mirror. */
export function pageRowsOf(slice: Slice, now: Grouped, page: readonly number[]): PageRows | undefined {
  const { plain } = slice;
  if (plain?.is !== "mirror") return undefined;
  const { mirror } = plain;
  const slotOf = new Int32Array(now.size).fill(-1);
  for (const [slot, group] of page.entries()) slotOf[group] = slot;
  const groupOf = groupRows(now, undefined).groupsOfRows((column) => partIds(mirror, column));
  const rows = new Uint32Array(plain.fresh.length + plain.later.length);
  const slots = new Int32Array(rows.length);
  let count = 0;
  const take = (list: Uint32Array): number => {
    for (let index = 0; index < list.length; index++) {
      const row = list[index] ?? 0;
      const slot = slotOf[groupOf(row)] ?? -1;
      if (slot < 0) continue;
      rows[count] = row;
      slots[count] = slot;
      count += 1;
    }
    return count;
  };
  const fresh = take(plain.fresh);
  take(plain.later);
  return { mirror, count, fresh, rows, slots };
}

/** Pairs of group and id are marked in so many bytes at most. */
const MARKS = 96_000_000;

/** Calls `add` once for every id of `column` that a group on the page has; more than once where there are too many to mark. */
export function eachIdOfPage(found: PageRows, column: string, page: readonly number[], add: (group: number, id: number) => void): void {
  const { rows, slots, count } = found;
  const ids = partIds(found.mirror, column);
  let width = 1;
  for (let index = 0; index < count; index++) {
    const id = ids[rows[index] ?? 0] ?? 0;
    if (id >= width) width = id + 1;
  }
  if (width * page.length > MARKS) {
    for (let index = 0; index < count; index++) add(page[slots[index] ?? 0] ?? 0, ids[rows[index] ?? 0] ?? 0);
    return;
  }
  const marks = new Uint8Array(width * page.length);
  for (let index = 0; index < count; index++) marks[(slots[index] ?? 0) * width + (ids[rows[index] ?? 0] ?? 0)] = 1;
  for (const [slot, group] of page.entries()) for (let id = 0; id < width; id++) if (marks[slot * width + id] === 1) add(group, id);
}

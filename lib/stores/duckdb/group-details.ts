/** What only the shown rows of a group table need: distinct pods and addresses, and sparklines. */
import type { Grouping } from "#lib/flows/dimension.ts";
import { bucketAt, slicesOf } from "#lib/questions/bucket-width.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { select } from "./database.ts";
import { eachAttempt, groupRows, type Page } from "./group-rows.ts";
import type { Grouped, Reader } from "./grouped.ts";
import { eachCodeOfPage, type PageRows, pageRowsOf } from "./page-rows.ts";
import type { Slice } from "./slice.ts";

const NS_PER_MS = 1_000_000n;
const CODES = 0x1_0000_0000;

/** By group: how many different pods, or addresses, its flows have; the empty text is none. Groups that are not on the page have 0. */
export async function distinctPerGroup(
  reader: Reader,
  slice: Slice,
  by: readonly Grouping[],
  now: Grouped,
  page: Page,
  what: "pod" | "ip",
  found?: PageRows,
): Promise<Float64Array> {
  const counts = new Float64Array(now.size);
  const said = by.indexOf(what);
  if (said >= 0) {
    for (let group = 0; group < now.size; group++) counts[group] = now.textsAt(group)[said] === "" ? 0 : 1;
    return counts;
  }
  const view = reader.views.viewOf(what);
  const rows = groupRows(now, page);
  const pairs = new Set<number>();
  const add = (group: number, code: number): void => {
    if (group < 0 || view.textOf(code) === "") return;
    const pair = group * CODES + code;
    if (pairs.has(pair)) return;
    pairs.add(pair);
    counts[group] = (counts[group] ?? 0) + 1;
  };
  if (slice.plain?.is === "sql" && page?.length !== 0) {
    const list = [...rows.columns, `s."${view.column}"`].join(", ");
    const summed = await select(
      reader.connection,
      `SELECT ${list} FROM sessions s WHERE ${slice.plain.sql} AND ${rows.where} GROUP BY ${list}`,
      { ...slice.plain.values, ...rows.values },
    );
    const keys = rows.columns.map((_, index) => summed.ints(index));
    const codes = summed.ints(rows.columns.length);
    for (let row = 0; row < summed.count; row++) add(rows.groupOfColumns(keys, row), view.codeOfColumn(codes[row] ?? 0));
  }
  const pageGroups = page ?? Array.from({ length: now.size }, (_, group) => group);
  const inMirror = found ?? pageRowsOf(slice, now, pageGroups);
  if (inMirror) eachCodeOfPage(inMirror, view, pageGroups, add);
  const { parts } = slice;
  const groupOf = rows.groupsOfRows((column) => parts.ids[column]);
  const ids = parts.ids[view.partColumn];
  for (let row = 0; row < parts.count; row++) add(groupOf(row), view.codeOfPart(ids[row] ?? 0));
  return counts;
}

/** Attempts per slice of the window, each in the slice of its first flow there. */
export async function sparksOf(
  reader: Reader,
  slice: Slice,
  now: Grouped,
  page: readonly number[],
  window: ResolvedWindow,
  points: number,
  found: PageRows | undefined,
): Promise<ReadonlyMap<number, readonly number[]>> {
  const cuts = slicesOf(window, points);
  const sparks = new Map(page.map((group) => [group, Array.from({ length: cuts.count }, () => 0)]));
  const rows = groupRows(now, page);
  const start = BigInt(cuts.start) * NS_PER_MS;
  const width = BigInt(cuts.width) * NS_PER_MS;
  const add = (group: number, slot: number, attempts: number): void => {
    const spark = sparks.get(group);
    if (spark) spark[slot] = (spark[slot] ?? 0) + attempts;
  };
  if (slice.plain?.is === "sql" && page.length > 0) {
    const list = [...rows.columns, "((s.first - $start) // $width)::INTEGER"].join(", ");
    const summed = await select(
      reader.connection,
      `SELECT ${list}, count(*)::DOUBLE FROM sessions s WHERE ${slice.plain.sql} AND s.kind = 0 AND ${rows.where} GROUP BY ALL`,
      { ...slice.plain.values, ...rows.values, start, width },
    );
    const keys = rows.columns.map((_, index) => summed.ints(index));
    const slots = summed.ints(rows.columns.length);
    const attempts = summed.floats(rows.columns.length + 1);
    for (let row = 0; row < summed.count; row++) add(rows.groupOfColumns(keys, row), slots[row] ?? 0, attempts[row] ?? 0);
  }
  if (found) {
    const { firstMs } = found.mirror;
    const points = new Float64Array(page.length * cuts.count);
    for (let index = 0; index < found.fresh; index++) {
      const at = Math.floor(((firstMs[found.rows[index] ?? 0] ?? 0) - cuts.start) / cuts.width);
      const point = (found.slots[index] ?? 0) * cuts.count + at;
      points[point] = (points[point] ?? 0) + 1;
    }
    for (const [slot, group] of page.entries()) for (let at = 0; at < cuts.count; at++) add(group, at, points[slot * cuts.count + at] ?? 0);
  }
  const { parts } = slice;
  eachAttempt(
    parts,
    rows.groupsOfRows((column) => parts.ids[column]),
    (group, firstMs) => add(group, bucketAt(cuts, firstMs), 1),
  );
  return sparks;
}

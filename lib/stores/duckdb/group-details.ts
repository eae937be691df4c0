/** What only the shown rows of a group table need: distinct pods and addresses, and sparklines. */
import type { Grouping } from "#lib/flows/dimension.ts";
import { slicesOf } from "#lib/questions/bucket-width.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { select } from "./database.ts";
import { eachAttempt, groupRows, type Page } from "./group-rows.ts";
import type { Grouped, Reader } from "./grouped.ts";
import { partIds } from "./mirror.ts";
import type { PartColumn } from "./parts.ts";
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
): Promise<Float64Array> {
  const counts = new Float64Array(now.size);
  const said = by.indexOf(what);
  if (said >= 0) {
    for (let group = 0; group < now.size; group++) counts[group] = now.textsAt(group)[said] === "" ? 0 : 1;
    return counts;
  }
  const view = reader.views.viewOf(what);
  const lookup = groupRows(now, page);
  const rows = lookup;
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
    const found = await select(
      reader.connection,
      `SELECT ${list} FROM sessions s WHERE ${slice.plain.sql} AND ${rows.where} GROUP BY ${list}`,
      { ...slice.plain.values, ...rows.values },
    );
    const keys = rows.columns.map((_, index) => found.ints(index));
    const codes = found.ints(rows.columns.length);
    for (let row = 0; row < found.count; row++) add(rows.groupOfColumns(keys, row), view.codeOfColumn(codes[row] ?? 0));
  }
  const addAll = (idsOf: (column: PartColumn) => Int32Array, rows: Iterable<number>): void => {
    const groupOf = lookup.groupsOfRows(idsOf);
    const ids = idsOf(view.partColumn);
    for (const row of rows) add(groupOf(row), view.codeOfPart(ids[row] ?? 0));
  };
  const { parts, plain } = slice;
  if (plain?.is === "mirror" && page?.length !== 0)
    for (const rows of [plain.fresh, plain.later]) addAll((column) => partIds(plain.mirror, column), rows);
  addAll(
    (column) => parts.ids[column],
    Array.from({ length: parts.count }, (_, row) => row),
  );
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
    const found = await select(
      reader.connection,
      `SELECT ${list}, count(*)::DOUBLE FROM sessions s WHERE ${slice.plain.sql} AND s.kind = 0 AND ${rows.where} GROUP BY ALL`,
      { ...slice.plain.values, ...rows.values, start, width },
    );
    const keys = rows.columns.map((_, index) => found.ints(index));
    const slots = found.ints(rows.columns.length);
    const attempts = found.floats(rows.columns.length + 1);
    for (let row = 0; row < found.count; row++) add(rows.groupOfColumns(keys, row), slots[row] ?? 0, attempts[row] ?? 0);
  }
  const { parts, plain } = slice;
  if (plain?.is === "mirror" && page.length > 0) {
    const groupOf = rows.groupsOfRows((column) => partIds(plain.mirror, column));
    const { firstMs } = plain.mirror;
    for (let index = 0; index < plain.fresh.length; index++) {
      const row = plain.fresh[index] ?? 0;
      const group = groupOf(row);
      if (group >= 0) add(group, Math.floor(((firstMs[row] ?? 0) - cuts.start) / cuts.width), 1);
    }
  }
  eachAttempt(
    parts,
    rows.groupsOfRows((column) => parts.ids[column]),
    (group, first) => add(group, Number((first - start) / width), 1),
  );
  return sparks;
}

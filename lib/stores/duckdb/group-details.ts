/** What only the shown rows of a group table need: distinct pods and addresses, and sparklines. Where there is no mirror, by SQL. */
import type { Grouping } from "#lib/flows/dimension.ts";
import { bucketAt, slicesOf } from "#lib/questions/bucket-width.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { select } from "./database.ts";
import { eachAttempt, groupRows, type Page } from "./group-rows.ts";
import type { Grouped, Reader } from "./grouped.ts";
import { mirrorDetails, type PageDetails } from "./page-details.ts";
import type { Slice } from "./slice.ts";

const NS_PER_MS = 1_000_000n;
const CODES = 0x1_0000_0000;

/** `page`: the groups that are shown. */
export async function detailsOfPage(
  reader: Reader,
  slice: Slice,
  now: Grouped,
  by: readonly Grouping[],
  page: readonly number[],
  window: ResolvedWindow,
  points: number,
): Promise<PageDetails> {
  const asked = { by, page, window, points, pods: true, addresses: true };
  if (slice.plain?.is === "mirror") return mirrorDetails(reader, slice.plain, slice.parts, now, asked);
  return {
    pods: await distinctPerGroup(reader, slice, by, now, page, "pod"),
    addresses: await distinctPerGroup(reader, slice, by, now, page, "ip"),
    sparks: points > 0 ? await sparksOf(reader, slice, now, page, window, points) : new Map(),
  };
}

const NO_WINDOW = { from: 0, to: 0 };

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
  if (slice.plain?.is === "mirror") {
    const shown = page ?? Array.from({ length: now.size }, (_, group) => group);
    const asked = { by, page: shown, window: NO_WINDOW, points: 0, pods: what === "pod", addresses: what === "ip" };
    const found = mirrorDetails(reader, slice.plain, slice.parts, now, asked);
    return what === "pod" ? found.pods : found.addresses;
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
  const { parts } = slice;
  const groupOf = rows.groupsOfRows((column) => parts.ids[column]);
  const ids = parts.ids[view.partColumn];
  for (let row = 0; row < parts.count; row++) add(groupOf(row), view.codeOfPart(ids[row] ?? 0));
  return counts;
}

/** Attempts per slice of the window, each in the slice of its first flow there. */
async function sparksOf(
  reader: Reader,
  slice: Slice,
  now: Grouped,
  page: readonly number[],
  window: ResolvedWindow,
  points: number,
): Promise<Map<number, readonly number[]>> {
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
  const { parts } = slice;
  eachAttempt(
    parts,
    rows.groupsOfRows((column) => parts.ids[column]),
    (group, firstMs) => add(group, bucketAt(cuts, firstMs), 1),
  );
  return sparks;
}

/** The newest flow of each shown group, which says what stands beside its name. */
import { select, timeList } from "./database.ts";
import { groupRows } from "./group-rows.ts";
import type { Grouped, Reader } from "./grouped.ts";
import { instantAt } from "./instant.ts";
import { idOfRow, type Mirror } from "./mirror.ts";
import { pageFinder } from "./page-rows.ts";
import type { Slice } from "./slice.ts";
import { NOT_ONE, partOfMark, rowOfMark } from "./tally.ts";

export interface NewestFlow {
  readonly session: number;
  readonly sender: number;
  readonly place: number;
}

export async function newestOfGroups(
  reader: Reader,
  slice: Slice,
  now: Grouped,
  page: readonly number[],
): Promise<ReadonlyMap<number, NewestFlow>> {
  const mirror = slice.plain?.is === "mirror" ? slice.plain.mirror : undefined;
  const found = new Map<number, NewestFlow>();
  const unknown: number[] = [];
  for (const group of page) {
    const flow = markedFlow(slice, mirror, now.newestAt(group));
    if (flow) found.set(group, flow);
    else unknown.push(group);
  }
  if (unknown.length === 0) return found;
  const candidates = await candidatesOf(reader, slice, now, unknown);
  return new Map([...found, ...(await pickNewest(reader, now, candidates))]);
}

function markedFlow({ parts }: Slice, mirror: Mirror | undefined, mark: number): NewestFlow | undefined {
  if (mark === NOT_ONE) return undefined;
  if (mark > NOT_ONE) return mirror && flowOfRow(mirror, rowOfMark(mark));
  const part = partOfMark(mark);
  return { session: parts.session[part] ?? 0, sender: parts.ids.sender[part] ?? 0, place: parts.ids.place[part] ?? 0 };
}

function flowOfRow(mirror: Mirror, row: number): NewestFlow {
  return { session: mirror.session[row] ?? 0, sender: idOfRow(mirror, row, "sender"), place: idOfRow(mirror, row, "place") };
}

/** Every flow that ends a group, where several do. */
async function candidatesOf(
  reader: Reader,
  slice: Slice,
  now: Grouped,
  wanted: readonly number[],
): Promise<ReadonlyMap<number, readonly NewestFlow[]>> {
  const candidates = new Map<number, NewestFlow[]>(wanted.map((group) => [group, []]));
  const lasts = new Map(wanted.map((group) => [group, now.lastAt(group)]));
  const rows = groupRows(now, wanted);
  const add = (group: number, last: bigint, flow: NewestFlow): void => {
    if (last === lasts.get(group)) candidates.get(group)?.push(flow);
  };
  if (slice.plain?.is === "sql") {
    const list = [...rows.columns, "s.last, s.id, s.sender, s.place"].join(", ");
    const found = await select(
      reader.connection,
      `SELECT ${list} FROM sessions s WHERE s.last IN (SELECT unnest($lasts)) AND ${slice.plain.sql} AND ${rows.where}`,
      { ...slice.plain.values, ...rows.values, lasts: timeList([...lasts.values()]) },
    );
    const width = rows.columns.length;
    const keys = rows.columns.map((_, index) => found.ints(index));
    const [last, id, sender, place] = [found.bigs(width), found.ints(width + 1), found.ints(width + 2), found.ints(width + 3)];
    for (let row = 0; row < found.count; row++)
      add(rows.groupOfColumns(keys, row), last[row] ?? 0n, { session: id[row] ?? 0, sender: sender[row] ?? 0, place: place[row] ?? 0 });
  }
  if (slice.plain?.is === "mirror") {
    const { mirror } = slice.plain;
    const { fresh, later } = slice.plain.all();
    const { slotOf } = pageFinder(mirror, now, wanted);
    const ends = new Set(wanted.map((group) => now.lastMsAt(group)));
    for (const list of [fresh, later])
      for (const row of list) {
        const slot = ends.has(mirror.lastMs[row] ?? 0) ? slotOf(mirror.of, row) : -1;
        if (slot >= 0) add(wanted[slot] ?? -1, instantAt(mirror.lastMs[row] ?? 0, mirror.lastNs[row] ?? 0), flowOfRow(mirror, row));
      }
  }
  const { parts } = slice;
  const groupOfPart = rows.groupsOfRows((column) => parts.ids[column]);
  for (let row = 0; row < parts.count; row++) {
    const flow = { session: parts.session[row] ?? 0, sender: parts.ids.sender[row] ?? 0, place: parts.ids.place[row] ?? 0 };
    add(groupOfPart(row), instantAt(parts.lastMs[row] ?? 0, parts.lastNs[row] ?? 0), flow);
  }
  return candidates;
}

/** Of several flows at the same nanosecond the one with the greatest id. */
async function pickNewest(
  reader: Reader,
  now: Grouped,
  candidates: ReadonlyMap<number, readonly NewestFlow[]>,
): Promise<ReadonlyMap<number, NewestFlow>> {
  const picked = new Map<number, NewestFlow>();
  const tied = [...candidates].filter(([, flows]) => flows.some((flow) => !alike(flow, flows[0])));
  const rank = new Map<number, Map<bigint, number>>();
  if (tied.length > 0) {
    const found = await select(reader.connection, "SELECT ts, session FROM flows WHERE ts IN (SELECT unnest($lasts)) ORDER BY hi, lo", {
      lasts: timeList(tied.map(([group]) => now.lastAt(group))),
    });
    const [ts, session] = [found.bigs(0), found.ints(1)];
    for (let row = 0; row < found.count; row++) {
      const of = rank.get(session[row] ?? 0) ?? new Map<bigint, number>();
      of.set(ts[row] ?? 0n, row);
      rank.set(session[row] ?? 0, of);
    }
  }
  for (const [group, flows] of candidates) {
    const last = now.lastAt(group);
    const rankOf = (flow: NewestFlow): number => rank.get(flow.session)?.get(last) ?? -1;
    const [first, ...others] = flows;
    if (first)
      picked.set(
        group,
        others.reduce((best, flow) => (rankOf(flow) > rankOf(best) ? flow : best), first),
      );
  }
  return picked;
}

function alike(one: NewestFlow, other: NewestFlow | undefined): boolean {
  return other !== undefined && one.sender === other.sender && one.place === other.place;
}

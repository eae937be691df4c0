/** The newest flow of each shown group, which says what stands beside its name. */
import { select, timeList } from "./database.ts";
import { groupRows } from "./group-rows.ts";
import type { Grouped, Reader } from "./grouped.ts";
import { nsOf } from "./mirror.ts";
import type { PageRows } from "./page-rows.ts";
import { floorMs } from "./sessions.ts";
import type { Slice } from "./slice.ts";

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
  inMirror: PageRows | undefined,
): Promise<ReadonlyMap<number, NewestFlow>> {
  const candidates = new Map<number, NewestFlow[]>();
  const rows = groupRows(now, page);
  const add = (group: number, last: bigint, flow: NewestFlow): void => {
    if (group < 0 || last !== now.lastAt(group)) return;
    const known = candidates.get(group);
    if (known) known.push(flow);
    else candidates.set(group, [flow]);
  };
  if (slice.plain?.is === "sql" && page.length > 0) {
    const list = [...rows.columns, "s.last, s.id, s.sender, s.place"].join(", ");
    const lasts = timeList(page.map((group) => now.lastAt(group)));
    const found = await select(
      reader.connection,
      `SELECT ${list} FROM sessions s WHERE s.last IN (SELECT unnest($lasts)) AND ${slice.plain.sql} AND ${rows.where}`,
      { ...slice.plain.values, ...rows.values, lasts },
    );
    const width = rows.columns.length;
    const keys = rows.columns.map((_, index) => found.ints(index));
    const [last, id, sender, place] = [found.bigs(width), found.ints(width + 1), found.ints(width + 2), found.ints(width + 3)];
    for (let row = 0; row < found.count; row++)
      add(rows.groupOfColumns(keys, row), last[row] ?? 0n, { session: id[row] ?? 0, sender: sender[row] ?? 0, place: place[row] ?? 0 });
  }
  if (inMirror) {
    const { mirror, rows: mirrorRows, slots, count } = inMirror;
    const lastMs = Float64Array.from(page, (group) => Number(floorMs(now.lastAt(group))));
    for (let index = 0; index < count; index++) {
      const row = mirrorRows[index] ?? 0;
      const slot = slots[index] ?? 0;
      if (mirror.lastMs[row] !== lastMs[slot]) continue;
      const flow = { session: mirror.session[row] ?? 0, sender: mirror.ids.sender[row] ?? 0, place: mirror.ids.place[row] ?? 0 };
      add(page[slot] ?? -1, nsOf(mirror.lastMs[row] ?? 0, mirror.lastNs[row] ?? 0), flow);
    }
  }
  const { parts } = slice;
  const groupOfPart = rows.groupsOfRows((column) => parts.ids[column]);
  for (let row = 0; row < parts.count; row++) {
    const flow = { session: parts.session[row] ?? 0, sender: parts.ids.sender[row] ?? 0, place: parts.ids.place[row] ?? 0 };
    add(groupOfPart(row), parts.last[row] ?? 0n, flow);
  }
  return pickNewest(reader, now, candidates);
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

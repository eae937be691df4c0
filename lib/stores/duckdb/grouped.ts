/** A slice by values of dimensions: attempts, packets, first and last, reasons and protocols of every group, exact. */
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Grouping } from "#lib/flows/dimension.ts";
import { REASONS, type Reason } from "#lib/flows/reason.ts";
import type { ReasonCounts } from "#lib/questions/answer.ts";
import type { DimensionView, DimensionViews } from "./dimension-view.ts";
import { grown } from "./grow.ts";
import type { Lexicon } from "./lexicon.ts";
import { type Mirror, partIds } from "./mirror.ts";
import { type RawGroups, sumMirror } from "./mirror-sums.ts";
import { createNumberLists } from "./number-lists.ts";
import { COUNTS_DISTINCT, COUNTS_ONE } from "./parts.ts";
import { rawGroups } from "./raw-groups.ts";
import type { Slice } from "./slice.ts";

export interface Grouped {
  readonly views: readonly DimensionView[];
  readonly size: number;
  /** Codes of a group's values, one per grouping. */
  codesAt(group: number): readonly number[];
  textsAt(group: number): string[];
  /** The group of codes, -1 when there is none. */
  find(codes: readonly number[]): number;
  attemptsAt(group: number): number;
  packetsAt(group: number): number;
  firstAt(group: number): bigint;
  lastAt(group: number): bigint;
  reasonsAt(group: number): ReasonCounts;
  protocolsAt(group: number): string[];
}

export interface Reader {
  readonly connection: DuckDBConnection;
  readonly lexicon: Lexicon;
  readonly views: DimensionViews;
}

const remembered = new WeakMap<Slice, Map<string, Promise<Grouped>>>();
const KINDS = REASONS.length;

export function groupSlice(reader: Reader, slice: Slice, by: readonly Grouping[]): Promise<Grouped> {
  const known = remembered.get(slice) ?? new Map<string, Promise<Grouped>>();
  remembered.set(slice, known);
  const key = JSON.stringify(by);
  const found = known.get(key) ?? group(reader, slice, by);
  known.set(key, found);
  found.catch(() => known.delete(key));
  return found;
}

async function group(reader: Reader, slice: Slice, by: readonly Grouping[]): Promise<Grouped> {
  const { lexicon } = reader;
  const views = by.map((grouping) => reader.views.viewOf(grouping));
  const width = views.length;
  const keys = createNumberLists();
  const scratch = new Int32Array(Math.max(1, width));
  let attempts = new Float64Array(64);
  let packets = new Float64Array(64);
  let reasons = new Float64Array(64 * KINDS);
  let protocols = new Int32Array(64);
  const first: bigint[] = [];
  const last: bigint[] = [];
  const reasonOf = lexicon.events.map((event) => REASONS.indexOf(event.reason));
  const protocolNames = [...new Set(lexicon.events.map((event) => event.protocol))];
  const protocolOf = lexicon.events.map((event) => 1 << protocolNames.indexOf(event.protocol));
  const floats = (length: number) => new Float64Array(length);

  const groupOf = (): number => {
    const id = keys.idOf(scratch, width);
    if (id >= attempts.length) {
      attempts = grown(attempts, id + 1, floats);
      packets = grown(packets, id + 1, floats);
      protocols = grown(protocols, id + 1, (length) => new Int32Array(length));
      reasons = grown(reasons, (id + 1) * KINDS, floats);
    }
    return id;
  };
  const widen = (id: number, from: bigint, to: bigint): void => {
    const [begin, end] = [first[id], last[id]];
    if (begin === undefined || from < begin) first[id] = from;
    if (end === undefined || to > end) last[id] = to;
  };
  const count = (id: number, event: number, by: number): void => {
    attempts[id] = (attempts[id] ?? 0) + by;
    const at = id * KINDS + (reasonOf[event] ?? 0);
    reasons[at] = (reasons[at] ?? 0) + by;
  };

  const raw = await rawOf(reader, slice, views);
  for (let row = 0; row < raw.count; row++) {
    for (let index = 0; index < width; index++) scratch[index] = raw.codeAt(index, row);
    const id = groupOf();
    const event = raw.eventAt(row);
    count(id, event, raw.sums.attempts[row] ?? 0);
    packets[id] = (packets[id] ?? 0) + (raw.sums.packets[row] ?? 0);
    protocols[id] = (protocols[id] ?? 0) | (protocolOf[event] ?? 0);
    widen(id, raw.sums.first[row] ?? 0n, raw.sums.last[row] ?? 0n);
  }

  const { parts } = slice;
  /** 1 + the run (attempt) that a group, or a reason of a group, was last counted for. */
  let counted = new Int32Array(Math.max(64, keys.size));
  let countedReason = new Int32Array(Math.max(64, keys.size) * KINDS);
  let run = 0;
  for (let row = 0; row < parts.count; row++) {
    if (row === 0 || parts.attempt[row] !== parts.attempt[row - 1]) run += 1;
    for (let index = 0; index < width; index++) {
      const view = views[index];
      if (view) scratch[index] = view.codeOfPart(parts.ids[view.partColumn][row] ?? 0);
    }
    const id = groupOf();
    const event = parts.ids.event[row] ?? 0;
    packets[id] = (packets[id] ?? 0) + (parts.packets[row] ?? 0);
    protocols[id] = (protocols[id] ?? 0) | (protocolOf[event] ?? 0);
    widen(id, parts.first[row] ?? 0n, parts.last[row] ?? 0n);
    const mode = parts.mode[row];
    if (mode === COUNTS_ONE) count(id, event, 1);
    if (mode !== COUNTS_DISTINCT) continue;
    if (id >= counted.length) {
      counted = grown(counted, id + 1, (length) => new Int32Array(length));
      countedReason = grown(countedReason, counted.length * KINDS, (length) => new Int32Array(length));
    }
    if (counted[id] !== run) {
      counted[id] = run;
      attempts[id] = (attempts[id] ?? 0) + 1;
    }
    const at = id * KINDS + (reasonOf[event] ?? 0);
    if (countedReason[at] === run) continue;
    countedReason[at] = run;
    reasons[at] = (reasons[at] ?? 0) + 1;
  }

  return {
    views,
    size: keys.size,
    codesAt: (id) => keys.at(id),
    textsAt: (id) => keys.at(id).map((code, index) => views[index]?.textOf(code) ?? ""),
    find: (codes) => {
      for (let index = 0; index < width; index++) scratch[index] = codes[index] ?? 0;
      return keys.find(scratch, width);
    },
    attemptsAt: (id) => attempts[id] ?? 0,
    packetsAt: (id) => packets[id] ?? 0,
    firstAt: (id) => first[id] ?? 0n,
    lastAt: (id) => last[id] ?? 0n,
    reasonsAt: (id) => {
      const entries = REASONS.map((reason, index): [Reason, number] => [reason, reasons[id * KINDS + index] ?? 0]);
      return Object.fromEntries(entries.filter(([, attempts]) => attempts > 0));
    },
    protocolsAt: (id) => protocolNames.filter((name, index) => name !== "" && ((protocols[id] ?? 0) & (1 << index)) !== 0).sort(),
  };
}

interface RawOf {
  readonly count: number;
  readonly sums: RawGroups;
  codeAt(index: number, row: number): number;
  eventAt(row: number): number;
}

/** The plain sessions of a slice, summed by what the views need and by event. */
async function rawOf(reader: Reader, slice: Slice, views: readonly DimensionView[]): Promise<RawOf> {
  const { plain } = slice;
  if (plain?.is === "mirror" && views.length > 1) {
    const { mirror } = plain;
    const sums = sumMirror(plain, [...views.map((view) => codesOf(mirror, view)), mirror.ids.event]);
    return {
      count: sums.count,
      sums,
      codeAt: (index, row) => sums.keys[index]?.[row] ?? 0,
      eventAt: (row) => sums.keys[views.length]?.[row] ?? 0,
    };
  }
  const inMirror = plain?.is === "mirror";
  const names = [...views.map((view) => (inMirror ? view.partColumn : view.column)), "event"];
  const columns = [...new Set(names)];
  const sums = await rawGroups(reader.connection, slice, columns);
  const keys = names.map((name) => sums.keys[columns.indexOf(name)]);
  return {
    count: sums.count,
    sums,
    codeAt: (index, row) => {
      const id = keys[index]?.[row] ?? 0;
      const view = views[index];
      return (inMirror ? view?.codeOfPart(id) : view?.codeOfColumn(id)) ?? 0;
    },
    eventAt: (row) => keys[views.length]?.[row] ?? 0,
  };
}

/** The code of a view's value for every row of the mirror. */
function codesOf(mirror: Mirror, view: DimensionView): Int32Array {
  const ids = partIds(mirror, view.partColumn);
  const codes = new Int32Array(mirror.count);
  for (let row = 0; row < codes.length; row++) codes[row] = view.codeOfPart(ids[row] ?? 0);
  return codes;
}

/** A slice grouped: every group with its counts and times, exact, remembered as long as the slice is. */
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Grouping } from "#lib/flows/dimension.ts";
import { REASONS, type Reason } from "#lib/flows/reason.ts";
import type { ReasonCounts } from "#lib/questions/answer.ts";
import type { DimensionView, DimensionViews } from "./dimension-view.ts";
import { createGroupIndex } from "./group-index.ts";
import { grown } from "./grow.ts";
import { instantAt } from "./instant.ts";
import type { Lexicon } from "./lexicon.ts";
import { COUNTS_DISTINCT, COUNTS_ONE, type Parts } from "./parts.ts";
import { type RawGroups, rawGroups } from "./raw-groups.ts";
import type { Slice } from "./slice.ts";
import { UNKNOWN_ROW } from "./sums.ts";
import { addAttempts, addToReason, begins, createTally, ends, markOfPart, markOfRow, NOT_ONE, reserveGroup, type Tally } from "./tally.ts";

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
  /** Whole milliseconds of them. */
  firstMsAt(group: number): number;
  lastMsAt(group: number): number;
  /** Whose flow is the newest, as tally.ts marks it. */
  newestAt(group: number): number;
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

/** What an event of the dictionary counts for: the number of its reason, the bit of its protocol. */
interface EventNumbers {
  readonly reasonOf: Int32Array;
  readonly protocolOf: Int32Array;
  readonly protocolNames: readonly string[];
}

function eventNumbers({ events }: Lexicon): EventNumbers {
  const protocolNames = [...new Set(events.map((event) => event.protocol))];
  return {
    reasonOf: Int32Array.from(events, (event) => REASONS.indexOf(event.reason)),
    protocolOf: Int32Array.from(events, (event) => 1 << protocolNames.indexOf(event.protocol)),
    protocolNames,
  };
}

async function group(reader: Reader, slice: Slice, by: readonly Grouping[]): Promise<Grouped> {
  const views = by.map((grouping) => reader.views.viewOf(grouping));
  const raw = await rawGroups(reader.connection, slice, views);
  const events = eventNumbers(reader.lexicon);
  const index = createGroupIndex(views.length);
  const scratch = new Int32Array(Math.max(1, views.length));
  const tally = createTally();
  const groupOf = (): number => {
    const group = index.idOf(scratch);
    reserveGroup(tally, group);
    return group;
  };
  if (raw) {
    const groups = index.idsOf(raw.codes, raw.at, raw.sums.count);
    reserveGroup(tally, index.size - 1);
    addRaw(tally, raw, events, groups);
  }
  addParts(tally, slice.parts, views, events, scratch, groupOf);
  const { attempts, packets, reasons, protocols, firstMs, firstNs, lastMs, lastNs, newest } = tally;
  const { protocolNames } = events;
  return {
    views,
    size: index.size,
    codesAt: (group) => index.at(group),
    textsAt: (group) => index.at(group).map((code, at) => views[at]?.textOf(code) ?? ""),
    find: (codes) => {
      for (let at = 0; at < views.length; at++) scratch[at] = codes[at] ?? 0;
      return index.find(scratch);
    },
    attemptsAt: (group) => attempts[group] ?? 0,
    packetsAt: (group) => packets[group] ?? 0,
    firstAt: (group) => instantAt(firstMs[group] ?? 0, firstNs[group] ?? 0),
    lastAt: (group) => instantAt(lastMs[group] ?? 0, lastNs[group] ?? 0),
    firstMsAt: (group) => firstMs[group] ?? 0,
    lastMsAt: (group) => lastMs[group] ?? 0,
    newestAt: (group) => newest[group] ?? NOT_ONE,
    reasonsAt: (group) => {
      const entries = REASONS.map((reason, at): [Reason, number] => [reason, reasons[group * KINDS + at] ?? 0]);
      return Object.fromEntries(entries.filter(([, attempts]) => attempts > 0));
    },
    protocolsAt: (group) => protocolNames.filter((name, at) => name !== "" && ((protocols[group] ?? 0) & (1 << at)) !== 0).sort(),
  };
}

function addRaw(tally: Tally, { sums, at: places, events }: RawGroups, { reasonOf, protocolOf }: EventNumbers, groups: Int32Array): void {
  const { attempts, packets, firstMs, firstNs, lastMs, lastNs, lastRow } = sums;
  for (let at = 0; at < sums.count; at++) {
    const group = groups[at] ?? 0;
    const event = events[places ? (places[at] ?? 0) : at] ?? 0;
    addAttempts(tally, group, reasonOf[event] ?? 0, attempts[at] ?? 0);
    tally.packets[group] = (tally.packets[group] ?? 0) + (packets[at] ?? 0);
    tally.protocols[group] = (tally.protocols[group] ?? 0) | (protocolOf[event] ?? 0);
    begins(tally, group, firstMs[at] ?? 0, firstNs[at] ?? 0);
    const row = lastRow?.[at] ?? UNKNOWN_ROW;
    ends(tally, group, lastMs[at] ?? 0, lastNs[at] ?? 0, row === UNKNOWN_ROW ? NOT_ONE : markOfRow(row));
  }
}

const ints = (length: number): Int32Array => new Int32Array(length);

/** The run (attempt) that a group, or a reason of a group, was last counted for; runs are numbered on, so that nothing has to be cleared. */
const counts = { run: 0, counted: ints(64), countedReason: ints(64 * KINDS) };
const LAST_RUN = 0x7fff_fff0;

function addParts(
  tally: Tally,
  parts: Parts,
  views: readonly DimensionView[],
  numbers: EventNumbers,
  scratch: Int32Array,
  groupOf: () => number,
): void {
  const columns = views.map((view) => ({ ids: parts.ids[view.partColumn], codeOf: view.codeOfPart }));
  const { attempt, mode, packets, firstMs, firstNs, lastMs, lastNs } = parts;
  const events = parts.ids.event;
  if (counts.run + parts.count > LAST_RUN) Object.assign(counts, { run: 0, counted: ints(64), countedReason: ints(64 * KINDS) });
  let { run, counted, countedReason } = counts;
  for (let row = 0; row < parts.count; row++) {
    if (row === 0 || attempt[row] !== attempt[row - 1]) run += 1;
    for (let view = 0; view < columns.length; view++) {
      const column = columns[view];
      if (column) scratch[view] = column.codeOf(column.ids[row] ?? 0);
    }
    const group = groupOf();
    const event = events[row] ?? 0;
    const reason = numbers.reasonOf[event] ?? 0;
    tally.packets[group] = (tally.packets[group] ?? 0) + (packets[row] ?? 0);
    tally.protocols[group] = (tally.protocols[group] ?? 0) | (numbers.protocolOf[event] ?? 0);
    begins(tally, group, firstMs[row] ?? 0, firstNs[row] ?? 0);
    ends(tally, group, lastMs[row] ?? 0, lastNs[row] ?? 0, markOfPart(row));
    if (mode[row] === COUNTS_ONE) addAttempts(tally, group, reason, 1);
    if (mode[row] !== COUNTS_DISTINCT) continue;
    if (group >= counted.length) {
      counted = grown(counted, group + 1, ints);
      countedReason = grown(countedReason, counted.length * KINDS, ints);
    }
    if (counted[group] !== run) {
      counted[group] = run;
      tally.attempts[group] = (tally.attempts[group] ?? 0) + 1;
    }
    const at = group * KINDS + reason;
    if (countedReason[at] === run) continue;
    countedReason[at] = run;
    addToReason(tally, group, reason, 1);
  }
  Object.assign(counts, { run, counted, countedReason });
}

/** A slice cut from the mirror: which rows count as they are, which have to be counted with their attempt at hand, which cross an end. */
import { ASPECT_COLUMNS, ASPECTS, type Aspect } from "./aspects.ts";
import { instantAt } from "./instant.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Mirror } from "./mirror.ts";
import { findRows, onlyEvents, type PassingRows } from "./mirror-rows.ts";
import { COUNTS_DISTINCT, emptyParts, mergeParts, type Parts } from "./parts.ts";
import { both, type Predicate, passes } from "./predicate.ts";
import { freshRowsOf } from "./rollups.ts";
import type { RowLists } from "./row-lists.ts";
import type { Span } from "./span.ts";

export interface MirrorPlain {
  readonly is: "mirror";
  readonly mirror: Mirror;
  /** Segments whose FRESH rows count, as far as their events pass; in no list. */
  readonly segments: readonly number[];
  /** By event, and by combination of the rule aspect: 1 or 0. */
  readonly events: Uint8Array;
  readonly rulePasses: Uint8Array;
  /** Rows beside the segments. */
  readonly loose: readonly RowLists[];
  /** Every row, as the mirror numbers them. */
  all(): RowLists;
  /** How many rows are kept in lists. */
  held(): number;
}

export interface MirrorCut {
  readonly plain: MirrorPlain;
  readonly parts: Parts;
  /** Session ids that reach over an end of the window. */
  readonly crossing: readonly number[];
  readonly crossingFirst: BigInt64Array;
  readonly crossingLast: BigInt64Array;
}

/** Undefined where the filter reads a column that the mirror does not have. */
export function cutMirror(mirror: Mirror, lexicon: Lexicon, predicate: Predicate, span: Span): MirrorCut | undefined {
  const from = Number(span.from / 1_000_000n);
  const to = Number(span.to / 1_000_000n);
  const { onEvent, rest } = splitByEvent(predicate);
  const found = findRows(mirror, lexicon, rest, from, to);
  if (found === undefined) return undefined;
  const events = Uint8Array.from(lexicon.events, (_, event) => (passes(onEvent, { ids: () => event, uuid: "" }) ? 1 : 0));
  const passing = onlyEvents(mirror, found, events);
  const { odd, mixed, crossing } = passing;
  return {
    plain: plainOf(mirror, passing, events),
    parts: mergeParts(partsOf(mirror, mixed), partsOf(mirror, odd)),
    crossing: Array.from(crossing, (row) => mirror.session[row] ?? 0),
    crossingFirst: BigInt64Array.from(crossing, (row) => instantAt(mirror.firstMs[row] ?? 0, mirror.firstNs[row] ?? 0)),
    crossingLast: BigInt64Array.from(crossing, (row) => instantAt(mirror.lastMs[row] ?? 0, mirror.lastNs[row] ?? 0)),
  };
}

/** What the event alone decides, and what does not read it alone; both have to hold. */
function splitByEvent(predicate: Predicate): { readonly onEvent: Predicate; readonly rest: Predicate } {
  const parts = flat(predicate);
  return {
    onEvent: both("and", parts.filter(readsEventOnly)),
    rest: both(
      "and",
      parts.filter((part) => !readsEventOnly(part)),
    ),
  };
}

function flat(predicate: Predicate): readonly Predicate[] {
  if (predicate.is !== "and") return predicate.is === "all" ? [] : [predicate];
  return predicate.of.flatMap(flat);
}

function readsEventOnly(predicate: Predicate): boolean {
  switch (predicate.is) {
    case "ids":
      return predicate.column === "event";
    case "not":
      return readsEventOnly(predicate.of);
    case "and":
    case "or":
      return predicate.of.every(readsEventOnly);
    default:
      return false;
  }
}

function plainOf(mirror: Mirror, found: PassingRows, events: Uint8Array): MirrorPlain {
  const { segments, rulePasses } = found;
  let all: RowLists | undefined;
  const { numbers } = mirror.mixed().columns;
  const expand = (): RowLists => {
    const of = mirror.of.rule;
    const lists = segments.map((segment) => freshRowsOf(mirror, segment).filter((row) => rulePasses[of[row] ?? 0] === 1));
    const fresh = joined([...lists, found.fresh, found.mixedFresh.map((at) => numbers[at] ?? 0)]);
    return { columns: mirror, fresh, later: joined([found.later, found.mixedLater.map((at) => numbers[at] ?? 0)]) };
  };
  const loose = found.lists();
  return {
    is: "mirror",
    mirror,
    segments,
    events,
    rulePasses,
    loose,
    all: () => {
      all ??= expand();
      return all;
    },
    held: () => [...loose, ...(all ? [all] : [])].reduce((sum, { fresh, later }) => sum + fresh.length + later.length, 0),
  };
}

function joined(lists: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}

/** `rows`: ordered by attempt. */
function partsOf(mirror: Mirror, rows: Uint32Array): Parts {
  const parts = emptyParts(rows.length);
  parts.mode.fill(COUNTS_DISTINCT);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    parts.attempt[at] = mirror.attempt[row] ?? 0;
    parts.firstMs[at] = mirror.firstMs[row] ?? 0;
    parts.firstNs[at] = mirror.firstNs[row] ?? 0;
    parts.lastMs[at] = mirror.lastMs[row] ?? 0;
    parts.lastNs[at] = mirror.lastNs[row] ?? 0;
    parts.packets[at] = mirror.packets[row] ?? 0;
    parts.session[at] = mirror.session[row] ?? 0;
  }
  for (const aspect of ASPECTS) fillIds(parts, mirror, rows, aspect);
  return parts;
}

function fillIds(parts: Parts, mirror: Mirror, rows: Uint32Array, aspect: Aspect): void {
  const { values, width } = mirror.combinations[aspect];
  const of = mirror.of[aspect];
  for (const [index, column] of ASPECT_COLUMNS[aspect].entries()) {
    if (column === "grp" || (column === "event" && aspect !== "rule")) continue;
    const ids = parts.ids[column];
    for (let at = 0; at < rows.length; at++) ids[at] = values[(of[rows[at] ?? 0] ?? 0) * width + index] ?? 0;
  }
}

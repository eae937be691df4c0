/** A slice cut from the mirror: which rows count as they are, which have to be counted with their attempt at hand, which cross an end. */
import type { Aspect } from "./aspects.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Mirror } from "./mirror.ts";
import { partsOf } from "./mirror-parts.ts";
import { findRows } from "./mirror-rows.ts";
import { mergeParts, type Parts } from "./parts.ts";
import { eventsPassing, onlyEvents, type PassingRows } from "./passing-rows.ts";
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
  /** Rows that reach over an end of the window. */
  readonly crossing: Uint32Array;
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
    parts: mergeParts(partsOf(mirror.mixed().columns, mirror.mixed().source, mixed), partsOf(mirror, mirror, odd)),
    crossing,
  };
}

const passingOf = new WeakMap<MirrorPlain, Map<Aspect, Uint8Array>>();

/** By combination of the aspect, 1 or 0: whether its event, the last of its ids, counts. */
export function combinationsPassing(plain: MirrorPlain, aspect: Aspect): Uint8Array {
  if (aspect === "rule") return plain.rulePasses;
  const known = passingOf.get(plain) ?? new Map<Aspect, Uint8Array>();
  passingOf.set(plain, known);
  const found = known.get(aspect) ?? eventsPassing(plain.mirror, aspect, plain.events);
  known.set(aspect, found);
  return found;
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
  const loose = found.lists();
  const expand = (): RowLists => {
    const of = mirror.of.rule;
    const lists = segments.map((segment) => freshRowsOf(mirror, segment).filter((row) => rulePasses[of[row] ?? 0] === 1));
    const fresh = joined([...lists, ...loose.map((list) => numbered(list, list.fresh))]);
    return { columns: mirror, fresh, later: joined(loose.map((list) => numbered(list, list.later))) };
  };
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

/** As the mirror numbers them. */
function numbered({ columns: { numbers } }: RowLists, rows: Uint32Array): Uint32Array {
  return numbers === undefined ? rows : rows.map((row) => numbers[row] ?? 0);
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

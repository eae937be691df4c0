/** A slice cut from the mirror: which rows count as they are, which have to be counted with their attempt at hand, which cross an end. */
import type { Lexicon } from "./lexicon.ts";
import { type Mirror, nsOf } from "./mirror.ts";
import { COUNTS_DISTINCT, emptyParts, type Parts } from "./parts.ts";
import type { IdColumn, Predicate } from "./predicate.ts";
import { FRESH, LATER } from "./schema.ts";
import type { Span } from "./span.ts";

/** Rows of the mirror: each of `fresh` is one attempt, those of `later` belong to attempts among them. */
export interface MirrorPlain {
  readonly is: "mirror";
  readonly mirror: Mirror;
  readonly fresh: Uint32Array;
  readonly later: Uint32Array;
}

export interface MirrorCut {
  readonly plain: MirrorPlain;
  readonly parts: Parts;
  /** Session ids that reach over an end of the window. */
  readonly crossing: readonly number[];
  readonly crossingFirst: BigInt64Array;
  readonly crossingLast: BigInt64Array;
}

type RowTest = (row: number) => boolean;

/** Undefined where the filter reads a column that the mirror does not have. */
export function cutMirror(mirror: Mirror, lexicon: Lexicon, predicate: Predicate, span: Span): MirrorCut | undefined {
  const test = rowTest(mirror, lexicon, predicate);
  if (test === undefined) return undefined;
  const from = Number(span.from / 1_000_000n);
  const to = Number(span.to / 1_000_000n);
  const { count, kind, firstMs, lastMs, back } = mirror;
  const fresh = new Uint32Array(count);
  const later: number[] = [];
  const odd: number[] = [];
  const crossing: number[] = [];
  let freshCount = 0;
  for (let row = 0; row < count; row++) {
    const first = firstMs[row] ?? 0;
    const last = lastMs[row] ?? 0;
    if (last < from || first >= to || !test(row)) continue;
    if (first < from || last >= to) crossing.push(row);
    else if (kind[row] === FRESH) {
      fresh[freshCount] = row;
      freshCount += 1;
    } else if (kind[row] === LATER && first - (back[row] ?? 0) >= from) later.push(row);
    else odd.push(row);
  }
  return {
    plain: { is: "mirror", mirror, fresh: fresh.slice(0, freshCount), later: Uint32Array.from(later) },
    parts: oddParts(mirror, odd),
    crossing: crossing.map((row) => mirror.session[row] ?? 0),
    crossingFirst: BigInt64Array.from(crossing, (row) => nsOf(mirror.firstMs[row] ?? 0, mirror.firstNs[row] ?? 0)),
    crossingLast: BigInt64Array.from(crossing, (row) => nsOf(mirror.lastMs[row] ?? 0, mirror.lastNs[row] ?? 0)),
  };
}

function oddParts(mirror: Mirror, rows: readonly number[]): Parts {
  const sorted = [...rows].sort((a, b) => (mirror.attempt[a] ?? 0) - (mirror.attempt[b] ?? 0));
  const parts = emptyParts(sorted.length);
  for (const [at, row] of sorted.entries()) {
    parts.attempt[at] = mirror.attempt[row] ?? 0;
    parts.mode[at] = COUNTS_DISTINCT;
    parts.first[at] = nsOf(mirror.firstMs[row] ?? 0, mirror.firstNs[row] ?? 0);
    parts.last[at] = nsOf(mirror.lastMs[row] ?? 0, mirror.lastNs[row] ?? 0);
    parts.packets[at] = mirror.packets[row] ?? 0;
    parts.session[at] = mirror.session[row] ?? 0;
    parts.ids.sender[at] = mirror.ids.sender[row] ?? 0;
    parts.ids.place[at] = mirror.ids.place[row] ?? 0;
    parts.ids.event[at] = mirror.ids.event[row] ?? 0;
    parts.ids.policies[at] = mirror.ids.policies[row] ?? 0;
    parts.ids.node[at] = mirror.ids.node[row] ?? 0;
    parts.ids.dport[at] = mirror.ids.dport[row] ?? 0;
  }
  return parts;
}

function rowTest(mirror: Mirror, lexicon: Lexicon, predicate: Predicate): RowTest | undefined {
  switch (predicate.is) {
    case "all":
      return () => true;
    case "none":
      return () => false;
    case "uuid":
      return undefined;
    case "ids":
      return idTest(mirror, lexicon, predicate.column, predicate.passes, predicate.shift);
    case "not": {
      const test = rowTest(mirror, lexicon, predicate.of);
      return test && ((row) => !test(row));
    }
    default: {
      const tests = predicate.of.map((one) => rowTest(mirror, lexicon, one)).filter((test) => test !== undefined);
      if (tests.length < predicate.of.length) return undefined;
      return predicate.is === "and" ? (row) => tests.every((test) => test(row)) : (row) => tests.some((test) => test(row));
    }
  }
}

function idTest(mirror: Mirror, lexicon: Lexicon, column: IdColumn, passes: Uint8Array, shift: number): RowTest | undefined {
  switch (column) {
    case "ip": {
      const ofPlace = Uint8Array.from(lexicon.places, (place) => passes[place.ip] ?? 0);
      return (row) => ofPlace[mirror.ids.place[row] ?? 0] === 1;
    }
    case "sender":
    case "place":
    case "event":
    case "policies":
    case "node":
    case "dport":
      return (row) => passes[(mirror.ids[column][row] ?? 0) + shift] === 1;
    default:
      return undefined;
  }
}

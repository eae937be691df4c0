/** Slices by question, remembered while the data stays the same: an overview asks a dozen questions about the same few. */
import { createHash } from "node:crypto";
import type { Filter } from "#lib/filters/filter.ts";
import type { Problem } from "#lib/questions/answer.ts";
import { filterProblem } from "#lib/questions/problems.ts";
import type { Question } from "#lib/questions/question.ts";
import { windowBefore } from "#lib/questions/resolve-window.ts";
import { type Scope, scopeOf } from "#lib/questions/scope.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { type Asked, createPredicateMaker } from "./filter-predicate.ts";
import type { Reader } from "./grouped.ts";
import type { Mirror } from "./mirror.ts";
import { predicateKey } from "./predicate.ts";
import { cutSlice, HELD, heldBy, type Slice } from "./slice.ts";
import type { Span } from "./span.ts";

const REMEMBERED = 12;
/** Rows of all remembered slices together, up to 50 bytes each. */
const REMEMBERED_ROWS = 2_000_000;
const NS_PER_MS = 1_000_000n;
/** Before and after every time a flow can have, with room to add to. */
const BEGINNING = -(2n ** 62n);
const END = 2n ** 62n;

export interface Cut {
  readonly now: Slice;
  /** Undefined where the store does not reach back before the window. */
  before(): Promise<Slice> | undefined;
  /** All of the stored time before the window; undefined as above. */
  earlier(): Promise<Slice> | undefined;
  /** All of the stored time after the window. */
  after(): Promise<Slice>;
  readonly problem?: never;
}

/** What a wide question is answered from: everything in it sees the same state of the tables. */
export interface Snapshot {
  readonly reader: Reader;
  cut(question: Question, as?: AskedAs): Promise<Cut | { readonly problem: Problem }>;
}

export interface Slices {
  /** `oldest`: first instant of all rows; undefined = no row. */
  at(version: string, oldest: bigint | undefined, mirror: Mirror | undefined): Snapshot;
}

export interface AskedAs {
  readonly filter: Filter;
  readonly scope: Scope;
}

export function createSlices(reader: Reader, mostHeld = HELD): Slices {
  const maker = createPredicateMaker(reader.lexicon);
  let rememberedVersion = "";
  let remembered = new Map<string, Slice>();

  const sliceOf = async (asked: Asked, key: string, span: Span, mirror: Mirror | undefined): Promise<Slice> => {
    const spanKey = `${span.from} ${span.to} ${key}`;
    const known = remembered.get(spanKey);
    const slice = known ?? (await cutSlice(reader.connection, reader.lexicon, asked, span, mostHeld, mirror));
    remembered.delete(spanKey);
    remembered.set(spanKey, slice);
    let held = 0;
    for (const one of remembered.values()) held += heldBy(one);
    for (const [oldestKey, oldest] of remembered) {
      if (remembered.size <= 1 || (remembered.size <= REMEMBERED && held <= REMEMBERED_ROWS)) break;
      remembered.delete(oldestKey);
      held -= heldBy(oldest);
    }
    return slice;
  };

  const cut = async (
    question: Question,
    oldest: bigint | undefined,
    mirror: Mirror | undefined,
    as: AskedAs,
  ): Promise<Cut | { readonly problem: Problem }> => {
    const asked = maker.predicateOf(as.filter, as.scope, question.text);
    if (asked.problem) return { problem: filterProblem(asked.problem) };
    const key = keyOf(asked);
    const { from, to } = spanOf(question.window);
    const reachesBack = oldest !== undefined && oldest < from;
    return {
      now: await sliceOf(asked, key, { from, to }, mirror),
      before: () => (reachesBack ? sliceOf(asked, key, spanOf(windowBefore(question.window)), mirror) : undefined),
      earlier: () => (reachesBack ? sliceOf(asked, key, { from: BEGINNING, to: from }, mirror) : undefined),
      after: () => sliceOf(asked, key, { from: to, to: END }, mirror),
    };
  };
  return {
    at: (version, oldest, mirror) => {
      if (version !== rememberedVersion) {
        remembered = new Map();
        rememberedVersion = version;
      }
      return {
        reader,
        cut: (question, as = { filter: question.filter, scope: scopeOf(question.filter) }) => cut(question, oldest, mirror, as),
      };
    },
  };
}

export function spanOf(window: ResolvedWindow): Span {
  return { from: BigInt(window.from) * NS_PER_MS, to: BigInt(window.to) * NS_PER_MS };
}

function keyOf(asked: Asked): string {
  return createHash("sha256")
    .update(JSON.stringify([predicateKey(asked.predicate), asked.uuids]))
    .digest("base64");
}

/** A slice cut from the mirror: which rows count as they are, which have to be counted with their attempt at hand, which cross an end. */
import { ASPECT_COLUMNS, ASPECTS, type Aspect } from "./aspects.ts";
import { byAttempt } from "./by-attempt.ts";
import { instantAt } from "./instant.ts";
import type { Lexicon } from "./lexicon.ts";
import { BLOCK, type Mirror } from "./mirror.ts";
import { mirrorTest } from "./mirror-test.ts";
import { COUNTS_DISTINCT, emptyParts, mergeParts, type Parts } from "./parts.ts";
import type { Predicate } from "./predicate.ts";
import { createRowList } from "./row-list.ts";
import { FRESH, LATER, MIXED } from "./schema.ts";
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

/** Undefined where the filter reads a column that the mirror does not have. */
export function cutMirror(mirror: Mirror, lexicon: Lexicon, predicate: Predicate, span: Span): MirrorCut | undefined {
  const test = mirrorTest(mirror, lexicon, predicate);
  if (test === undefined) return undefined;
  const from = Number(span.from / 1_000_000n);
  const to = Number(span.to / 1_000_000n);
  const { count, kind, firstMs, lastMs, back, of, blockFirst, blockLast } = mirror;
  const { passes, and } = test;
  const [fresh, later, odd, crossing] = [createRowList(), createRowList(), createRowList(), createRowList()];
  for (let start = 0; start < count; start += BLOCK) {
    const block = start / BLOCK;
    const [earliest, latest] = [blockFirst[block] ?? 0, blockLast[block] ?? 0];
    if (latest < from || earliest >= to) continue;
    const inside = earliest >= from && latest < to;
    const end = Math.min(count, start + BLOCK);
    fresh.reserve(BLOCK);
    for (let row = start; row < end; row++) {
      if (
        passes.from[of.from[row] ?? 0] === 0 ||
        passes.rule[of.rule[row] ?? 0] === 0 ||
        passes.port[of.port[row] ?? 0] === 0 ||
        passes.towards[of.towards[row] ?? 0] === 0
      )
        continue;
      const known = kind[row];
      if (known === MIXED || (and !== undefined && !and(row))) continue;
      if (!inside) {
        const first = firstMs[row] ?? 0;
        const last = lastMs[row] ?? 0;
        if (last < from || first >= to) continue;
        if (first < from || last >= to) {
          crossing.push(row);
          continue;
        }
      }
      if (known === FRESH) fresh.push(row);
      else if (known === LATER && (firstMs[row] ?? 0) - (back[row] ?? 0) >= from) later.push(row);
      else odd.push(row);
    }
  }
  const mixed = createRowList();
  for (const row of mirror.mixedRows()) {
    const first = firstMs[row] ?? 0;
    const last = lastMs[row] ?? 0;
    if (last < from || first >= to || passes.from[of.from[row] ?? 0] === 0 || passes.rule[of.rule[row] ?? 0] === 0) continue;
    if (passes.port[of.port[row] ?? 0] === 0 || passes.towards[of.towards[row] ?? 0] === 0 || (and !== undefined && !and(row))) continue;
    (first < from || last >= to ? crossing : mixed).push(row);
  }
  const over = crossing.rows();
  return {
    plain: { is: "mirror", mirror, fresh: fresh.rows(), later: later.rows() },
    parts: mergeParts(partsOf(mirror, mixed.rows()), partsOf(mirror, byAttempt(mirror.attempt, odd.rows()))),
    crossing: Array.from(over, (row) => mirror.session[row] ?? 0),
    crossingFirst: BigInt64Array.from(over, (row) => instantAt(firstMs[row] ?? 0, mirror.firstNs[row] ?? 0)),
    crossingLast: BigInt64Array.from(over, (row) => instantAt(lastMs[row] ?? 0, mirror.lastNs[row] ?? 0)),
  };
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
    if (column === "grp") continue;
    const ids = parts.ids[column];
    for (let at = 0; at < rows.length; at++) ids[at] = values[(of[rows[at] ?? 0] ?? 0) * width + index] ?? 0;
  }
}

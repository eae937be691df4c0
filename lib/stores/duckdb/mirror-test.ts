/** A predicate as tests of the mirror's rows: whatever reads one aspect alone is tested once per combination, the rest row by row. */
import { ASPECT_COLUMNS, ASPECTS, type Aspect, indexIn } from "./aspects.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Mirror } from "./mirror.ts";
import { type IdColumn, passes as letsThrough, type Predicate } from "./predicate.ts";

export interface MirrorTest {
  /** By combination, 1 or 0; all have to pass. */
  readonly passes: { readonly [A in Aspect]: Uint8Array };
  /** Aspects of which not every combination passes. */
  readonly tested: readonly Aspect[];
  /** And this, where it is. */
  readonly and: ((row: number) => boolean) | undefined;
}

type RowTest = (row: number) => boolean;

/** Undefined where the predicate reads a column that the mirror does not have. */
export function mirrorTest(mirror: Mirror, lexicon: Lexicon, predicate: Predicate): MirrorTest | undefined {
  const of: { [A in Aspect]: Predicate[] } = { rule: [], port: [], from: [], towards: [] };
  const tests: RowTest[] = [];
  for (const one of predicate.is === "and" ? predicate.of : [predicate]) {
    const aspect = oneAspect(one);
    if (aspect) of[aspect].push(one);
    else {
      const test = rowTest(mirror, lexicon, one);
      if (test === undefined) return undefined;
      tests.push(test);
    }
  }
  const passing = (aspect: Aspect): Uint8Array => combinationsPassing(mirror, lexicon, aspect, of[aspect]);
  const passes = { rule: passing("rule"), port: passing("port"), from: passing("from"), towards: passing("towards") };
  return {
    passes,
    tested: ASPECTS.filter((aspect) => of[aspect].length > 0 && passes[aspect].includes(0)),
    and: tests.length === 0 ? undefined : (row) => tests.every((test) => test(row)),
  };
}

/** The aspect that answers the predicate alone, if there is one. */
function oneAspect(predicate: Predicate): Aspect | undefined {
  const columns = columnsOf(predicate);
  return columns && ASPECTS.find((aspect) => columns.every((column) => indexIn(aspect, aspectColumn(column)) >= 0));
}

/** Undefined where not only ids are read. */
function columnsOf(predicate: Predicate): readonly IdColumn[] | undefined {
  switch (predicate.is) {
    case "all":
    case "none":
      return [];
    case "uuid":
      return undefined;
    case "ids":
      return [predicate.column];
    case "not":
      return columnsOf(predicate.of);
    default: {
      const all: IdColumn[] = [];
      for (const one of predicate.of) {
        const columns = columnsOf(one);
        if (columns === undefined) return undefined;
        all.push(...columns);
      }
      return all;
    }
  }
}

/** An address is its place's. */
function aspectColumn(column: IdColumn): IdColumn {
  return column === "ip" ? "place" : column;
}

function combinationsPassing(mirror: Mirror, lexicon: Lexicon, aspect: Aspect, predicates: readonly Predicate[]): Uint8Array {
  const { size, width, values } = mirror.combinations[aspect];
  const found = new Uint8Array(size).fill(1);
  const columns: readonly string[] = ASPECT_COLUMNS[aspect];
  let combination = 0;
  const ids = (column: IdColumn): number => {
    const id = values[combination * width + columns.indexOf(aspectColumn(column))] ?? 0;
    return column === "ip" ? (lexicon.places[id]?.ip ?? 0) : id;
  };
  for (const predicate of predicates) {
    if (predicate.is === "ids" && predicate.column !== "ip") {
      const index = columns.indexOf(predicate.column);
      for (let at = 0; at < size; at++) if (predicate.passes[(values[at * width + index] ?? 0) + predicate.shift] !== 1) found[at] = 0;
      continue;
    }
    const row = { ids, uuid: "" };
    for (combination = 0; combination < size; combination++)
      if (found[combination] === 1 && !letsThrough(predicate, row)) found[combination] = 0;
  }
  return found;
}

function rowTest(mirror: Mirror, lexicon: Lexicon, predicate: Predicate): RowTest | undefined {
  const aspect = oneAspect(predicate);
  if (aspect) {
    const found = combinationsPassing(mirror, lexicon, aspect, [predicate]);
    const of = mirror.of[aspect];
    return (row) => found[of[row] ?? 0] === 1;
  }
  switch (predicate.is) {
    case "not": {
      const test = rowTest(mirror, lexicon, predicate.of);
      return test && ((row) => !test(row));
    }
    case "and":
    case "or": {
      const tests = predicate.of.map((one) => rowTest(mirror, lexicon, one)).filter((test) => test !== undefined);
      if (tests.length < predicate.of.length) return undefined;
      return predicate.is === "and" ? (row) => tests.every((test) => test(row)) : (row) => tests.some((test) => test(row));
    }
    default:
      // A uuid, or a column that no aspect has.
      return undefined;
  }
}

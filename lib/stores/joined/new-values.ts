/** Values of a dimension that the feeds show after the boundary and not before it: those that a sum of two counts may count twice. */

import type { Dimension } from "#lib/flows/dimension.ts";
import { parseTime } from "#lib/flows/flow-time.ts";
import type { GroupRow } from "#lib/questions/answer.ts";
import type { Question } from "#lib/questions/question.ts";
import type { Told } from "#lib/stores/told.ts";
import { EVERY_GROUP, keyText, lookUp } from "./look-up.ts";
import { partBefore, type Sides } from "./sides.ts";

export interface NewValue {
  readonly value: string;
  /** Neither side has it before the window. */
  readonly isFresh: boolean;
}

/** Those that history does not have in the window. Flows without a value have none. */
export async function newValues(sides: Sides, question: Question, dimension: Dimension): Promise<Told<readonly NewValue[]>> {
  const { recent, at, gone } = sides;
  const by = [dimension];
  const told = await recent.groups({ ...question, by, ...EVERY_GROUP }, gone);
  if (told.problem !== undefined) return told;
  const young = told.answer.rows.filter((row) => row.key[0] !== null && isFrom(row.firstSeen, at));
  const known = await lookUp(sides, question, by, keysOf(young), partBefore(question.window, at));
  if (known.problem !== undefined) return known;
  const found = young.filter((row) => !known.answer.has(keyText(row.key)));
  const earlier = await everBefore(sides, question, by, found);
  if (earlier.problem !== undefined) return earlier;
  return { answer: found.map((row) => ({ value: row.key[0] ?? "", isFresh: !earlier.answer.has(keyText(row.key)) })) };
}

/** Of these rows of the feeds, by `keyText`: those known from before the window, with the first instant. */
export async function everBefore(
  sides: Sides,
  question: Question,
  by: Parameters<typeof lookUp>[2],
  rows: readonly GroupRow[],
): Promise<Told<ReadonlyMap<string, string>>> {
  const { from } = question.window;
  const own = rows.filter((row) => !isFrom(row.firstStored, from));
  const { oldest } = sides;
  const past = oldest === undefined || oldest >= from ? undefined : { from: oldest, to: from };
  const known = await lookUp(sides, question, by, keysOf(rows), past);
  if (known.problem !== undefined) return known;
  const first = new Map(own.map((row) => [keyText(row.key), row.firstStored]));
  for (const [key, row] of known.answer) first.set(key, row.firstSeen);
  return { answer: first };
}

/** Whether an ISO instant is this one or later (milliseconds since 1970). */
export function isFrom(time: string, ms: number): boolean {
  return (parseTime(time) ?? 0n) >= BigInt(ms) * 1_000_000n;
}

export function keysOf(rows: readonly GroupRow[]): GroupRow["key"][] {
  return rows.map(({ key }) => key);
}

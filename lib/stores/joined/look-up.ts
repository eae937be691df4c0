/** Rows of history by their keys: what it knows of just those groups that the feeds speak of. */

import { isIP } from "node:net";
import { criterionOfCell } from "#lib/filters/edit-filter.ts";
import type { Filter } from "#lib/filters/filter.ts";
import { type Grouping, isLabelGrouping } from "#lib/flows/dimension.ts";
import type { GroupRow } from "#lib/questions/answer.ts";
import type { Question } from "#lib/questions/question.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { Told } from "#lib/stores/told.ts";
import type { Sides } from "./sides.ts";

export type Key = GroupRow["key"];

/** Groups asked of one store at most; a cluster answers with no more rows. */
export const MOST_GROUPS = 40_000;
/** All groups in one answer. */
export const EVERY_GROUP = { order: "key", descending: false, offset: 0, limit: MOST_GROUPS, sparkPoints: 0 } as const;
/** Values of a dimension named in a filter at most; more are not named, and every row is read. */
const MOST_NAMED = 500;
/** Tested for equality, and saying nothing about which flows count at all. */
const NAMED: ReadonlySet<Grouping> = new Set<Grouping>([
  "pod",
  "workload",
  "namespace",
  "cluster",
  "group",
  "name",
  "policy",
  "node",
  "port",
  "ip",
]);

export function keyText(key: Key): string {
  return JSON.stringify(key);
}

/** By `keyText`. Groups without a flow in the window are absent. */
export async function lookUp(
  { history, gone }: Sides,
  question: Question,
  by: readonly Grouping[],
  keys: readonly Key[],
  window: ResolvedWindow | undefined,
): Promise<Told<ReadonlyMap<string, GroupRow>>> {
  if (keys.length === 0 || window === undefined) return { answer: new Map() };
  const filter = by.reduce(
    (narrow, grouping, index) => narrowedTo(narrow, grouping, [...new Set(keys.map((key) => key[index] ?? ""))]),
    question.filter,
  );
  const asked = {
    window,
    filter,
    text: question.text,
    by,
    ...EVERY_GROUP,
  } as const;
  const told = await history.groups(asked, gone);
  if (told.problem !== undefined) return told;
  const wanted = new Set(keys.map(keyText));
  return { answer: new Map(told.answer.rows.map((row) => [keyText(row.key), row] as const).filter(([key]) => wanted.has(key))) };
}

/** Narrower as far as this is simple: clauses that speak of the dimension already stay as they are. */
export function narrowedTo(filter: Filter, grouping: Grouping, values: readonly string[]): Filter {
  if (isLabelGrouping(grouping) || !NAMED.has(grouping) || values.length > MOST_NAMED) return filter;
  if (grouping === "ip" && values.some((value) => isIP(value) === 0)) return filter;
  if (grouping === "port" && values.some((value) => !/^\d*$/.test(value))) return filter;
  const { criterion } = criterionOfCell(grouping, "");
  const clauses = filter.include.length === 0 ? [{}] : filter.include;
  return { ...filter, include: clauses.map((clause) => (clause[criterion] === undefined ? { ...clause, [criterion]: values } : clause)) };
}

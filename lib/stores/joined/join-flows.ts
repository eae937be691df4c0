/** Pages of flows that go over the boundary, one flow, and the nearest one. */

import { parseTime } from "#lib/flows/flow-time.ts";
import type { FlowDetail, FlowPage } from "#lib/questions/answer.ts";
import { cursorText, readCursor } from "#lib/questions/flow-row.ts";
import type { FlowsQuestion, Question } from "#lib/questions/question.ts";
import { BAD_CURSOR, MOST_PACKETS } from "#lib/questions/reference-flows.ts";
import type { Told } from "#lib/stores/told.ts";
import { partAfter, partBefore, type Sides } from "./sides.ts";

/** A page mark names the boundary of its first page, so that the pages of one list are cut alike while history goes on. */
const MARK = /^(\d{1,15})~/;

/** Milliseconds since 1970; undefined = the list begins now. */
export function boundaryOfMark(after: string | undefined): number | undefined {
  const [, at] = MARK.exec(after ?? "") ?? [];
  return at === undefined ? undefined : Number(at);
}

export async function joinFlows(sides: Sides, question: FlowsQuestion): Promise<Told<FlowPage>> {
  const { history, recent, at, gone } = sides;
  const { window, limit, newestFirst } = question;
  const after = question.after?.replace(MARK, "");
  const cursor = after === undefined ? undefined : readCursor(after);
  if (after !== undefined && cursor === undefined) return { problem: BAD_CURSOR };
  const older = { store: history, window: partBefore(window, at) };
  const newer = { store: recent, window: partAfter(window, at) };
  const [first, second] = newestFirst ? [newer, older] : [older, newer];
  const isInSecond = cursor !== undefined && cursor.time < BigInt(at) * 1_000_000n === newestFirst;
  const marked = ({ rows, next }: FlowPage): Told<FlowPage> => ({
    answer: { rows, next: next === undefined ? undefined : `${at}~${next}` },
  });

  const begun =
    isInSecond || first.window === undefined ? undefined : await first.store.flows({ ...question, window: first.window, after }, gone);
  if (begun?.problem !== undefined) return begun;
  if (begun?.answer.next !== undefined || second.window === undefined) return marked(begun?.answer ?? { rows: [], next: undefined });
  const rows = begun?.answer.rows ?? [];
  const left = limit - rows.length;
  const rest = await second.store.flows(
    { ...question, window: second.window, after: isInSecond ? after : undefined, limit: Math.max(1, left) },
    gone,
  );
  if (rest.problem !== undefined) return rest;
  const last = rows.at(-1);
  // a mark of a row that the feeds gave has more digits than history's time of the same row
  const others = rest.answer.rows.filter(({ id }) => id !== cursor?.id);
  if (left > 0) return marked({ rows: [...rows, ...others], next: rest.answer.next });
  return marked({ rows, next: last !== undefined && rest.answer.rows.length > 0 ? cursorText(last) : undefined });
}

/** The feeds' record is the line as it was read here; earlier packets of its attempt are history's. `whole` = history without a cut. */
export async function joinFlow(
  { recent, gone }: Pick<Sides, "recent" | "gone">,
  whole: Sides["history"],
  id: string,
): Promise<Told<FlowDetail>> {
  const [own, old] = await Promise.all([recent.flow(id, gone), whole.flow(id, gone)]);
  if (own.problem !== undefined) return old;
  if (old.problem !== undefined) return own;
  const packets = new Map(old.answer.attempt.map((packet) => [packet.id, packet]));
  for (const packet of own.answer.attempt) packets.set(packet.id, packet);
  const attempt = [...packets.values()].sort((a, b) => compareTimes(a.time, b.time) || (a.id < b.id ? -1 : 1)).slice(0, MOST_PACKETS);
  return { answer: { ...own.answer, sibling: own.answer.sibling ?? old.answer.sibling, attempt } };
}

function compareTimes(a: string, b: string): number {
  const [one, other] = [parseTime(a) ?? 0n, parseTime(b) ?? 0n];
  return one === other ? 0 : one < other ? -1 : 1;
}

/** Inside the window the newest; else whichever lies closest to one of its ends, the later of two equally close. */
export async function joinNearest(
  { history, recent, gone }: Sides,
  question: Question,
): Promise<Told<{ readonly time: string } | undefined>> {
  const [old, own] = await Promise.all([history.nearest(question, gone), recent.nearest(question, gone)]);
  if (old.problem !== undefined) return old;
  if (own.problem !== undefined) return own;
  const [one, other] = [old.answer, own.answer];
  if (one === undefined || other === undefined) return { answer: one ?? other };
  const [first, later] = compareTimes(one.time, other.time) <= 0 ? [one, other] : [other, one];
  return { answer: distance(later.time, question) <= distance(first.time, question) ? later : first };
}

function distance(time: string, { window }: Question): bigint {
  const at = parseTime(time) ?? 0n;
  const [from, to] = [BigInt(window.from) * 1_000_000n, BigInt(window.to) * 1_000_000n];
  return at < from ? from - at : at >= to ? at - to + 1n : 0n;
}

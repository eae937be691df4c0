/** The flow nearest to a window: where a person should look when the window is empty. */

import { formatTime } from "#lib/flows/flow-time.ts";
import type { Question } from "#lib/questions/question.ts";
import type { Told } from "#lib/stores/told.ts";
import { groupSlice } from "./grouped.ts";
import type { Slice } from "./slice.ts";
import type { Snapshot } from "./slices.ts";

/** Inside the window the newest; else whichever lies closest to one of its ends, the later of two equally close. */
export async function answerNearest(snapshot: Snapshot, question: Question): Promise<Told<{ readonly time: string } | undefined>> {
  const cut = await snapshot.cut(question);
  if (cut.problem) return cut;
  const ends = async (slice: Slice | undefined): Promise<{ readonly first: bigint; readonly last: bigint } | undefined> => {
    const whole = slice && (await groupSlice(snapshot.reader, slice, []));
    return whole && whole.size > 0 ? { first: whole.firstAt(0), last: whole.lastAt(0) } : undefined;
  };
  const inside = await ends(cut.now);
  if (inside) return { answer: { time: formatTime(inside.last) } };
  const before = (await ends(await cut.earlier()))?.last;
  const after = (await ends(await cut.after()))?.first;
  if (before === undefined || after === undefined) {
    const only = before ?? after;
    return { answer: only === undefined ? undefined : { time: formatTime(only) } };
  }
  const { from, to } = cut.now;
  return { answer: { time: formatTime(after - to + 1n <= from - before ? after : before) } };
}

/** The totals of a question. */

import type { Grouping } from "#lib/flows/dimension.ts";
import type { Counts, Summary } from "#lib/questions/answer.ts";
import type { Question } from "#lib/questions/question.ts";
import { windowBefore } from "#lib/questions/resolve-window.ts";
import { scopeOf, scopeWithReasons } from "#lib/questions/scope.ts";
import type { Told } from "#lib/stores/told.ts";
import { distinctValues, valuesOf } from "./distinct-values.ts";
import { type Grouped, groupSlice } from "./grouped.ts";
import type { Slice } from "./slice.ts";

import type { Snapshot } from "./slices.ts";

export async function answerSummary(snapshot: Snapshot, question: Question): Promise<Told<Summary>> {
  const cut = await snapshot.cut(question);
  if (cut.problem) return cut;
  const { reader } = snapshot;
  const count = async (by: Grouping): Promise<Grouped> => groupSlice(reader, cut.now, [by]);
  const whole = await groupSlice(reader, cut.now, []);
  const workloads = await count("workload");
  const groups = await count("group");
  const earlier = await cut.earlier();
  const before = await cut.before();
  return {
    answer: {
      ...totalsOf(whole),
      senders: {
        workloads: valuesOf(workloads),
        pods: valuesOf(await count("pod")),
        fresh: await freshOf(snapshot, workloads, "workload", earlier),
      },
      destinations: {
        groups: valuesOf(groups),
        addresses: await distinctValues(reader, cut.now, "ip"),
        fresh: await freshOf(snapshot, groups, "group", earlier),
      },
      reasons: whole.size > 0 ? whole.reasonsAt(0) : {},
      notCounted: await leftOut(snapshot, question),
      before: before && {
        ...totalsOf(await groupSlice(reader, before, [])),
        from: new Date(windowBefore(question.window).from).toISOString(),
      },
    },
  };
}

/** Of a slice grouped by nothing. */
export function totalsOf(whole: Grouped): Counts {
  return { attempts: whole.size > 0 ? whole.attemptsAt(0) : 0, packets: whole.size > 0 ? whole.packetsAt(0) : 0 };
}

/** Values seen in the window for the first time in the stored time. */
async function freshOf(snapshot: Snapshot, now: Grouped, by: Grouping, earlier: Slice | undefined): Promise<number> {
  if (earlier === undefined) return 0;
  const known = await groupSlice(snapshot.reader, earlier, [by]);
  let fresh = 0;
  for (let group = 0; group < now.size; group++) if (known.find(now.codesAt(group)) < 0 && now.textsAt(group)[0] !== "") fresh += 1;
  return fresh;
}

async function leftOut(snapshot: Snapshot, question: Question): Promise<Summary["notCounted"]> {
  const scope = scopeOf(question.filter);
  if (scope.reasons === undefined) return { audit: 0, other: 0 };
  const cut = await snapshot.cut(question, { filter: question.filter, scope: scopeWithReasons(scope, ["audit", "other"]) });
  if (cut.problem) return { audit: 0, other: 0 };
  const whole = await groupSlice(snapshot.reader, cut.now, []);
  const reasons = whole.size > 0 ? whole.reasonsAt(0) : {};
  return { audit: reasons.audit ?? 0, other: reasons.other ?? 0 };
}

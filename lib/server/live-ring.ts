/** The newest stored flows, for those who watch: they ask from where they were, and who is too slow learns what was left out. */
import { compileFilter } from "#lib/filters/compile-filter.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { areSiblings, isSiblingType } from "#lib/flows/sibling.ts";
import type { FlowRow, Problem } from "#lib/questions/answer.ts";
import { flowRowOf } from "#lib/questions/flow-row.ts";
import type { LiveQuestion, LiveRead } from "#lib/questions/live.ts";
import { filterProblem } from "#lib/questions/problems.ts";
import { inScope, scopeOf } from "#lib/questions/scope.ts";
import { textTests } from "#lib/questions/text-match.ts";

export interface LiveRing {
  /** What was just stored. Its flows are not looked at while nobody watches: a batch may have to make them first. */
  publish(batch: { readonly count: number; readonly flows: () => readonly Flow[] }): void;
  /** At once when there is something, else after a while. */
  read(question: LiveQuestion): Promise<LiveRead | { readonly problem: Problem }>;
  /** Ends every wait. */
  close(): void;
}

interface Entry {
  readonly number: number;
  readonly flow: Flow;
}

const KEPT = 20_000;
/** After the last read flows are kept so long: who lost the connection comes back in this time. */
const WATCHED_FOR_MS = 60_000;
/** Of so many earlier flows the second record of a packet is known. */
const SIBLINGS_AMONG = 64;

/** `boot` tells one life of the server from another; `now` in monotonic milliseconds. */
export function createLiveRing(boot: string, now: () => number, kept = KEPT): LiveRing {
  let entries: Entry[] = [];
  let count = 0;
  let watchedAt = Number.NEGATIVE_INFINITY;
  const waiting = new Set<() => void>();
  const markOf = (number: number): string => `${boot}-${number}`;

  const wake = (): void => {
    for (const go of waiting) go();
    waiting.clear();
  };
  const something = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, ms);
      waiting.add(go);
    });

  return {
    publish(batch) {
      if (batch.count === 0) return;
      const isWatched = now() - watchedAt < WATCHED_FOR_MS;
      if (!isWatched) entries = [];
      else {
        const flows = batch.flows();
        for (const [index, flow] of flows.entries()) {
          if (flows.length - index <= kept) entries.push({ number: count + index + 1, flow });
        }
        // cut seldom: moving a long list costs
        if (entries.length > kept * 1.5) entries = entries.slice(-kept);
      }
      count += batch.count;
      if (isWatched) wake();
    },
    async read(question) {
      watchedAt = now();
      const compiled = compileFilter(question.filter);
      if (compiled.problem) return { problem: filterProblem(compiled.problem) };
      if (question.after === undefined) return { rows: [], mark: markOf(count), skipped: 0, isBroken: false };
      const [, after] = new RegExp(`^${boot}-(\\d{1,15})$`).exec(question.after) ?? [];
      const from = Number(after ?? Number.NaN);
      const isKnown = from === count || (entries[0] !== undefined && entries[0].number <= from + 1 && from <= count);
      if (!isKnown) return { rows: [], mark: markOf(count), skipped: 0, isBroken: true };
      if (from === count) await something(question.waitMs);
      watchedAt = now();
      const scope = scopeOf(question.filter);
      const tests = textTests(question.text);
      const oldest = BigInt(Math.trunc(question.from)) * 1_000_000n;
      const first = entries.findIndex(({ number }) => number > from);
      const shown: Entry[] = [];
      for (let index = first < 0 ? entries.length : first; index < entries.length; index++) {
        const entry = entries[index];
        if (entry === undefined) continue;
        const { flow } = entry;
        if (flow.time < oldest || !inScope(scope, flow) || !compiled.matches(flow)) continue;
        if (tests.length > 0 && !tests.some((test) => test.matchesFlow(flow))) continue;
        if (!isSecondRecord(entries, index)) shown.push(entry);
      }
      const rows = question.limit === 0 ? [] : shown.slice(-question.limit).map(rowOf);
      return { rows, mark: markOf(count), skipped: shown.length - rows.length, isBroken: false };
    },
    close: wake,
  };
}

/** A flow without a uuid has an id of its own here, which no store knows. */
function rowOf({ number, flow }: Entry): FlowRow {
  return flowRowOf(flow.uuid === "" ? `live-${number}` : flow.uuid, flow);
}

/** The second of the two records of one denied packet: a store shows only the first. */
function isSecondRecord(entries: readonly Entry[], index: number): boolean {
  const flow = entries[index]?.flow;
  if (flow === undefined || !isSiblingType(flow.eventType)) return false;
  for (let before = index - 1; before >= Math.max(0, index - SIBLINGS_AMONG); before--) {
    const other = entries[before]?.flow;
    if (other !== undefined && areSiblings(flow, other)) return true;
  }
  return false;
}

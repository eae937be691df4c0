/** What all lines so far turned out to be, with the samples a person may look at: everything of coverage that is no question. */
import type { Batch } from "#lib/flows/batch.ts";
import type { AgentWord, RejectSample } from "#lib/flows/line-log.ts";
import type { LineCounts } from "#lib/questions/answer.ts";

/** Newest samples and agent words kept. */
export const MOST_SAMPLES = 200;

export interface LineLog {
  readonly lines: LineCounts;
  readonly lost: Readonly<Record<string, number>>;
  readonly samples: readonly RejectSample[];
  readonly agentWords: readonly AgentWord[];
}

export const NO_LINES: LineLog = {
  lines: { total: 0, flows: 0, notices: 0, agent: 0, rejected: 0, rejectedBy: {}, duplicates: 0 },
  lost: {},
  samples: [],
  agentWords: [],
};

export function addLines(log: LineLog, batch: Batch, duplicates: number): LineLog {
  const { lines } = log;
  const { tally } = batch;
  return {
    lines: {
      total: lines.total + tally.total,
      flows: lines.flows + tally.flows,
      notices: lines.notices + tally.notices,
      agent: lines.agent + tally.agent,
      rejected: lines.rejected + tally.rejected,
      rejectedBy: added(lines.rejectedBy, tally.rejectedBy),
      duplicates: lines.duplicates + duplicates,
    },
    lost: added(log.lost, tally.lost),
    samples: newest(log.samples, batch.samples),
    agentWords: newest(log.agentWords, batch.agentWords),
  };
}

/** Keys come from logs: a map, because `__proto__` is a key like any other. */
function added(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const sums = new Map(Object.entries(one));
  for (const [key, count] of Object.entries(other)) sums.set(key, (sums.get(key) ?? 0) + count);
  return Object.fromEntries(sums);
}

function newest<T>(old: readonly T[], young: readonly T[]): readonly T[] {
  return young.length === 0 ? old : [...old, ...young].slice(-MOST_SAMPLES);
}

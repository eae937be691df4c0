/** One entry of a replay: the candidate's, and the same of the present configuration where one is compared. */

import type { ReplayReport } from "#lib/exporter/replay-report.ts";
import type { EntryReplay } from "#lib/exporter/replay-result.ts";

export interface ToldEntry {
  readonly now: EntryReplay | undefined;
  /** Undefined: nothing is compared, or it had no such entry. */
  readonly before: EntryReplay | undefined;
  readonly isCompared: boolean;
}

/** Entries are the same by name, then by place. */
export function toldEntry({ configs }: ReplayReport, at: number): ToldEntry {
  const now = configs.at(-1)?.entries[at];
  const [first] = configs;
  const isCompared = configs.length > 1;
  const others = isCompared ? (first?.entries ?? []) : [];
  return { now, before: others.find(({ name }) => name === now?.name) ?? others[at], isCompared };
}

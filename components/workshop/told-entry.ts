/** One entry of a replay: the candidate's, and the same of the present configuration. */
import type { ReplayReport } from "#lib/exporter/replay-report.ts";
import type { EntryReplay } from "#lib/exporter/replay-result.ts";

export interface ToldEntry {
  readonly now: EntryReplay | undefined;
  /** Undefined: it had no such entry. The candidate's own where only one configuration was replayed: both are the same. */
  readonly before: EntryReplay | undefined;
}

/** Entries are the same by name; by place where neither configuration has the other's name. */
export function toldEntry({ configs }: ReplayReport, at: number): ToldEntry {
  const candidates = configs.at(-1)?.entries ?? [];
  const others = configs[0]?.entries ?? [];
  const now = candidates[at];
  const placed = others[at];
  const isFree = placed !== undefined && !candidates.some(({ name }) => name === placed.name);
  return { now, before: others.find(({ name }) => name === now?.name) ?? (isFree ? placed : undefined) };
}

/** What is counted per group while sums and parts are added up. */
import { REASONS } from "#lib/flows/reason.ts";
import { grown } from "./grow.ts";

const KINDS = REASONS.length;

/** Columns by group. */
export interface Tally {
  attempts: Float64Array;
  packets: Float64Array;
  /** By group * REASONS.length + reason. */
  reasons: Float64Array;
  /** A bit per protocol. */
  protocols: Int32Array;
  firstMs: Float64Array;
  firstNs: Int32Array;
  lastMs: Float64Array;
  lastNs: Int32Array;
  /** Whose flow is the newest: markOfRow, markOfPart or NOT_ONE. */
  newest: Int32Array;
}

/** Nobody's alone, or not known. */
export const NOT_ONE = 0;

export function markOfRow(row: number): number {
  return row + 1;
}

export function markOfPart(part: number): number {
  return -1 - part;
}

export function rowOfMark(mark: number): number {
  return mark - 1;
}

export function partOfMark(mark: number): number {
  return -1 - mark;
}

const floats = (length: number): Float64Array => new Float64Array(length);
const ints = (length: number): Int32Array => new Int32Array(length);

export function createTally(): Tally {
  return {
    attempts: floats(0),
    packets: floats(0),
    reasons: floats(0),
    protocols: ints(0),
    firstMs: floats(0),
    firstNs: ints(0),
    lastMs: floats(0),
    lastNs: ints(0),
    newest: ints(0),
  };
}

/** Room for a group that may be new; a group without times begins after and ends before all others. */
export function reserveGroup(tally: Tally, group: number): void {
  const before = tally.attempts.length;
  if (group < before) return;
  tally.attempts = grown(tally.attempts, group + 1, floats);
  const length = tally.attempts.length;
  tally.packets = grown(tally.packets, length, floats);
  tally.reasons = grown(tally.reasons, length * KINDS, floats);
  tally.protocols = grown(tally.protocols, length, ints);
  tally.firstMs = grown(tally.firstMs, length, floats).fill(Number.POSITIVE_INFINITY, before);
  tally.firstNs = grown(tally.firstNs, length, ints);
  tally.lastMs = grown(tally.lastMs, length, floats).fill(Number.NEGATIVE_INFINITY, before);
  tally.lastNs = grown(tally.lastNs, length, ints);
  tally.newest = grown(tally.newest, length, ints);
}

export function addAttempts(tally: Tally, group: number, reason: number, more: number): void {
  tally.attempts[group] = (tally.attempts[group] ?? 0) + more;
  addToReason(tally, group, reason, more);
}

export function addToReason(tally: Tally, group: number, reason: number, more: number): void {
  const at = group * KINDS + reason;
  tally.reasons[at] = (tally.reasons[at] ?? 0) + more;
}

export function begins(tally: Tally, group: number, ms: number, ns: number): void {
  const known = tally.firstMs[group] ?? 0;
  if (ms > known || (ms === known && ns >= (tally.firstNs[group] ?? 0))) return;
  tally.firstMs[group] = ms;
  tally.firstNs[group] = ns;
}

export function ends(tally: Tally, group: number, ms: number, ns: number, mark: number): void {
  const known = tally.lastMs[group] ?? 0;
  if (ms < known) return;
  const apart = ms > known ? 1 : ns - (tally.lastNs[group] ?? 0);
  if (apart < 0) return;
  tally.lastMs[group] = ms;
  tally.lastNs[group] = ns;
  tally.newest[group] = apart === 0 ? NOT_ONE : mark;
}

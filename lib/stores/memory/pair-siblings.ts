/** Finds, flow by flow, the earlier record of the same denied packet. */
import type { Flow } from "#lib/flows/flow.ts";
import { areSiblings, isSiblingType } from "#lib/flows/sibling.ts";

export interface SiblingPairs<T extends { readonly flow: Flow; readonly attempt: string }> {
  /** The unpaired earlier record this one belongs to, nearest in time (of several, the first stored); both are paired from now on. */
  partnerOf(entry: T): T | undefined;
}

export function createSiblingPairs<T extends { readonly flow: Flow; readonly attempt: string }>(): SiblingPairs<T> {
  const unpaired = new Map<string, T[]>();
  return {
    partnerOf(entry) {
      if (!isSiblingType(entry.flow.eventType)) return undefined;
      const waiting = unpaired.get(entry.attempt);
      const partner = waiting && nearest(waiting, entry);
      if (waiting === undefined) unpaired.set(entry.attempt, [entry]);
      else if (partner === undefined) waiting.push(entry);
      else waiting.splice(waiting.indexOf(partner), 1);
      return partner;
    },
  };
}

function nearest<T extends { readonly flow: Flow }>(waiting: readonly T[], { flow }: T): T | undefined {
  let best: T | undefined;
  for (const other of waiting) {
    if (areSiblings(other.flow, flow) && (best === undefined || apart(other.flow, flow) < apart(best.flow, flow))) best = other;
  }
  return best;
}

function apart(a: Flow, b: Flow): bigint {
  return a.time > b.time ? a.time - b.time : b.time - a.time;
}

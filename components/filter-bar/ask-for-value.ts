/** Lets a chip's menu put the caret into the field of the bar, which stands elsewhere in the tree. */
import type { TextCriterion } from "#lib/filters/edit-filter.ts";

export interface WantedValue {
  readonly criterion: TextCriterion;
  readonly isExclude: boolean;
}

const listeners = new Set<(wanted: WantedValue) => void>();

export function askForValue(wanted: WantedValue): void {
  for (const listener of listeners) listener(wanted);
}

/** Returns how to stop listening. */
export function onAskForValue(listener: (wanted: WantedValue) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

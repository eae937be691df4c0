/** Which flows, and words about lost events, were met lately: a stream that is opened again repeats the newest ones. */

/** Flows of a few seconds of a busy cluster; twice as many are remembered at most. */
const GENERATION = 32_768;

export interface MetFlows {
  /** Whether it is new; from now on it is not. */
  add(id: string): boolean;
}

export function createMetFlows(known: Iterable<string> = [], generation = GENERATION): MetFlows {
  let young = new Set(known);
  let old = new Set<string>();
  return {
    add(id) {
      if (young.has(id) || old.has(id)) return false;
      young.add(id);
      if (young.size >= generation) {
        old = young;
        young = new Set();
      }
      return true;
    },
  };
}

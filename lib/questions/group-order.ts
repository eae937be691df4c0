/** The order of group rows: total, so that pages never overlap. */
import type { GroupRow } from "./answer.ts";
import type { GroupOrder } from "./question.ts";

/** Ties by key ascending, whichever way the order runs; a group without a value sorts as the empty text. */
export function compareGroupRows(a: GroupRow, b: GroupRow, order: GroupOrder, descending: boolean): number {
  const byOrder = COMPARE[order](a, b);
  return (descending ? -byOrder : byOrder) || compareKeys(a, b);
}

/** Attempts now over attempts before; without anything before it is infinite. */
export function changeOf(row: Pick<GroupRow, "attempts" | "attemptsBefore">): number {
  return row.attemptsBefore ? row.attempts / row.attemptsBefore : Number.POSITIVE_INFINITY;
}

const COMPARE: { readonly [O in GroupOrder]: (a: GroupRow, b: GroupRow) => number } = {
  attempts: (a, b) => a.attempts - b.attempts,
  packets: (a, b) => a.packets - b.packets,
  first: (a, b) => compareInstants(a.firstSeen, b.firstSeen),
  last: (a, b) => compareInstants(a.lastSeen, b.lastSeen),
  pods: (a, b) => a.pods - b.pods,
  addresses: (a, b) => a.addresses - b.addresses,
  key: compareKeys,
  change: (a, b) => compareNumbers(changeOf(a), changeOf(b)),
};

function compareKeys(a: GroupRow, b: GroupRow): number {
  for (const [index, one] of a.key.entries()) {
    const left = one ?? "";
    const right = b.key[index] ?? "";
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** Infinity minus infinity is no number. */
function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** ISO instants of differing precision: `…01Z` before `…01.5Z`, which plain text order gets wrong. */
function compareInstants(a: string, b: string): number {
  const left = a.replace(/Z$/, "");
  const right = b.replace(/Z$/, "");
  return left === right ? 0 : left < right ? -1 : 1;
}

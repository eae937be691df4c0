/** The newest flows that still wait for the other record of their packet, found by attempt. */
import { isSiblingType, SIBLING_DISTANCE_NS } from "#lib/flows/sibling.ts";
import { grown } from "./grow.ts";

/** Events looked back at. Records of one packet follow one another, even where many nodes write into one stream. */
export const SIBLINGS_REMEMBERED = 65_536;

/** In one attempt; a ping flood makes them by the thousand. */
const STEPS = 256;

/** Where a flow that waits is: row `row` of the batch being encoded, or a stored row known by time and id. */
export interface Waiting {
  readonly batch: number;
  readonly row: number;
  readonly time: bigint;
  readonly hi: bigint;
  readonly lo: bigint;
}

export interface SiblingIndex {
  /** The partner of a flow, taken out of the index; undefined = none waits. `group` = node and reason, which must agree. */
  take(attempt: number, time: bigint, eventType: number, group: number): Waiting | undefined;
  /** `words`: the four words of its id, most significant first. */
  add(attempt: number, eventType: number, group: number, batch: number, row: number, time: bigint, words: Uint32Array): void;
  clear(): void;
}

const ints = (length: number): Int32Array => new Int32Array(length);

export function createSiblingIndex(remembered = SIBLINGS_REMEMBERED): SiblingIndex {
  const mask = remembered - 1;
  /** Per attempt: 1 + the sequence number of its newest event. */
  let heads = ints(512);
  let next = 0;
  const times = new BigInt64Array(remembered);
  const attempts = ints(remembered);
  const previous = ints(remembered);
  const types = new Uint8Array(remembered);
  const groups = new Float64Array(remembered);
  const batches = new Float64Array(remembered);
  const rows = ints(remembered);
  const ids = new Uint32Array(remembered * 4);
  const big = (at: number): bigint => (BigInt(ids[at] ?? 0) << 32n) | BigInt(ids[at + 1] ?? 0);
  const alive = (sequence: number): boolean => sequence >= 0 && sequence > next - remembered - 1;

  return {
    take: (attempt, time, eventType, group) => {
      if (!isSiblingType(eventType) || attempt >= heads.length) return undefined;
      let best = -1;
      let bestApart = SIBLING_DISTANCE_NS + 1n;
      let sequence = (heads[attempt] ?? 0) - 1;
      for (let step = 0; step < STEPS && alive(sequence); step++) {
        const at = sequence & mask;
        if (attempts[at] !== attempt) break;
        if ((types[at] ?? 0) + eventType === 6 && groups[at] === group) {
          const apart = time - (times[at] ?? 0n);
          const distance = apart < 0n ? -apart : apart;
          // Walking back in the order of storing: of two that are equally near, the one stored first wins.
          if (distance <= bestApart && distance <= SIBLING_DISTANCE_NS) {
            best = at;
            bestApart = distance;
          }
        }
        sequence = (previous[at] ?? 0) - 1;
      }
      if (best < 0) return undefined;
      types[best] = 0;
      return { batch: batches[best] ?? 0, row: rows[best] ?? 0, time: times[best] ?? 0n, hi: big(best * 4), lo: big(best * 4 + 2) };
    },
    add: (attempt, eventType, group, batch, row, time, words) => {
      if (!isSiblingType(eventType)) return;
      heads = grown(heads, attempt + 1, ints);
      // Sequence numbers start again long before they leave 31 bits; what waited then waits no more.
      if (next >= 0x7fff0000) {
        next = 0;
        heads.fill(0);
      }
      const at = next & mask;
      times[at] = time;
      attempts[at] = attempt;
      previous[at] = heads[attempt] ?? 0;
      types[at] = eventType;
      groups[at] = group;
      batches[at] = batch;
      rows[at] = row;
      for (let word = 0; word < 4; word++) ids[at * 4 + word] = words[word] ?? 0;
      heads[attempt] = next + 1;
      next += 1;
    },
    clear: () => {
      next = 0;
      heads.fill(0);
    },
  };
}

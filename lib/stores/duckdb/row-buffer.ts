/** The rows of one batch on their way into the table `flows`, with the dictionary ids that decide their session. */
import { grown } from "./grow.ts";

const ints = (length: number): Int32Array => new Int32Array(length);
const words = (length: number): Uint32Array<ArrayBuffer> => new Uint32Array(length);
const bigs = (length: number): BigInt64Array => new BigInt64Array(length);

/** Index of a column in `ids`. */
export const ROW_IDS = [
  "attempt",
  "sender",
  "place",
  "event",
  "policies",
  "node",
  "sip",
  "sport",
  "dport",
  "frame",
  "detail",
  "hidden",
] as const;
export type RowId = (typeof ROW_IDS)[number];

export interface RowBuffer {
  count: number;
  ts: BigInt64Array;
  /** Two 64-bit numbers per row as little-endian words: what the columns hi and lo are copied from. */
  hi: Uint32Array<ArrayBuffer>;
  lo: Uint32Array<ArrayBuffer>;
  packets: BigInt64Array;
  extra: Uint32Array;
  readonly ids: { [N in RowId]: Int32Array };
  reserve(length: number): void;
}

export function createRowBuffer(): RowBuffer {
  const buffer: RowBuffer = {
    count: 0,
    ts: bigs(64),
    hi: words(128),
    lo: words(128),
    packets: bigs(64),
    extra: words(64),
    ids: {
      attempt: ints(64),
      sender: ints(64),
      place: ints(64),
      event: ints(64),
      policies: ints(64),
      node: ints(64),
      sip: ints(64),
      sport: ints(64),
      dport: ints(64),
      frame: ints(64),
      detail: ints(64),
      hidden: ints(64),
    },
    reserve: (length) => {
      buffer.ts = grown(buffer.ts, length, bigs);
      buffer.hi = grown(buffer.hi, length * 2, words);
      buffer.lo = grown(buffer.lo, length * 2, words);
      buffer.packets = grown(buffer.packets, length, bigs);
      buffer.extra = grown(buffer.extra, length, words);
      for (const name of ROW_IDS) buffer.ids[name] = grown(buffer.ids[name], length, ints);
    },
  };
  return buffer;
}

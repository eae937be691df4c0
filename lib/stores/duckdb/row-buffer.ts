/** The rows of one batch on their way into the table `flows`, with the dictionary ids that decide their session. */
import { emptyIds, type Parts } from "./parts.ts";

type PartIds = Parts["ids"];

export interface RowIdColumns extends PartIds {
  readonly attempt: Int32Array;
  /** 1 = the sibling of a row that is shown. */
  readonly hidden: Int32Array;
}

export interface RowBuffer {
  count: number;
  readonly ts: BigInt64Array;
  /** Two 64-bit numbers per row as little-endian words: what the columns hi and lo are copied from. */
  readonly hi: Uint32Array<ArrayBuffer>;
  readonly lo: Uint32Array<ArrayBuffer>;
  readonly packets: BigInt64Array;
  readonly extra: Uint32Array;
  readonly ids: RowIdColumns;
}

export interface RowBuffers {
  /** No row yet, and room for so many. The rows of the last call are gone. */
  take(room: number): RowBuffer;
}

/** The same memory for every batch: what is allocated anew makes V8 look through all it holds. */
export function createRowBuffers(): RowBuffers {
  let buffer = createRowBuffer(64);
  return {
    take: (room) => {
      if (buffer.ts.length < room) buffer = createRowBuffer(room);
      buffer.count = 0;
      buffer.packets.fill(1n, 0, room);
      buffer.extra.fill(0, 0, room);
      buffer.ids.hidden.fill(0, 0, room);
      return buffer;
    },
  };
}

function createRowBuffer(room: number): RowBuffer {
  return {
    count: 0,
    ts: new BigInt64Array(room),
    hi: new Uint32Array(room * 2),
    lo: new Uint32Array(room * 2),
    packets: new BigInt64Array(room),
    extra: new Uint32Array(room),
    ids: { ...emptyIds(room), attempt: new Int32Array(room), hidden: new Int32Array(room) },
  };
}

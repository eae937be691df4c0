/** Short lists of integers with numbers, equal lists once: found by hash in typed arrays, without making a string of them. */
import { grown } from "./grow.ts";

export interface NumberLists {
  readonly size: number;
  /** The number of the first `length` values of `scratch`. */
  idOf(scratch: Int32Array, length: number): number;
  /** -1 when the list is not here. */
  find(scratch: Int32Array, length: number): number;
  at(id: number): readonly number[];
}

const ints = (length: number): Int32Array => new Int32Array(length);

export function createNumberLists(): NumberLists {
  let size = 0;
  let used = 0;
  let values = ints(1024);
  let starts = ints(256);
  let slots = ints(512).fill(-1);

  const hash = (list: Int32Array, from: number, length: number): number => {
    let h = length;
    for (let index = 0; index < length; index++) h = Math.imul(h ^ (list[from + index] ?? 0), 0x85ebca6b) ^ (h >>> 13);
    return (h ^ (h >>> 15)) >>> 0;
  };
  const end = (id: number): number => (id + 1 < size ? (starts[id + 1] ?? 0) : used);
  const equals = (id: number, scratch: Int32Array, length: number): boolean => {
    const from = starts[id] ?? 0;
    if (end(id) - from !== length) return false;
    for (let index = 0; index < length; index++) if (values[from + index] !== scratch[index]) return false;
    return true;
  };
  /** The slot that holds the list, or the free one where it belongs. */
  const slotOf = (scratch: Int32Array, length: number): number => {
    const mask = slots.length - 1;
    let at = hash(scratch, 0, length) & mask;
    for (;;) {
      const id = slots[at] ?? -1;
      if (id === -1 || equals(id, scratch, length)) return at;
      at = (at + 1) & mask;
    }
  };
  const widen = (): void => {
    slots = ints(slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let id = 0; id < size; id++) {
      const from = starts[id] ?? 0;
      let at = hash(values, from, end(id) - from) & mask;
      while (slots[at] !== -1) at = (at + 1) & mask;
      slots[at] = id;
    }
  };
  return {
    get size() {
      return size;
    },
    at: (id) => [...values.subarray(starts[id] ?? 0, end(id))],
    find: (scratch, length) => slots[slotOf(scratch, length)] ?? -1,
    idOf: (scratch, length) => {
      const at = slotOf(scratch, length);
      const found = slots[at] ?? -1;
      if (found !== -1) return found;
      const id = size;
      values = grown(values, used + length, ints);
      starts = grown(starts, size + 1, ints);
      values.set(scratch.subarray(0, length), used);
      starts[id] = used;
      used += length;
      size += 1;
      slots[at] = id;
      if (size * 2 > slots.length) widen();
      return id;
    },
  };
}

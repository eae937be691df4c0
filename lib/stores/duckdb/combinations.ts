/** Combinations of a few dictionary ids that sessions share, numbered: what is summed or tested by them is done once per combination. */
import { grown } from "./grow.ts";

export interface Combinations {
  readonly size: number;
  readonly width: number;
  /** `width` ids after each other per combination. */
  readonly values: Int32Array;
  /** The number of the ids in `scratch`. */
  idOf(scratch: Int32Array): number;
}

const ints = (length: number): Int32Array => new Int32Array(length);

export function createCombinations(width: number): Combinations {
  let size = 0;
  let values = ints(256 * width);
  /** 1 + the number; 0 = free. */
  let slots = ints(1024);

  const hash = (list: Int32Array, from: number): number => {
    let h = width;
    for (let index = from; index < from + width; index++) {
      h = Math.imul(h ^ (list[index] ?? 0), 0x85ebca6b);
      h ^= h >>> 15;
    }
    h = Math.imul(h, 0xc2b2ae35);
    return (h ^ (h >>> 13)) >>> 0;
  };
  const widen = (): void => {
    slots = ints(slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < size; id++) {
      let at = hash(values, id * width) & mask;
      while (slots[at] !== 0) at = (at + 1) & mask;
      slots[at] = id + 1;
    }
  };
  return {
    width,
    get size() {
      return size;
    },
    get values() {
      return values;
    },
    idOf: (scratch) => {
      const mask = slots.length - 1;
      let at = hash(scratch, 0) & mask;
      for (;;) {
        const found = slots[at] ?? 0;
        if (found === 0) break;
        const from = (found - 1) * width;
        let index = 0;
        while (index < width && values[from + index] === scratch[index]) index += 1;
        if (index === width) return found - 1;
        at = (at + 1) & mask;
      }
      const id = size;
      values = grown(values, (id + 1) * width, ints);
      values.set(scratch, id * width);
      size += 1;
      slots[at] = id + 1;
      if (size * 2 > slots.length) widen();
      return id;
    },
  };
}

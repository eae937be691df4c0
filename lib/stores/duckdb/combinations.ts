/** Combinations of a few dictionary ids that sessions share, numbered: what is summed or tested by them is done once per combination. */
import { grown } from "./grow.ts";

export interface Combinations {
  readonly size: number;
  readonly width: number;
  /** `width` ids after each other per combination. */
  readonly values: Int32Array;
  /** The number of these ids; those beyond the width have to be 0. */
  idOf(a: number, b: number, c: number, d: number): number;
}

/** A power of two. */
const GUESSES = 65_536;

const ints = (length: number): Int32Array => new Int32Array(length);

/** `width`: 2 to 4. */
export function createCombinations(width: 2 | 3 | 4): Combinations {
  let size = 0;
  let values = ints(256 * width);
  /** 1 + the number; 0 = free. */
  let slots = ints(1024);
  /** 1 + the number met last for ids like these: what comes often is found without being searched. */
  const guesses = ints(GUESSES);

  const hash = (a: number, b: number, c: number, d: number): number => {
    let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 15) ^ b, 0xc2b2ae35);
    h = Math.imul(h ^ (h >>> 13) ^ c, 0x27d4eb2f);
    h = Math.imul(h ^ (h >>> 15) ^ d, 0x165667b1);
    return (h ^ (h >>> 14)) >>> 0;
  };
  const holds = (id: number, a: number, b: number, c: number, d: number): boolean => {
    const from = id * width;
    return values[from] === a && values[from + 1] === b && (width < 3 || values[from + 2] === c) && (width < 4 || values[from + 3] === d);
  };
  const at = (id: number, index: number): number => (index < width ? (values[id * width + index] ?? 0) : 0);
  const widen = (): void => {
    slots = ints(slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < size; id++) {
      let slot = hash(at(id, 0), at(id, 1), at(id, 2), at(id, 3)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
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
    idOf: (a, b, c, d) => {
      const guess = ((a << 4) + (b ^ c ^ d)) & (GUESSES - 1);
      const guessed = guesses[guess] ?? 0;
      if (guessed !== 0 && holds(guessed - 1, a, b, c, d)) return guessed - 1;
      const mask = slots.length - 1;
      let slot = hash(a, b, c, d) & mask;
      for (;;) {
        const found = slots[slot] ?? 0;
        if (found === 0) break;
        if (holds(found - 1, a, b, c, d)) {
          guesses[guess] = found;
          return found - 1;
        }
        slot = (slot + 1) & mask;
      }
      const id = size;
      values = grown(values, (id + 1) * width, ints);
      const ids = [a, b, c, d];
      for (let index = 0; index < width; index++) values[id * width + index] = ids[index] ?? 0;
      size += 1;
      slots[slot] = id + 1;
      guesses[guess] = id + 1;
      if (size * 2 > slots.length) widen();
      return id;
    },
  };
}

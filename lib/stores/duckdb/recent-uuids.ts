/** The uuids of the newest flows, to know one that comes again: two generations, the older one is forgotten when the younger is full. */

export interface RecentUuids {
  /** Remembers 128 bits; false when they were here already. */
  add(a: number, b: number, c: number, d: number): boolean;
}

/** Between one and two million uuids are remembered, 24 bytes each. */
export const GENERATION = 1_000_000;

interface Generation {
  add(a: number, b: number, c: number, d: number): boolean;
  has(a: number, b: number, c: number, d: number): boolean;
  readonly size: number;
}

export function createRecentUuids(generation = GENERATION): RecentUuids {
  let young = createGeneration();
  let old: Generation | undefined;
  return {
    add: (a, b, c, d) => {
      if (old?.has(a, b, c, d)) return false;
      if (!young.add(a, b, c, d)) return false;
      if (young.size >= generation) {
        old = young;
        young = createGeneration();
      }
      return true;
    },
  };
}

function createGeneration(): Generation {
  let size = 0;
  let slots = new Int32Array(4096);
  let keys = new Uint32Array(4096 * 2);

  const hash = (a: number, b: number, c: number, d: number): number => {
    let h = Math.imul(a ^ (b >>> 7), 0x85ebca6b) ^ Math.imul(c + 0x9e3779b9, 0xc2b2ae35);
    h = Math.imul(h ^ (h >>> 15) ^ d, 0x27d4eb2f);
    return (h ^ (h >>> 13)) >>> 0;
  };
  /** The slot that holds the key, or the free one where it belongs. */
  const slotOf = (a: number, b: number, c: number, d: number): number => {
    const mask = slots.length - 1;
    let at = hash(a, b, c, d) & mask;
    for (;;) {
      const entry = slots[at] ?? 0;
      if (entry === 0) return at;
      const key = (entry - 1) * 4;
      if (keys[key] === a && keys[key + 1] === b && keys[key + 2] === c && keys[key + 3] === d) return at;
      at = (at + 1) & mask;
    }
  };
  const widen = (): void => {
    slots = new Int32Array(slots.length * 2);
    const longer = new Uint32Array(slots.length * 2);
    longer.set(keys);
    keys = longer;
    for (let entry = 0; entry < size; entry++) {
      const key = entry * 4;
      slots[slotOf(keys[key] ?? 0, keys[key + 1] ?? 0, keys[key + 2] ?? 0, keys[key + 3] ?? 0)] = entry + 1;
    }
  };
  return {
    get size() {
      return size;
    },
    has: (a, b, c, d) => slots[slotOf(a, b, c, d)] !== 0,
    add: (a, b, c, d) => {
      let slot = slotOf(a, b, c, d);
      if (slots[slot] !== 0) return false;
      if (size * 2 >= slots.length) {
        widen();
        slot = slotOf(a, b, c, d);
      }
      const key = size * 4;
      keys[key] = a;
      keys[key + 1] = b;
      keys[key + 2] = c;
      keys[key + 3] = d;
      slots[slot] = size + 1;
      size += 1;
      return true;
    },
  };
}

/** Seeded randomness for made-up data: the same seed gives the same day on every machine. */

export interface Random {
  /** 0 <= x < 1. */
  next(): number;
  /** Whole, 0 <= x < n. */
  below(n: number): number;
  /** Evenly from `low` (included) to `high` (excluded). */
  between(low: number, high: number): number;
  /** Throws on an empty list: a list of the demo is never empty. */
  pick<T>(list: readonly T[]): T;
  chance(share: number): boolean;
  hex(digits: number): string;
  uuid(): string;
}

const PAIRS: readonly string[] = Array.from({ length: 65_536 }, (_, n) => n.toString(16).padStart(4, "0"));
const DRAWS_BEFORE_USE = 12;

/** Four 32-bit words of state with a counter among them, so no seed falls into a short cycle. */
export function createRandom(seed: number): Random {
  let a = seed | 0;
  let b = Math.imul(seed ^ 0x5bd1e995, 0x27d4eb2f);
  let c = 0x1b873593 ^ Math.floor(seed / 4_294_967_296);
  let counter = 1;

  function word(): number {
    const out = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + out) | 0;
    return out >>> 0;
  }
  for (let i = 0; i < DRAWS_BEFORE_USE; i++) word();

  const next = (): number => word() / 4_294_967_296;
  const below = (n: number): number => Math.floor(next() * n);
  const quad = (bits: number): string => PAIRS[bits & 0xffff] ?? "";
  return {
    next,
    below,
    between: (low, high) => low + next() * (high - low),
    pick: (list) => {
      const found = list[below(list.length)];
      if (found === undefined) throw new Error("Nothing to pick from");
      return found;
    },
    chance: (share) => next() < share,
    hex: (digits) => {
      let text = "";
      while (text.length < digits) text += quad(word());
      return text.slice(0, digits);
    },
    uuid: () => {
      const [p, q, r, s] = [word(), word(), word(), word()];
      const version = quad(((q >>> 16) & 0x0fff) | 0x4000);
      const variant = quad((r & 0x3fff) | 0x8000);
      return `${quad(p)}${quad(p >>> 16)}-${quad(q)}-${version}-${variant}-${quad(r >>> 16)}${quad(s)}${quad(s >>> 16)}`;
    },
  };
}

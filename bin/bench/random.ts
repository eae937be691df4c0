/** Seeded randomness for made-up data: the same seed gives the same stream on every machine. */

export interface Random {
  /** 0 <= x < 1. */
  next(): number;
  /** Whole number, 0 <= x < n. */
  below(n: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** `digits` hexadecimal digits. */
  hex(digits: number): string;
}

/** xoshiro128**, seeded through splitmix32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const splitmix = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  let a = splitmix();
  let b = splitmix();
  let c = splitmix();
  let d = splitmix();
  const bits = (): number => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const below = (n: number): number => Math.floor((bits() / 4294967296) * n);
  return {
    next: () => bits() / 4294967296,
    below,
    pick: (items) => items[below(items.length)] ?? items[0],
    hex(digits) {
      let text = "";
      while (text.length < digits) text += bits().toString(16).padStart(8, "0");
      return text.slice(0, digits);
    },
  };
}

/** A sampler of ranks 0..n-1 with probability proportional to 1 / (rank + 1) ** exponent. */
export function zipf(random: Random, n: number, exponent: number): () => number {
  const cumulative = new Float64Array(n);
  let sum = 0;
  for (let rank = 0; rank < n; rank++) {
    sum += 1 / (rank + 1) ** exponent;
    cumulative[rank] = sum;
  }
  return () => {
    const wanted = random.next() * sum;
    let low = 0;
    let high = n - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] ?? sum) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Nanoseconds since 1970 as whole milliseconds and the nanoseconds beyond them: numbers, because bigints are slow by the million. */

export interface Instants {
  /** Exact for every instant a 64-bit number of nanoseconds can tell. */
  readonly ms: Float64Array;
  /** 0 to 999,999. */
  readonly ns: Int32Array;
}

const NS_PER_MS = 1_000_000;
/** 2^32 nanoseconds are so many milliseconds and so many nanoseconds more. */
const MS_PER_HIGH = 4294;
const NS_PER_HIGH = 967_296;

/** The first `count` of them. */
export function splitInstants(times: BigInt64Array | BigUint64Array, count = times.length): Instants {
  const words = new Int32Array(times.buffer, times.byteOffset, count * 2);
  const ms = new Float64Array(count);
  const ns = new Int32Array(count);
  for (let at = 0; at < count; at++) {
    const high = words[at * 2 + 1] ?? 0;
    // Below 2^52: every step is exact.
    const rest = high * NS_PER_HIGH + ((words[at * 2] ?? 0) >>> 0);
    const whole = Math.floor(rest / NS_PER_MS);
    ms[at] = high * MS_PER_HIGH + whole;
    ns[at] = rest - whole * NS_PER_MS;
  }
  return { ms, ns };
}

export function instantAt(ms: number, ns: number): bigint {
  return BigInt(ms) * 1_000_000n + BigInt(ns);
}

/** 64-bit integers as numbers: exact to 2^53. */
export function numbersOf(values: BigInt64Array | BigUint64Array, count = values.length): Float64Array {
  const words = new Int32Array(values.buffer, values.byteOffset, count * 2);
  const numbers = new Float64Array(count);
  for (let at = 0; at < count; at++) numbers[at] = (words[at * 2 + 1] ?? 0) * 0x1_0000_0000 + ((words[at * 2] ?? 0) >>> 0);
  return numbers;
}

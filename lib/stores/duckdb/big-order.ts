/** The earlier and the later of two instants in nanoseconds. */

export function earlier(one: bigint, other: bigint): bigint {
  if (one < other) return one;
  return other;
}

export function later(one: bigint, other: bigint): bigint {
  if (one > other) return one;
  return other;
}

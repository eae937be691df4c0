/** Orders rows by the attempt they belong to, without comparing: three passes over eleven bits each. */

const BITS = 11;
const BUCKETS = 1 << BITS;

/** `rows` again, ordered by `attempt[row]`; rows of one attempt keep their order. */
export function byAttempt(attempt: Uint32Array, rows: Uint32Array): Uint32Array {
  let from: Uint32Array = rows;
  let to: Uint32Array = new Uint32Array(rows.length);
  for (let shift = 0; shift < 32; shift += BITS) {
    const starts = new Uint32Array(BUCKETS + 1);
    for (let index = 0; index < from.length; index++) {
      const bucket = ((attempt[from[index] ?? 0] ?? 0) >>> shift) & (BUCKETS - 1);
      starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1;
    }
    for (let bucket = 0; bucket < BUCKETS; bucket++) starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0);
    for (let index = 0; index < from.length; index++) {
      const row = from[index] ?? 0;
      const bucket = ((attempt[row] ?? 0) >>> shift) & (BUCKETS - 1);
      const at = starts[bucket] ?? 0;
      to[at] = row;
      starts[bucket] = at + 1;
    }
    const written = to;
    to = shift === 0 ? new Uint32Array(rows.length) : from;
    from = written;
  }
  return from;
}

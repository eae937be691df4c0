/** Where reading of one container's log stands: its newest lines, so that a log opened again a little before gives every line once. */

/** Runtimes stamp standard output and error apart, so that neighbours may change places; this many neighbours are told apart by their text. */
const KEPT = 32;
const BILLION = 1_000_000_000n;
const HEAD_CHARS = 160;
const STEP = 16;

interface Met {
  readonly stamp: bigint;
  readonly hash: number;
}

export interface ResumePoint {
  /** Whether the line was not read before; from now on it was. `stamp` in nanoseconds since 1970. */
  take(stamp: bigint, line: string): boolean;
  /** From here on lines come again: the log is opened once more. */
  again(): void;
  /** Whether, since `again`, a line came that was known: nothing can be missing between the two readings. */
  readonly joined: boolean;
  /** The instant to ask the log from, a whole second (the API drops what is smaller); undefined = nothing was read yet. */
  readonly since: string | undefined;
  /** Stamp of the line read last; undefined = none. */
  readonly last: bigint | undefined;
  /** As text, for the position that is stored with the flows. */
  text(): string;
}

/** `text` = what an earlier point's `text()` gave; anything else begins anew. */
export function createResumePoint(text = ""): ResumePoint {
  let recent: Met[] = readPoint(text);
  let awaited = new Map<string, number>();
  let newest = 0n;
  let floor = 0n;
  let joined = false;
  let written: string | undefined;

  return {
    take(stamp, line) {
      const met = { stamp, hash: hashOf(line) };
      if (awaited.size > 0 && stamp <= newest) {
        const key = keyOf(met);
        const count = awaited.get(key);
        if (count !== undefined) {
          if (count > 1) awaited.set(key, count - 1);
          else awaited.delete(key);
          joined = true;
          return false;
        }
        if (stamp < floor) return false;
      }
      recent.push(met);
      if (recent.length > KEPT * 2) recent = newestOf(recent);
      written = undefined;
      return true;
    },
    again() {
      recent = newestOf(recent);
      awaited = new Map();
      joined = false;
      for (const met of recent) {
        const key = keyOf(met);
        awaited.set(key, (awaited.get(key) ?? 0) + 1);
        if (met.stamp > newest) newest = met.stamp;
      }
      floor = lowest(recent);
    },
    get joined() {
      return joined;
    },
    get since() {
      if (recent.length === 0) return undefined;
      const second = lowest(newestOf(recent)) / BILLION;
      return `${new Date(Number(second) * 1000).toISOString().slice(0, 19)}Z`;
    },
    get last() {
      return recent.at(-1)?.stamp;
    },
    text() {
      written ??= writePoint(newestOf(recent));
      return written;
    },
  };
}

/** The newest by arrival, and all that share the oldest one's stamp, which only the text tells apart. */
function newestOf(recent: readonly Met[]): Met[] {
  let from = Math.max(0, recent.length - KEPT);
  const edge = recent[from]?.stamp;
  while (from > 0 && recent[from - 1]?.stamp === edge) from -= 1;
  return recent.slice(from);
}

function lowest(recent: readonly Met[]): bigint {
  let least = recent[0]?.stamp ?? 0n;
  for (const { stamp } of recent) if (stamp < least) least = stamp;
  return least;
}

function keyOf({ stamp, hash }: Met): string {
  return `${stamp} ${hash}`;
}

/** FNV-1a over the length, the head (where the uuid stands) and every 16th character after it. */
function hashOf(line: string): number {
  let hash = Math.imul(0x811c9dc5 ^ line.length, 0x01000193);
  for (let at = 0; at < line.length; at += at < HEAD_CHARS ? 1 : STEP) hash = Math.imul(hash ^ line.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

function writePoint(recent: readonly Met[]): string {
  const base = recent.at(-1)?.stamp;
  if (base === undefined) return "";
  return `${base}:${recent.map(({ stamp, hash }) => `${base - stamp}.${hash.toString(36)}`).join(",")}`;
}

function readPoint(text: string): Met[] {
  const [base, list] = text.split(":");
  if (base === undefined || list === undefined || !/^\d{1,20}$/.test(base)) return [];
  const recent: Met[] = [];
  for (const pair of list.split(",")) {
    const found = /^(-?\d{1,20})\.([0-9a-z]{1,7})$/.exec(pair);
    if (found === null) return [];
    recent.push({ stamp: BigInt(base) - BigInt(found[1] ?? 0), hash: Number.parseInt(found[2] ?? "", 36) });
  }
  return recent;
}

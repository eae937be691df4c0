/** Every attempt (5-tuple) of the store with a number, and what is known of its sessions so far: enough to say how the next one counts. */
import { grown } from "./grow.ts";
import { FRESH, HIDDEN, LATER, MIXED } from "./schema.ts";

const words = (length: number): Uint32Array => new Uint32Array(length);
const doubles = (length: number): Float64Array => new Float64Array(length);
const bytes = (length: number): Uint8Array => new Uint8Array(length);

/** Doubles hold today's nanoseconds to 256: two instants closer than this have no order here. */
const ORDER_SLACK_NS = 512;

const NS_PER_MS = 1_000_000;

/** Attempts have a place in this table (dense, as long as the process lives) and a stored id (for ever, with gaps where old ones left). */
export interface AttemptTable {
  readonly size: number;
  /** The place of a 5-tuple, a new one when it was not met. Addresses and protocol are dictionary ids, ports -1 or the number. */
  placeOf(sourceIp: number, destinationIp: number, sourcePort: number, destinationPort: number, protocol: number): number;
  idAt(place: number): number;
  /**
   * Says how a session counts and remembers it. `variant`: two hashes of all that a question can ask about it. `wasPlain` in the answer:
   * sessions stored before counted as FRESH or LATER and now have to become MIXED.
   */
  addSession(place: number, variant: Variant, firstMs: number, firstNs: number, lastNs: number): SessionVerdict;
  isMixed(place: number): boolean;
  markMixed(place: number): void;
  /** Flows before this millisecond are gone: attempts that began before it have none left, or become MIXED as in the tables. */
  forget(cutMs: number): void;
  /** Takes up a stored session at start: `originMs` = first millisecond of the attempt. */
  restore(id: number, key: AttemptKey, kind: number, variant: Variant, originMs: number, lastNs: number): void;
}

export interface AttemptKey {
  readonly sourceIp: number;
  readonly destinationIp: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly protocol: number;
}

export interface Variant {
  readonly high: number;
  readonly low: number;
}

export interface SessionVerdict {
  readonly kind: number;
  /** Milliseconds from the attempt's first flow, for LATER. */
  readonly back: number;
  readonly wasPlain: boolean;
}

/** Above every port, so that port and protocol share a word. */
const PROTOCOL_UNIT = 0x40000;

const NEVER_SEEN = Number.NEGATIVE_INFINITY;
const FRESH_VERDICT: SessionVerdict = { kind: FRESH, back: 0, wasPlain: false };
const MIXED_VERDICT: SessionVerdict = { kind: MIXED, back: 0, wasPlain: false };
const TURNED_MIXED: SessionVerdict = { kind: MIXED, back: 0, wasPlain: true };

export function createAttemptTable(): AttemptTable {
  let size = 0;
  let slots = new Int32Array(1024).fill(-1);
  let sip = words(512);
  let dip = words(512);
  let sport = words(512);
  let dport = words(512);
  let variantHigh = words(512);
  let variantLow = words(512);
  let origin = doubles(512).fill(NEVER_SEEN);
  let last = doubles(512);
  let mixed = bytes(512);
  let ids = words(512);
  let nextId = 0;

  const grow = (need: number): void => {
    if (need <= sip.length) return;
    const before = sip.length;
    sip = grown(sip, need, words);
    dip = grown(dip, need, words);
    sport = grown(sport, need, words);
    dport = grown(dport, need, words);
    variantHigh = grown(variantHigh, need, words);
    variantLow = grown(variantLow, need, words);
    origin = grown(origin, need, doubles).fill(NEVER_SEEN, before);
    last = grown(last, need, doubles);
    mixed = grown(mixed, need, bytes);
    ids = grown(ids, need, words);
  };

  const hash = (a: number, b: number, c: number, d: number): number => {
    let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b);
    h = Math.imul((h ^ (h >>> 15)) + b, 0xc2b2ae35);
    h = Math.imul((h ^ (h >>> 13)) + c, 0x27d4eb2f);
    h = Math.imul((h ^ (h >>> 16)) + d, 0x165667b1);
    return (h ^ (h >>> 15)) >>> 0;
  };

  const insert = (place: number): void => {
    const mask = slots.length - 1;
    let at = hash(sip[place] ?? 0, dip[place] ?? 0, sport[place] ?? 0, dport[place] ?? 0) & mask;
    while (slots[at] !== -1) at = (at + 1) & mask;
    slots[at] = place;
  };

  const widen = (): void => {
    slots = new Int32Array(slots.length * 2).fill(-1);
    for (let place = 0; place < size; place++) insert(place);
  };

  const add = (id: number, a: number, b: number, c: number, d: number): number => {
    const place = size;
    grow(size + 1);
    size += 1;
    ids[place] = id;
    if (id >= nextId) nextId = id + 1;
    sip[place] = a;
    dip[place] = b;
    sport[place] = c;
    dport[place] = d;
    if (size * 3 > slots.length * 2) widen();
    else insert(place);
    return place;
  };

  const find = (a: number, b: number, c: number, d: number): number => {
    const mask = slots.length - 1;
    let at = hash(a, b, c, d) & mask;
    for (;;) {
      const place = slots[at] ?? -1;
      if (place === -1) return -1;
      if (sip[place] === a && dip[place] === b && sport[place] === c && dport[place] === d) return place;
      at = (at + 1) & mask;
    }
  };

  return {
    get size() {
      return size;
    },
    placeOf: (sourceIp, destinationIp, sourcePort, destinationPort, protocol) => {
      const c = sourcePort + 1 + protocol * PROTOCOL_UNIT;
      const found = find(sourceIp, destinationIp, c, destinationPort + 1);
      return found !== -1 ? found : add(nextId, sourceIp, destinationIp, c, destinationPort + 1);
    },
    idAt: (place) => ids[place] ?? 0,
    addSession: (place, variant, firstMs, firstNs, lastNs) => {
      if (mixed[place] === 1) return MIXED_VERDICT;
      const since = origin[place] ?? NEVER_SEEN;
      if (since === NEVER_SEEN) {
        origin[place] = firstMs;
        last[place] = lastNs;
        variantHigh[place] = variant.high;
        variantLow[place] = variant.low;
        // Without a port (ICMP) every try has the same 5-tuple, so sessions that differ are the rule: no promise is better than one broken often.
        if (dport[place] !== 0) return FRESH_VERDICT;
        mixed[place] = 1;
        return MIXED_VERDICT;
      }
      const alike = variantHigh[place] === variant.high && variantLow[place] === variant.low;
      if (alike && firstNs > (last[place] ?? 0) + ORDER_SLACK_NS) {
        last[place] = lastNs;
        return { kind: LATER, back: firstMs - since, wasPlain: false };
      }
      mixed[place] = 1;
      return TURNED_MIXED;
    },
    isMixed: (place) => mixed[place] === 1,
    markMixed: (place) => {
      mixed[place] = 1;
    },
    forget: (cutMs) => {
      const cutNs = cutMs * NS_PER_MS - ORDER_SLACK_NS;
      for (let place = 0; place < size; place++) {
        // What began at no time is not among them: it has no session yet.
        if (mixed[place] === 1 || (origin[place] ?? NEVER_SEEN) >= cutMs || origin[place] === NEVER_SEEN) continue;
        if ((last[place] ?? 0) < cutNs) origin[place] = NEVER_SEEN;
        else mixed[place] = 1;
      }
    },
    restore: (id, key, kind, variant, originMs, lastNs) => {
      const c = key.sourcePort + 1 + key.protocol * PROTOCOL_UNIT;
      const found = find(key.sourceIp, key.destinationIp, c, key.destinationPort + 1);
      const place = found !== -1 ? found : add(id, key.sourceIp, key.destinationIp, c, key.destinationPort + 1);
      if (kind === HIDDEN) return;
      if (kind === MIXED) mixed[place] = 1;
      origin[place] = originMs;
      last[place] = Math.max(last[place] ?? 0, lastNs);
      variantHigh[place] = variant.high;
      variantLow[place] = variant.low;
    },
  };
}

/** Folds the rows of a batch into sessions: rows of one attempt that agree in everything but time, uuid and packets. */

import type { ColumnData } from "./append-columns.ts";
import type { AttemptTable } from "./attempt-table.ts";
import type { Lexicon } from "./lexicon.ts";
import type { RowBuffer } from "./row-buffer.ts";
import { HIDDEN, MIXED } from "./schema.ts";

export interface FoldedSessions {
  readonly count: number;
  /** One array per column of SESSION_COLUMNS. */
  readonly columns: readonly ColumnData[];
  /** Session id of each row. */
  readonly ofRow: Uint32Array;
  /** Stored ids of attempts whose sessions from earlier batches have to become MIXED. */
  readonly turnedMixed: readonly number[];
}

const NS_PER_MS = 1_000_000n;

export function foldSessions(rows: RowBuffer, firstId: number, attempts: AttemptTable, lexicon: Lexicon): FoldedSessions {
  const { count, ids, ts, packets } = rows;
  const { attempt, sender, place, event, policies, node, sip, sport, dport, frame, detail, hidden } = ids;
  const ofRow = new Uint32Array(count);
  /** Row that a session took its ids from. */
  const model = new Int32Array(count);
  const first = new BigInt64Array(count);
  const last = new BigInt64Array(count);
  const flows = new Uint32Array(count);
  const sum = new BigInt64Array(count);
  const previous = new Int32Array(count);
  let size = 0;

  // Open addressing by attempt: the newest session of an attempt in this batch; older ones follow through `previous`.
  let width = 64;
  while (width < count * 2) width *= 2;
  const heads = new Int32Array(width).fill(-1);
  const mask = width - 1;

  for (let row = 0; row < count; row++) {
    const own = attempt[row] ?? 0;
    let at = (Math.imul(own, 0x9e3779b1) >>> 8) & mask;
    let head = heads[at] ?? -1;
    while (head !== -1 && attempt[model[head] ?? 0] !== own) {
      at = (at + 1) & mask;
      head = heads[at] ?? -1;
    }
    let session = head;
    while (session !== -1) {
      const other = model[session] ?? 0;
      if (
        frame[other] === frame[row] &&
        detail[other] === detail[row] &&
        place[other] === place[row] &&
        sender[other] === sender[row] &&
        event[other] === event[row] &&
        policies[other] === policies[row] &&
        node[other] === node[row] &&
        hidden[other] === hidden[row]
      )
        break;
      session = (previous[session] ?? 0) - 1;
    }
    const time = ts[row] ?? 0n;
    if (session === -1) {
      session = size;
      size += 1;
      model[session] = row;
      first[session] = time;
      last[session] = time;
      previous[session] = head + 1;
      heads[at] = session;
    } else if (time < (first[session] ?? 0n)) first[session] = time;
    else if (time > (last[session] ?? 0n)) last[session] = time;
    flows[session] = (flows[session] ?? 0) + 1;
    sum[session] = (sum[session] ?? 0n) + (packets[row] ?? 0n);
    ofRow[row] = firstId + session;
  }

  const column = (source: Int32Array): Int32Array => picked(source, model, size);
  const places = column(attempt);
  const kinds = new Uint8Array(size);
  const back = new BigInt64Array(size);
  const turnedMixed = new Set<number>();
  const variant = { high: 0, low: 0 };
  for (let session = 0; session < size; session++) {
    const row = model[session] ?? 0;
    const own = attempt[row] ?? 0;
    if (hidden[row] === 1) {
      kinds[session] = HIDDEN;
      continue;
    }
    hashVariant(variant, sender[row] ?? 0, place[row] ?? 0, event[row] ?? 0, policies[row] ?? 0, node[row] ?? 0, detail[row] ?? 0);
    const from = first[session] ?? 0n;
    const verdict = attempts.addSession(own, variant, Number(floorMs(from)), Number(from), Number(last[session] ?? 0n));
    kinds[session] = verdict.kind;
    back[session] = BigInt(verdict.back);
    if (verdict.wasPlain) turnedMixed.add(attempts.idAt(own));
  }
  const attemptIds = new Uint32Array(size);
  for (let session = 0; session < size; session++) {
    const own = places[session] ?? 0;
    attemptIds[session] = attempts.idAt(own);
    if (kinds[session] !== HIDDEN && attempts.isMixed(own)) {
      kinds[session] = MIXED;
      back[session] = 0n;
    }
  }

  const senderIds = column(sender);
  const placeIds = column(place);
  const idColumn = new Uint32Array(size);
  for (let session = 0; session < size; session++) idColumn[session] = firstId + session;
  const { codes, places: placeEntries } = lexicon;
  const addresses = new Uint32Array(size);
  for (let session = 0; session < size; session++) addresses[session] = placeEntries[placeIds[session] ?? 0]?.ip ?? 0;
  return {
    count: size,
    ofRow,
    turnedMixed: [...turnedMixed],
    columns: [
      idColumn,
      attemptIds,
      first,
      last,
      flows,
      sum,
      kinds,
      back,
      senderIds,
      placeIds,
      column(event),
      column(policies),
      column(node),
      column(sip),
      column(sport),
      column(dport),
      column(frame),
      column(detail),
      codesOf(codes.pod, senderIds),
      codesOf(codes.workload, senderIds),
      codesOf(codes.namespace, senderIds),
      codesOf(codes.group, placeIds),
      addresses,
    ],
  };
}

function picked(source: Int32Array, rows: Int32Array, size: number): Int32Array {
  const found = new Int32Array(size);
  for (let index = 0; index < size; index++) found[index] = source[rows[index] ?? 0] ?? 0;
  return found;
}

function codesOf(codes: readonly number[], ids: Int32Array): Uint32Array {
  const found = new Uint32Array(ids.length);
  for (let index = 0; index < ids.length; index++) found[index] = codes[ids[index] ?? 0] ?? 0;
  return found;
}

/** Of everything that a question can tell apart within one attempt. Two hashes: 64 bits make an accident impossible in practice. */
export function hashVariant(
  into: { high: number; low: number },
  sender: number,
  place: number,
  event: number,
  policies: number,
  node: number,
  detail: number,
): void {
  let a = Math.imul(sender + 1, 0x85ebca6b);
  let b = Math.imul(sender ^ 0x2545f491, 0x9e3779b1);
  a = Math.imul(a ^ (a >>> 15) ^ place, 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 13) ^ (place + 0x7f4a7c15), 0x27d4eb2f);
  a = Math.imul(a ^ (a >>> 13) ^ event, 0x165667b1);
  b = Math.imul(b ^ (b >>> 16) ^ (event + 0x632be59b), 0x85ebca77);
  a = Math.imul(a ^ (a >>> 16) ^ policies, 0x9e3779b1);
  b = Math.imul(b ^ (b >>> 15) ^ (policies + 0x3c6ef372), 0xc2b2ae3d);
  a = Math.imul(a ^ (a >>> 14) ^ node, 0x27d4eb2f);
  b = Math.imul(b ^ (b >>> 13) ^ (node + 0x1b873593), 0x165667b1);
  a = Math.imul(a ^ (a >>> 15) ^ detail, 0x85ebca6b);
  b = Math.imul(b ^ (b >>> 14) ^ (detail + 0x2f0b4c47), 0xc2b2ae35);
  into.high = (a ^ (a >>> 15)) >>> 0;
  into.low = (b ^ (b >>> 16)) >>> 0;
}

export function floorMs(ns: bigint): bigint {
  const ms = ns / NS_PER_MS;
  return ns < 0n && ms * NS_PER_MS !== ns ? ms - 1n : ms;
}

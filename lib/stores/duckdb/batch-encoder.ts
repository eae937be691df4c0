/** Turns the flows of a batch into columns: numbers for everything that repeats, duplicates left out, siblings folded. */

import { lineOf } from "#lib/decode/line-text.ts";
import type { Batch } from "#lib/flows/batch.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { REASONS } from "#lib/flows/reason.ts";
import { isSiblingType, mergeSibling } from "#lib/flows/sibling.ts";
import { type AttemptTable, createAttemptTable } from "./attempt-table.ts";
import { hashInto, readUuid, UUID_CANONICAL, UUID_NONE, UUID_TEXT } from "./flow-id.ts";
import type { Lexicon } from "./lexicon.ts";
import { createFrameMaker, type FrameMaker } from "./line-frame.ts";
import { createRecentUuids, type RecentUuids } from "./recent-uuids.ts";
import { createRepeatedFlows } from "./repeated-flows.ts";
import { createRowBuffer, type RowBuffer } from "./row-buffer.ts";
import { createSiblingIndex, type SiblingIndex, type Waiting } from "./sibling-index.ts";
import { createStringTable } from "./string-table.ts";
import type { TextPool } from "./text-pool.ts";

/** A flow of this batch whose partner was stored in an earlier one: the stored row takes over what the new one knows better. */
export interface LateSibling {
  readonly flow: Flow;
  readonly stored: Waiting;
}

export interface EncodedBatch {
  readonly rows: RowBuffer;
  readonly duplicates: number;
  readonly leftovers: readonly (readonly string[])[];
  readonly lateSiblings: readonly LateSibling[];
  /** Times of the first and the last row; undefined without rows. */
  readonly span: { readonly oldest: bigint; readonly newest: bigint } | undefined;
}

/** What has to be in memory to take flows in; rebuilt from the tables when the process starts. */
export interface EncoderState {
  readonly lexicon: Lexicon;
  readonly pool: TextPool;
  readonly attempts: AttemptTable;
  readonly uuids: RecentUuids;
  readonly siblings: SiblingIndex;
  readonly frames: FrameMaker;
  readonly protocols: ReturnType<typeof createStringTable>;
}

export function createEncoderState(lexicon: Lexicon, pool: TextPool): EncoderState {
  return {
    lexicon,
    pool,
    attempts: createAttemptTable(),
    uuids: createRecentUuids(),
    siblings: createSiblingIndex(),
    frames: createFrameMaker(lexicon, pool),
    protocols: createStringTable(),
  };
}

const REASON_NUMBERS = new Map(REASONS.map((reason, index) => [reason, index]));

/** `batchNumber` tells rows of this batch from rows of earlier ones; `firstLeftover` is the number of the next text kept beside a row. */
export function encodeBatch(state: EncoderState, batch: Batch, batchNumber: number, firstLeftover: number): EncodedBatch {
  const { lexicon, uuids, siblings } = state;
  const rows = createRowBuffer();
  rows.reserve(batch.flows.length);
  const { ids } = rows;
  const shown: Flow[] = [];
  /** Rows whose record is not their own line's alone. */
  const merged = new Uint8Array(batch.flows.length);
  /** 1 + the row that a row repeats; 0 = none. */
  const models = new Int32Array(batch.flows.length);
  const repeated = createRepeatedFlows((at) => (merged[at] === 1 ? undefined : shown[at]));
  const kinds = new Uint8Array(batch.flows.length);
  const lateSiblings: LateSibling[] = [];
  const words = new Uint32Array(4);
  let duplicates = 0;
  let row = 0;
  let oldest = 0n;
  let newest = 0n;

  for (let index = 0; index < batch.flows.length; index++) {
    const flow = batch.flows[index];
    if (flow === undefined) continue;
    const kind = idInto(words, flow, batch, index);
    if (!uuids.add(words[0] ?? 0, words[1] ?? 0, words[2] ?? 0, words[3] ?? 0)) {
      duplicates += 1;
      continue;
    }
    shown[row] = flow;
    kinds[row] = kind;
    rows.ts[row] = flow.time;
    rows.hi[row * 2] = words[1] ?? 0;
    rows.hi[row * 2 + 1] = words[0] ?? 0;
    rows.lo[row * 2] = words[3] ?? 0;
    rows.lo[row * 2 + 1] = words[2] ?? 0;
    rows.packets[row] = flow.packets === 1 ? 1n : BigInt(flow.packets);
    if (row === 0 || flow.time < oldest) oldest = flow.time;
    if (row === 0 || flow.time > newest) newest = flow.time;
    const model = repeated.rowAlike(flow, row);
    models[row] = model + 1;
    if (model === -1) fillOwn(state, flow, rows, row);
    else copyIds(ids, model, row);
    const attempt = ids.attempt[row] ?? 0;
    if (isSiblingType(flow.eventType)) {
      const group = (ids.node[row] ?? 0) * 16 + (REASON_NUMBERS.get(flow.reason) ?? 0);
      const partner = siblings.take(attempt, flow.time, flow.eventType, group);
      if (partner) {
        ids.hidden[row] = 1;
        rows.packets[row] = 0n;
        const first = partner.batch === batchNumber ? shown[partner.row] : undefined;
        if (first) {
          const both = mergeSibling(first, flow);
          shown[partner.row] = both;
          merged[partner.row] = 1;
          fillMerged(state, both, rows, partner.row);
        } else lateSiblings.push({ flow, stored: partner });
      } else siblings.add(attempt, flow.eventType, group, waitingAt(batchNumber, row, flow.time, words));
    }
    row += 1;
  }
  rows.count = row;

  const leftovers: string[][] = [];
  let leftover: string[] = [];
  for (let at = 0; at < row; at++) {
    const flow = shown[at];
    if (flow === undefined) continue;
    const model = (models[at] ?? 0) - 1;
    const before = model === -1 || merged[model] === 1 || merged[at] === 1 || rows.extra[model] !== 0 ? undefined : shown[model];
    if (before !== undefined && kinds[model] === kinds[at] && state.frames.isSameFrame(flow, before, ids.frame[model] ?? 0)) {
      ids.frame[at] = ids.frame[model] ?? 0;
      continue;
    }
    const source = lexicon.senders[ids.sender[at] ?? 0]?.endpoint ?? 0;
    const place = ids.place[at] ?? 0;
    const rowIds = {
      source,
      destination: lexicon.places[place]?.endpoint ?? 0,
      place,
      policies: ids.policies[at] ?? 0,
      node: ids.node[at] ?? 0,
    };
    ids.frame[at] = state.frames.frameOf(flow, rowIds, kinds[at] ?? 0, leftover);
    if (leftover.length === 0) continue;
    rows.extra[at] = firstLeftover + leftovers.length;
    leftovers.push(leftover);
    leftover = [];
  }
  return { rows, duplicates, leftovers, lateSiblings, span: row === 0 ? undefined : { oldest, newest } };
}

function idInto(words: Uint32Array, flow: Flow, batch: Batch, index: number): number {
  if (readUuid(flow.uuid, words)) return UUID_CANONICAL;
  if (flow.uuid !== "") {
    hashInto(flow.uuid, words);
    return UUID_TEXT;
  }
  hashInto(JSON.stringify([batch.position.feed, batch.position.offset, index, lineOf(flow.parts)]), words);
  return UUID_NONE;
}

function waitingAt(batch: number, row: number, time: bigint, words: Uint32Array): Waiting {
  const hi = (BigInt(words[0] ?? 0) << 32n) | BigInt(words[1] ?? 0);
  const lo = (BigInt(words[2] ?? 0) << 32n) | BigInt(words[3] ?? 0);
  return { batch, row, time, hi, lo };
}

function fillOwn(state: EncoderState, flow: Flow, rows: RowBuffer, row: number): void {
  const { lexicon, pool, attempts } = state;
  const { ids } = rows;
  const sourceIp = lexicon.addresses.idOf(flow.sourceIp);
  const destinationIp = lexicon.addresses.idOf(flow.destinationIp);
  const node = lexicon.nodeOf(flow.node, () => textOf(flow, "node", pool));
  const source = lexicon.endpointOf(flow.source, () => textOf(flow, "source", pool));
  const destination = lexicon.endpointOf(flow.destination, () => textOf(flow, "destination", pool));
  ids.sip[row] = sourceIp;
  ids.sport[row] = flow.sourcePort;
  ids.dport[row] = flow.destinationPort;
  ids.node[row] = node;
  ids.sender[row] = lexicon.senderOf(flow, source, sourceIp, node);
  ids.place[row] = lexicon.placeOf(destination, destinationIp, flow.destinationNames, () => textOf(flow, "names", pool));
  ids.event[row] = lexicon.eventOf(flow);
  ids.policies[row] = lexicon.policiesOf(flow.deniedBy, flow.policyLog, () => textOf(flow, "policies", pool));
  ids.attempt[row] = attempts.placeOf(sourceIp, destinationIp, flow.sourcePort, flow.destinationPort, state.protocols.idOf(flow.protocol));
}

/** All but the frame, which tells the line, and whether the row is shown, which its partner decides. */
function copyIds(ids: RowBuffer["ids"], from: number, to: number): void {
  ids.sip[to] = ids.sip[from] ?? 0;
  ids.sport[to] = ids.sport[from] ?? 0;
  ids.dport[to] = ids.dport[from] ?? 0;
  ids.node[to] = ids.node[from] ?? 0;
  ids.sender[to] = ids.sender[from] ?? 0;
  ids.place[to] = ids.place[from] ?? 0;
  ids.event[to] = ids.event[from] ?? 0;
  ids.policies[to] = ids.policies[from] ?? 0;
  ids.attempt[to] = ids.attempt[from] ?? 0;
}

/** What merging may have changed. */
function fillMerged(state: EncoderState, merged: Flow, rows: RowBuffer, row: number): void {
  const { lexicon } = state;
  const none = (): number => 0;
  const destination = lexicon.endpointOf(merged.destination, none);
  rows.ids.place[row] = lexicon.placeOf(destination, lexicon.addresses.idOf(merged.destinationIp), merged.destinationNames, none);
  rows.ids.policies[row] = lexicon.policiesOf(merged.deniedBy, merged.policyLog, none);
}

function textOf(flow: Flow, kind: "source" | "destination" | "node" | "names" | "policies", pool: TextPool): number {
  const hole = flow.parts.shape.kinds.indexOf(kind);
  const text = hole < 0 ? undefined : flow.parts.holes[hole];
  return text === undefined || text === "" ? 0 : pool.idOf(text);
}

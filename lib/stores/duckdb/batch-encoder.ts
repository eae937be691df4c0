/** Turns the flows of a batch into columns: numbers for everything that repeats, duplicates left out, siblings folded. */

import { lineOf } from "#lib/decode/line-text.ts";
import type { Batch } from "#lib/flows/batch.ts";
import type { Flow } from "#lib/flows/flow.ts";
import type { FlowColumns } from "#lib/flows/flow-columns.ts";
import { flowOfRow } from "#lib/flows/flow-of-row.ts";
import { columnsOf } from "#lib/flows/flow-rows.ts";
import { isSiblingType, mergeSibling } from "#lib/flows/sibling.ts";
import { UUID_CANONICAL, UUID_NONE } from "#lib/flows/uuid-words.ts";
import type { EncoderState } from "./encoder-state.ts";
import { hashInto } from "./flow-id.ts";
import type { RowIds } from "./own-texts.ts";
import type { RowBuffer } from "./row-buffer.ts";
import { NO_FRAME } from "./row-frames.ts";
import type { Waiting } from "./sibling-index.ts";

/** A flow of this batch whose partner was stored in an earlier one: the stored row takes over what the new one knows better. */
export interface LateSibling {
  readonly flow: Flow;
  readonly stored: Waiting;
}

/** Its rows last until the next batch is encoded. */
export interface EncodedBatch {
  readonly rows: RowBuffer;
  readonly duplicates: number;
  readonly leftovers: readonly (readonly string[])[];
  readonly lateSiblings: readonly LateSibling[];
  /** Times of the first and the last row; undefined without rows. */
  readonly span: { readonly oldest: bigint; readonly newest: bigint } | undefined;
}

/** `batchNumber` tells rows of this batch from rows of earlier ones; `firstLeftover` is the number of the next text kept beside a row. */
export function encodeBatch(state: EncoderState, batch: Batch, batchNumber: number, firstLeftover: number): EncodedBatch {
  const encoding = new BatchEncoding(state, batch, batchNumber);
  const { columns, rows, from, merged, lateSiblings } = encoding;
  for (let index = 0; index < columns.count; index += RUN) encoding.encodeRun(index, Math.min(index + RUN, columns.count));
  const leftovers = fillFrames(state, columns, rows, from, merged, firstLeftover);
  return { rows, duplicates: columns.count - rows.count, leftovers, lateSiblings, span: spanOf(rows) };
}

/** Rows encoded by one call: many calls are compiled whole, one long loop is compiled for each batch anew (V8 13.6). */
const RUN = 512;

class BatchEncoding {
  readonly columns: FlowColumns;
  readonly rows: RowBuffer;
  /** Which row of the columns a stored row is. */
  readonly from: Int32Array;
  /** Rows whose record is not their own line's alone. */
  readonly merged = new Map<number, Flow>();
  readonly lateSiblings: LateSibling[] = [];
  private readonly state: EncoderState;
  private readonly batch: Batch;
  private readonly batchNumber: number;
  private readonly words = new Uint32Array(4);

  constructor(state: EncoderState, batch: Batch, batchNumber: number) {
    this.state = state;
    this.batch = batch;
    this.batchNumber = batchNumber;
    this.columns = batch.columns ?? columnsOf(batch.flows, state.rows);
    this.rows = state.buffers.take(this.columns.count);
    this.from = new Int32Array(this.columns.count);
    state.models.begin(this.columns, state.known.of(this.columns.dictionary));
  }

  encodeRun(from: number, to: number): void {
    for (let index = from; index < to; index++) this.encode(index);
  }

  /** The flow of this number as the next row, if it was not met before. */
  private encode(index: number): void {
    const { columns, rows, words, state } = this;
    const { models } = state;
    idInto(words, columns, this.batch, index);
    if (!state.uuids.add(words[0] ?? 0, words[1] ?? 0, words[2] ?? 0, words[3] ?? 0)) return;
    const row = rows.count++;
    this.from[row] = index;
    rows.ts[row] = columns.time[index] ?? 0n;
    rows.hi[row * 2] = words[1] ?? 0;
    rows.hi[row * 2 + 1] = words[0] ?? 0;
    rows.lo[row * 2] = words[3] ?? 0;
    rows.lo[row * 2 + 1] = words[2] ?? 0;
    models.fill(index, row, rows.ids);
    const packets = models.packetsOf(index);
    if (packets !== 1) rows.packets[row] = BigInt(packets);
    const eventType = models.eventTypeOf(index);
    if (isSiblingType(eventType)) this.findPartner(index, row, eventType);
  }

  private findPartner(index: number, row: number, eventType: number): void {
    const { columns, rows, merged, state } = this;
    const { models, siblings } = state;
    const time = columns.time[index] ?? 0n;
    const attempt = models.attemptOf(index);
    const group = models.siblingGroupOf(index);
    const partner = siblings.take(attempt, time, eventType, group);
    if (!partner) {
      siblings.add(attempt, eventType, group, this.batchNumber, row, time, this.words);
      return;
    }
    const flow = flowOfRow(columns, index);
    rows.ids.hidden[row] = 1;
    rows.packets[row] = 0n;
    if (partner.batch === this.batchNumber) {
      const both = mergeSibling(merged.get(partner.row) ?? flowOfRow(columns, this.from[partner.row] ?? 0), flow);
      merged.set(partner.row, both);
      fillMerged(state, both, rows, partner.row);
    } else this.lateSiblings.push({ flow, stored: partner });
  }
}

/** The frames of all rows; answers the texts that are kept beside rows, numbered from `firstLeftover`. */
function fillFrames(
  state: EncoderState,
  columns: FlowColumns,
  rows: RowBuffer,
  from: Int32Array,
  merged: ReadonlyMap<number, Flow>,
  firstLeftover: number,
): string[][] {
  const { lexicon } = state;
  const { ids } = rows;
  const frames = state.rowFrames;
  frames.begin(columns, state.known.of(columns.dictionary));
  const leftovers: string[][] = [];
  const rowIds: { -readonly [K in keyof RowIds]: number } = { source: 0, destination: 0, place: 0, policies: 0, node: 0 };
  let leftover: string[] = [];
  for (let row = 0; row < rows.count; row++) {
    const index = from[row] ?? 0;
    const both = merged.get(row);
    let frame = both === undefined ? frames.find(index) : NO_FRAME;
    if (frame === NO_FRAME) {
      const place = ids.place[row] ?? 0;
      rowIds.source = lexicon.senders[ids.sender[row] ?? 0]?.endpoint ?? 0;
      rowIds.destination = lexicon.places[place]?.endpoint ?? 0;
      rowIds.place = place;
      rowIds.policies = ids.policies[row] ?? 0;
      rowIds.node = ids.node[row] ?? 0;
      if (both === undefined) frame = frames.frameOf(index, rowIds, leftover);
    }
    if (frame === NO_FRAME) {
      leftover.length = 0;
      frame = state.frames.frameOf(both ?? flowOfRow(columns, index), rowIds, columns.uuidKind[index] ?? 0, leftover);
    }
    ids.frame[row] = frame;
    if (leftover.length === 0) continue;
    rows.extra[row] = firstLeftover + leftovers.length;
    leftovers.push(leftover);
    leftover = [];
  }
  return leftovers;
}

function spanOf({ count, ts }: RowBuffer): EncodedBatch["span"] {
  if (count === 0) return undefined;
  let oldest = ts[0] ?? 0n;
  let newest = oldest;
  for (let row = 1; row < count; row++) {
    const time = ts[row] ?? 0n;
    if (time < oldest) oldest = time;
    else if (time > newest) newest = time;
  }
  return { oldest, newest };
}

function idInto(words: Uint32Array, columns: FlowColumns, batch: Batch, index: number): void {
  const kind = columns.uuidKind[index];
  if (kind === UUID_CANONICAL) {
    for (let word = 0; word < 4; word++) words[word] = columns.uuid[index * 4 + word] ?? 0;
    return;
  }
  const flow = flowOfRow(columns, index);
  const place = [batch.position.feed, batch.position.offset, index, lineOf(flow.parts)];
  hashInto(kind === UUID_NONE ? JSON.stringify(place) : flow.uuid, words);
}

/** What merging may have changed. */
function fillMerged(state: EncoderState, merged: Flow, rows: RowBuffer, row: number): void {
  const { lexicon } = state;
  const none = (): number => 0;
  const destination = lexicon.endpointOf(merged.destination, none);
  rows.ids.place[row] = lexicon.placeOf(destination, lexicon.addresses.idOf(merged.destinationIp), merged.destinationNames, none);
  rows.ids.policies[row] = lexicon.policiesOf(merged.deniedBy, merged.policyLog, none);
}

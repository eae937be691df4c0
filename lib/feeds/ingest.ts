/** Lines → batches → store: owns decoding, batching, positions and back-pressure of one feed's lines. */
import type { Decoded, DecodedOther } from "#lib/decode/decoded.ts";
import type { LineJoiner } from "#lib/decode/join-lines.ts";
import type { LineRepeat } from "#lib/decode/line-repeat.ts";
import { type Batch, batchOf, type FlowSink } from "#lib/flows/batch.ts";
import { FlowRows } from "#lib/flows/flow-rows.ts";
import { RepeatedLines } from "./repeated-lines.ts";
import { createTally } from "./tally.ts";

/** A batch is sent when it reaches one of these. */
export interface BatchLimits {
  readonly flows: number;
  /** Of raw lines. */
  readonly bytes: number;
  readonly ms: number;
}

export const CATCH_UP: BatchLimits = { flows: 50_000, bytes: 384 << 20, ms: 1_500 };
export const LIVE: BatchLimits = { flows: 20_000, bytes: 64 << 20, ms: 250 };

/** The first batch is a small one: the store gets to work while the lines behind it are read. */
const FIRST_FLOWS = 12_500;

interface LineContext {
  readonly fallbackTime: bigint | undefined;
}

/** A batch that holds so many chars of its rows' own texts is sent, too: these stay in memory until it is stored. */
const OWN_CHARS_MAX = 64 << 20;

export interface LineDecoder {
  decode(line: string, context: LineContext): Decoded;
  /** The same, but a flow goes into `rows` without being made, and the answer is undefined. */
  decodeInto?(line: string, context: LineContext, rows: FlowRows): DecodedOther | undefined;
  /** Of the line that became a row last, where another one may repeat it. */
  repeat?(): LineRepeat | undefined;
}

export interface IngestParts {
  readonly sink: FlowSink;
  /** Key of the position. */
  readonly feed: string;
  /** Name shown beside samples. */
  readonly label: string;
  readonly decoder: LineDecoder;
  readonly joiner: LineJoiner;
  readonly limits: BatchLimits;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** For lines without a time before any line had one. */
  readonly firstTime: bigint | undefined;
  /** Kept with the position, whose offset it is given. */
  readonly state: (offset: number) => string;
  readonly start: number;
  /** What was learnt of lines before these; by default nothing. */
  readonly learnt?: Learnt;
}

/** Kept from one piece of a file to the next: rows with their dictionary, and lines that may be repeated. */
export interface Learnt {
  readonly rows: FlowRows;
  readonly repeats: RepeatedLines;
}

export interface Ingest {
  /** One physical line and the offset behind it. */
  line(text: string, end: number): void;
  /** The line that begins at `from`, if it repeats an earlier one: its length up to and with its newline; 0 = it has to come as a text. */
  repeated(bytes: Buffer, from: number, to: number, offset: number): number;
  /** Sends what is due; resolves when there is room for more. Rejects when the store does. */
  settle(): Promise<void>;
  /** Everything out, at the end of the input or at a stop; after a stop (`ended` false) waiting parts stay unread. */
  finish(ended: boolean): Promise<void>;
  /** A stop of what can be read again: lets the store finish what it has, and leaves the rest to the next run. */
  abandon(): Promise<void>;
  /** Flows decoded so far. */
  readonly flows: number;
}

export function createIngest(parts: IngestParts): Ingest {
  const { decoder, joiner, limits, now, sink } = parts;
  const tally = createTally(parts.label);
  const rows = parts.learnt?.rows ?? new FlowRows();
  const repeats = decoder.repeat === undefined ? undefined : (parts.learnt?.repeats ?? new RepeatedLines());
  const context = {
    get fallbackTime() {
      return rows.lastTime() ?? parts.firstTime;
    },
  };
  let decodedFlows = 0;
  let bytes = 0;
  let begun = now();
  /** Behind the last line after which no part waited. */
  let safeEnd = parts.start;
  let sentEnd = parts.start;
  let flowsDue = Math.min(limits.flows, parts.learnt === undefined ? FIRST_FLOWS : limits.flows);
  const ready: Batch[] = [];
  let sending: Promise<unknown> | undefined;

  /** Whether the line is a row now. */
  const logical = (text: string): boolean => {
    const other = decoder.decodeInto ? decoder.decodeInto(text, context, rows) : decodeInto(decoder, text, context, rows);
    if (other === undefined) {
      tally.flow();
      decodedFlows++;
      return true;
    }
    switch (other.is) {
      case "notice":
        tally.notice(other.notice);
        break;
      case "agent":
        tally.agent(other.agent);
        break;
      case "reject":
        tally.reject(other.reject);
        break;
    }
    return false;
  };

  const learn = (line: string): void => {
    const repeat = decoder.repeat?.();
    if (repeat !== undefined) repeats?.learn(line, repeat, rows);
  };

  /** After each line. */
  const readUpTo = (end: number, length: number): void => {
    bytes += length;
    if (joiner.pending) return;
    safeEnd = end;
    if (rows.count >= flowsDue || bytes >= limits.bytes || rows.ownChars >= OWN_CHARS_MAX) cut();
  };

  const cut = (): void => {
    if (tally.lines === 0 && safeEnd === sentEnd) return;
    ready.push(batchOf(rows.take(), { ...tally.take(), position: { feed: parts.feed, offset: safeEnd, state: parts.state(safeEnd) } }));
    sentEnd = safeEnd;
    flowsDue = limits.flows;
    bytes = 0;
    begun = now();
  };

  /** One batch on its way, one being built: a slow store slows the reader. */
  const send = async (all: boolean): Promise<void> => {
    for (let batch = ready.shift(); batch !== undefined; batch = ready.shift()) {
      await sending;
      sending = sink.append(batch);
      // awaited at the next batch; until then a failure must not count as unhandled
      sending.catch(() => undefined);
    }
    if (all) await sending;
  };

  return {
    line(text, end) {
      for (const whole of joiner.push(text)) if (logical(whole) && whole === text) learn(text);
      readUpTo(end, text.length);
    },
    repeated(block, from, to, offset) {
      const length = repeats === undefined || joiner.pending ? 0 : repeats.take(block, from, to, rows);
      if (length === 0) return 0;
      tally.flow();
      decodedFlows++;
      readUpTo(offset + length, length - 1);
      return length;
    },
    async settle() {
      if (now() - begun >= limits.ms) {
        if (!joiner.pending) cut();
      }
      if (ready.length > 0) await send(false);
    },
    async finish(ended) {
      if (ended) {
        for (const whole of joiner.flush()) logical(whole);
      }
      cut();
      await send(true);
    },
    async abandon() {
      await sending;
    },
    get flows() {
      return decodedFlows;
    },
  };
}

function decodeInto(decoder: LineDecoder, line: string, context: LineContext, rows: FlowRows): DecodedOther | undefined {
  const decoded = decoder.decode(line, context);
  if (decoded.is !== "flow") return decoded;
  rows.add(decoded.flow);
  return undefined;
}

/** Lines of many live sources → batches → store: decodes, tallies by source, and lets the sources wait when the store is behind. */
import type { Decoded } from "#lib/decode/decoded.ts";
import type { Batch, FlowSink, LineTally } from "#lib/flows/batch.ts";
import type { Flow } from "#lib/flows/flow.ts";
import type { AgentWord, RejectSample } from "#lib/flows/line-log.ts";
import { type BatchLimits, LIVE, type LineDecoder } from "./ingest.ts";
import { createTally, type Tally } from "./tally.ts";

/** One stream of lines; `note` learns what each line was, at once. */
export interface LiveSource {
  readonly tally: Tally;
  readonly note: (decoded: Decoded, text: string, stamp: bigint) => void;
}

export function createLiveSource(label: string, note: LiveSource["note"]): LiveSource {
  return { tally: createTally(label), note };
}

export interface LiveBatchesParts {
  readonly sink: FlowSink;
  /** Key of the position. */
  readonly feed: string;
  readonly decoder: LineDecoder;
  /** Kept with the position: where every source stands after the lines taken so far. */
  readonly state: () => string;
  readonly limits?: BatchLimits;
  /** Lines of earlier runs, as the stored position says: a flow without a uuid is known by its line's number. */
  readonly linesBefore: number;
  /** Flows met before, as the store counts them. */
  readonly onStored: (stored: number, duplicates: number) => void;
  /** The store takes no more; said once. */
  readonly onFailed: (error: unknown) => void;
}

export interface LiveBatches {
  /** `stamp`: when the line was written, in nanoseconds since 1970, for what carries no time of its own. */
  line(source: LiveSource, text: string, stamp: bigint): void;
  /** Something other than a line changed where the sources stand. */
  moved(): void;
  /** The store is behind: `room` would wait. */
  readonly isFull: boolean;
  /** Resolves when there is room for more: at once, unless the store is behind. */
  room(): Promise<void>;
  /** Everything out. Resolves also when the store failed. */
  finish(): Promise<void>;
}

/** Batches that wait behind the one on its way: more, and the sources wait. */
const WAITING_MOST = 1;

export function createLiveBatches(parts: LiveBatchesParts): LiveBatches {
  const { decoder, sink, limits = LIVE } = parts;
  const ready: Batch[] = [];
  let touched = new Set<LiveSource>();
  let flows: Flow[] = [];
  let bytes = 0;
  let lines = parts.linesBefore;
  let hasMoved = false;
  let failed = false;
  let sending: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const cut = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (touched.size === 0 && !hasMoved) return;
    const taken = [...touched].map((source) => source.tally.take());
    ready.push({
      flows,
      tally: taken.map(({ tally }) => tally).reduce(sumOf, NOTHING),
      samples: taken.flatMap<RejectSample>(({ samples }) => samples),
      agentWords: taken.flatMap<AgentWord>(({ agentWords }) => agentWords),
      position: { feed: parts.feed, offset: lines, state: parts.state() },
    });
    touched = new Set();
    flows = [];
    bytes = 0;
    hasMoved = false;
    sending ??= send();
  };

  const send = async (): Promise<void> => {
    // cut() stores the promise of this first; until then nothing may be taken from the list
    await Promise.resolve();
    try {
      for (let batch = ready.shift(); batch !== undefined && !failed; batch = ready.shift()) {
        const result = await sink.append(batch);
        parts.onStored(result.stored, result.duplicates);
      }
    } catch (error) {
      failed = true;
      parts.onFailed(error);
    }
    sending = undefined;
  };

  const isFull = (): boolean => ready.length > WAITING_MOST && !failed;

  const due = (): void => {
    timer ??= setTimeout(cut, limits.ms);
  };

  const decode = (text: string, stamp: bigint): Decoded => {
    const decoded = decoder.decode(text, { fallbackTime: undefined });
    if (decoded.is === "agent" && decoded.agent.time === undefined) return { is: "agent", agent: { ...decoded.agent, time: stamp } };
    return decoded.is === "reject" && decoded.reject.reason === "no-time" ? decoder.decode(text, { fallbackTime: stamp }) : decoded;
  };

  return {
    line(source, text, stamp) {
      const decoded = decode(text, stamp);
      if (decoded.is === "flow") {
        source.tally.flow();
        flows.push(decoded.flow);
      } else if (decoded.is === "notice") source.tally.notice(decoded.notice);
      else if (decoded.is === "agent") source.tally.agent(decoded.agent);
      else source.tally.reject(decoded.reject);
      source.note(decoded, text, stamp);
      touched.add(source);
      bytes += text.length;
      lines += 1;
      if (flows.length >= limits.flows || bytes >= limits.bytes) cut();
      else due();
    },
    moved() {
      hasMoved = true;
      due();
    },
    get isFull() {
      return isFull();
    },
    async room() {
      while (isFull()) await sending;
    },
    async finish() {
      cut();
      while (sending !== undefined) await sending;
    },
  };
}

const NOTHING: LineTally = { total: 0, flows: 0, notices: 0, agent: 0, rejected: 0, rejectedBy: {}, lost: {} };

function sumOf(one: LineTally, other: LineTally): LineTally {
  return {
    total: one.total + other.total,
    flows: one.flows + other.flows,
    notices: one.notices + other.notices,
    agent: one.agent + other.agent,
    rejected: one.rejected + other.rejected,
    rejectedBy: addedCounts(one.rejectedBy, other.rejectedBy),
    lost: addedCounts(one.lost, other.lost),
  };
}

/** Names come from logs: a map, because `__proto__` is a name like any other. */
function addedCounts(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const sums = new Map(Object.entries(one));
  for (const [name, count] of Object.entries(other)) sums.set(name, (sums.get(name) ?? 0) + count);
  return Object.fromEntries(sums);
}

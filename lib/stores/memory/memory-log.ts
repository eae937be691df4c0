/** What a memory store has taken in: flows with their siblings folded, lines by what they were, and how far each feed got. */
import { lineOf } from "#lib/decode/line-text.ts";
import type { AppendResult, Batch, FeedPosition, LineTally } from "#lib/flows/batch.ts";
import type { Flow } from "#lib/flows/flow.ts";
import type { AgentWord, RejectSample } from "#lib/flows/line-log.ts";
import { mergeSibling } from "#lib/flows/sibling.ts";
import type { LineCounts } from "#lib/questions/answer.ts";
import { attemptKey } from "#lib/questions/attempt-key.ts";
import type { Corpus } from "#lib/questions/reference-corpus.ts";
import type { StoredFlow } from "#lib/questions/reference-select.ts";
import { placeId } from "./flow-id.ts";
import { createSiblingPairs } from "./pair-siblings.ts";

/** Bounds of what is kept of lines that are no flows. */
const MOST_SAMPLES = 200;

export interface MemoryLog {
  readonly corpus: Corpus;
  readonly newest: bigint | undefined;
  readonly lines: LineCounts;
  readonly lost: Readonly<Record<string, number>>;
  readonly samples: readonly RejectSample[];
  readonly agentWords: readonly AgentWord[];
  append(batch: Batch): AppendResult;
  position(feed: string): FeedPosition | undefined;
  feeds(): readonly string[];
  /** Every record, both of a packet where there are two. */
  records(): Iterable<Entry>;
  /** By the id of either record of a packet. */
  find(id: string): { readonly shown: StoredFlow; readonly own: Flow; readonly sibling: Entry | undefined } | undefined;
}

/** A record as it came. */
export interface Entry {
  readonly id: string;
  readonly flow: Flow;
  readonly attempt: string;
}

export function createMemoryLog(): MemoryLog {
  const shown = new Map<string, StoredFlow>();
  const entries = new Map<string, Entry>();
  const siblingOf = new Map<string, Entry>();
  const shownBy = new Map<string, string>();
  const pairs = createSiblingPairs<Entry>();
  const positions = new Map<string, FeedPosition>();
  const samples: RejectSample[] = [];
  const agentWords: AgentWord[] = [];
  const rejectedBy = new Map<string, number>();
  const lost = new Map<string, number>();
  let flows: readonly StoredFlow[] | undefined;
  let [oldest, newest]: (bigint | undefined)[] = [];
  let counts = { total: 0, flows: 0, notices: 0, agent: 0, rejected: 0, duplicates: 0 };

  const keep = (entry: Entry): void => {
    entries.set(entry.id, entry);
    const { time } = entry.flow;
    if (oldest === undefined || time < oldest) oldest = time;
    if (newest === undefined || time > newest) newest = time;
    const partner = pairs.partnerOf(entry);
    const before = partner && shown.get(partner.id);
    if (partner === undefined || before === undefined) {
      shown.set(entry.id, entry);
      return;
    }
    shown.set(partner.id, { ...before, flow: mergeSibling(before.flow, entry.flow) });
    siblingOf.set(partner.id, entry);
    shownBy.set(entry.id, partner.id);
  };

  const tell = ({ tally }: { readonly tally: LineTally }, duplicates: number): void => {
    counts = {
      total: counts.total + tally.total,
      flows: counts.flows + tally.flows,
      notices: counts.notices + tally.notices,
      agent: counts.agent + tally.agent,
      rejected: counts.rejected + tally.rejected,
      duplicates: counts.duplicates + duplicates,
    };
    for (const [reason, count] of Object.entries(tally.rejectedBy)) rejectedBy.set(reason, (rejectedBy.get(reason) ?? 0) + count);
    for (const [source, count] of Object.entries(tally.lost)) lost.set(source, (lost.get(source) ?? 0) + count);
  };

  return {
    get corpus() {
      flows ??= [...shown.values()];
      return { flows, oldest };
    },
    get newest() {
      return newest;
    },
    get lines() {
      return { ...counts, rejectedBy: Object.fromEntries(rejectedBy) };
    },
    get lost() {
      return Object.fromEntries(lost);
    },
    samples,
    agentWords,
    append(batch) {
      const { feed, offset } = batch.position;
      let duplicates = 0;
      for (const [index, flow] of batch.flows.entries()) {
        const id = flow.uuid === "" ? placeId(feed, offset, index, lineOf(flow.parts)) : flow.uuid;
        if (entries.has(id)) duplicates += 1;
        else keep({ id, flow, attempt: attemptKey(flow) });
      }
      flows = undefined;
      tell(batch, duplicates);
      samples.push(...batch.samples.slice(0, MOST_SAMPLES - samples.length));
      agentWords.push(...batch.agentWords.slice(0, MOST_SAMPLES - agentWords.length));
      positions.set(feed, batch.position);
      return { stored: batch.flows.length - duplicates, duplicates };
    },
    position: (feed) => positions.get(feed),
    feeds: () => [...positions.keys()],
    records: () => entries.values(),
    find(id) {
      const shownId = shownBy.get(id) ?? id;
      const found = shown.get(shownId);
      const own = entries.get(shownId);
      return found && own && { shown: found, own: own.flow, sibling: siblingOf.get(shownId) };
    },
  };
}

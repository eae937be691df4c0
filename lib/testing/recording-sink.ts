/** A sink for tests of feeds: keeps what it was given, and positions like a store would. */
import type { Batch, FeedPosition, FlowSink } from "#lib/flows/batch.ts";

export interface RecordingSink extends FlowSink {
  readonly batches: readonly Batch[];
  readonly positions: ReadonlyMap<string, FeedPosition>;
  uuids(): string[];
  /** Lines in all, by the tally. */
  total(): number;
}

export function createRecordingSink(beforeAppend: (batch: Batch) => Promise<void> = () => Promise.resolve()): RecordingSink {
  const batches: Batch[] = [];
  const positions = new Map<string, FeedPosition>();
  return {
    batches,
    positions,
    async append(batch) {
      await beforeAppend(batch);
      batches.push(batch);
      positions.set(batch.position.feed, batch.position);
      return { stored: batch.flows.length, duplicates: 0 };
    },
    position: (feed) => Promise.resolve(positions.get(feed)),
    feeds: () => Promise.resolve([...positions.keys()]),
    uuids: () => batches.flatMap((batch) => batch.flows.map((flow) => flow.uuid)),
    total: () => batches.reduce((sum, batch) => sum + batch.tally.total, 0),
  };
}

/** A store in memory that others fill: what tests stand in for Azure Data Explorer with where its own questions do not matter. */
import type { Batch, FlowSink } from "#lib/flows/batch.ts";
import type { Scannable } from "#lib/stores/flow-scan.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import type { HistoryStore } from "#lib/stores/history-store.ts";
import { arrivedIn } from "#lib/stores/joined/node-packets.ts";
import { createMemoryStore } from "#lib/stores/memory/memory-store.ts";

export interface MemoryHistory extends HistoryStore, FlowSink, Scannable {
  /** From now on it answers every question with this problem; undefined = it is well again. */
  break(detail: string | undefined): void;
}

export function createMemoryHistory(now: () => number, name = "history"): MemoryHistory {
  const batches: Batch[] = [];
  const cuts = new Map<number, Promise<FlowStore>>();
  const store = createMemoryStore({ now, name });
  let trouble: string | undefined;

  const cutAt = async (ms: number): Promise<FlowStore> => {
    const cut = createMemoryStore({ now, name });
    for (const batch of batches) await cut.append({ ...batch, flows: batch.flows.filter(({ time }) => time < BigInt(ms) * 1_000_000n) });
    return cut;
  };
  const view = (of: () => Promise<FlowStore>): FlowStore => {
    const ask = async <T>(how: (asked: FlowStore) => Promise<T>): Promise<T | { readonly problem: ReturnType<typeof unavailable> }> =>
      trouble === undefined ? how(await of()) : { problem: unavailable(trouble) };
    return {
      name,
      status: () => ask((asked) => asked.status()),
      summary: (question) => ask((asked) => asked.summary(question)),
      groups: (question) => ask((asked) => asked.groups(question)),
      timeline: (question) => ask((asked) => asked.timeline(question)),
      facets: (question) => ask((asked) => asked.facets(question)),
      flows: (question) => ask((asked) => asked.flows(question)),
      flow: (id) => ask((asked) => asked.flow(id)),
      coverage: (question) => ask((asked) => asked.coverage(question)),
      nearest: (question) => ask((asked) => asked.nearest(question)),
      close: () => Promise.resolve(),
    };
  };
  const whole = view(() => Promise.resolve(store));
  return {
    ...whole,
    append: (batch) => {
      batches.push(batch);
      cuts.clear();
      return store.append(batch);
    },
    position: (feed) => store.position(feed),
    before: (ms) => {
      const cut = cuts.get(ms) ?? cutAt(ms);
      cuts.set(ms, cut);
      return view(() => cut);
    },
    scan: (window) => store.scan(window),
    arrived: (window, sliceMs) => arrivedIn(whole, window, sliceMs),
    break: (detail) => {
      trouble = detail;
    },
  };
}

function unavailable(detail: string) {
  return { kind: "unavailable", title: "History does not answer.", detail, next: "Wait." } as const;
}

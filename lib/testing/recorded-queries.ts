/** The ADX store over a gateway that keeps what it is asked, and answers every question with no rows. */
import type { AdxSettings } from "#lib/stores/adx/adx-settings.ts";
import { adxStoreOver } from "#lib/stores/adx/adx-store.ts";
import type { KustoQuery } from "#lib/stores/adx/kusto-query.ts";
import type { KustoRow } from "#lib/stores/adx/read-frames.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";

export interface RecordedQueries {
  readonly store: FlowStore;
  readonly asked: readonly KustoQuery[];
  /** The queries that this work asks. */
  during(work: (store: FlowStore) => Promise<unknown>): Promise<readonly KustoQuery[]>;
}

/** `rowsOf` = rows of a query's first result. */
export function recordQueries(
  settings: Pick<AdxSettings, "shape" | "table" | "days">,
  now: () => number,
  rowsOf: (query: KustoQuery) => readonly KustoRow[] = () => [],
): RecordedQueries {
  const asked: KustoQuery[] = [];
  const gateway = {
    ask: async (query: KustoQuery) => {
      asked.push(query);
      const [first, ...others] = query.results ?? [];
      return { results: first === undefined ? [] : [rowsOf(query), ...others.map(() => [])] };
    },
    close: () => undefined,
  };
  const store = adxStoreOver({ gateway, settings, now }, "recorded");
  return {
    store,
    asked,
    during: async (work) => {
      const before = asked.length;
      await work(store);
      return asked.slice(before);
    },
  };
}

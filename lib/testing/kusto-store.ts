/** The ADX store over a stand-in cluster, and flows as a cluster's logs have them: what its tests start from. */
import { createDecoder } from "#lib/decode/decoder.ts";
import { latin1Of } from "#lib/decode/line-text.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { formatTime } from "#lib/flows/flow-time.ts";
import type { Coverage } from "#lib/questions/answer.ts";
import type { FlowShape } from "#lib/stores/adx/adx-settings.ts";
import { adxStoreOver } from "#lib/stores/adx/adx-store.ts";
import { createKustoGateway, type KustoGateway } from "#lib/stores/adx/kusto-gateway.ts";
import { queryText } from "#lib/stores/adx/kusto-query.ts";
import type { Store } from "#lib/stores/contract/law.ts";
import type { HistoryStore } from "#lib/stores/history-store.ts";
import { createHubbleDatabase, ingestLines } from "../../e2e/kusto-stand-in/hubble-tables.ts";
import type { KustoDatabase } from "../../e2e/kusto-stand-in/kusto-database.ts";
import { type KustoServer, startKustoServer } from "../../e2e/kusto-stand-in/kusto-server.ts";
import { exportedLine } from "./exported-line.ts";

export interface KustoStore {
  /** What is appended stands in the table as Fluent Bit would have put it there. */
  readonly store: Store;
  /** The same as it is, filled by others. */
  readonly history: HistoryStore;
  readonly database: KustoDatabase;
  readonly server: KustoServer;
  /** Forgets every row. */
  empty(): void;
  close(): Promise<void>;
}

export async function openKustoStore(shape: FlowShape, now: () => number): Promise<KustoStore> {
  const database = createHubbleDatabase(now);
  const server = await startKustoServer({ database });
  const own = { cluster: server.url, database: "Kubernetes", timeoutMs: 60_000, concurrency: 6, cacheSeconds: 0, trustedHosts: [] };
  const gateway = holdingToColumns(createKustoGateway(own, undefined), database);
  const store = adxStoreOver({ gateway, settings: { shape, table: "", days: 3650 }, now }, "the stand-in");
  return {
    store: {
      ...store,
      append: async ({ flows }) => {
        ingestLines(
          database,
          shape,
          flows.map((flow) => ({ text: exportedLine(flow), loggedAt: formatTime(flow.time - (flow.time % 1_000_000n) + 2_000_000n) })),
        );
        return { stored: flows.length, duplicates: 0 };
      },
      position: async () => undefined,
    },
    history: store,
    database,
    server,
    empty: () => ["HubbleEgressDrops", "ContainerLogs", "FluentBitLogs", "ContainerLogV2"].forEach(database.clear),
    close: async () => {
      await store.close();
      await server.close();
    },
  };
}

/** Throws where the parser says that a query yields other columns, or other types, than its row shapes name. */
function holdingToColumns(gateway: KustoGateway, database: KustoDatabase): KustoGateway {
  return {
    ...gateway,
    ask: async (query, signal) => {
      const told = await gateway.ask(query, signal);
      if ("problem" in told) return told;
      const bound = database.results(queryText(query)).map((columns) => columns.map(({ name, type }) => [name, type]));
      const [meant, found] = [JSON.stringify(query.results), JSON.stringify(bound)];
      if (meant !== found) throw new Error(`a query yields ${found}, and ${meant} is read`);
      return told;
    },
  };
}

/**
 * Flows as they are after a cluster's log was read: in the order of their time, whole 100 ns, no two at the same instant, and whatever the
 * exporter's line does not carry is gone.
 */
export function asLogged(flows: readonly Flow[]): readonly Flow[] {
  const decoder = createDecoder();
  const times = new Map<string, bigint>();
  let last = 0n;
  return [...flows]
    .sort((a, b) => (a.time === b.time ? 0 : a.time < b.time ? -1 : 1))
    .map((flow) => {
      const known = times.get(flow.uuid);
      const floor = flow.time - (flow.time % 100n);
      const time = known ?? (floor > last ? floor : last + 100n);
      if (known === undefined) last = time;
      times.set(flow.uuid, time);
      const decoded = decoder.decode(latin1Of(exportedLine({ ...flow, time })), { fallbackTime: undefined });
      if (decoded.is !== "flow") throw new Error(`the line is no flow: ${JSON.stringify(decoded)}`);
      return decoded.flow;
    });
}

/** What stores need not agree on: their names, and how they count the lines that flows came in. */
const OWN_WORDS: ReadonlySet<string> = new Set<keyof Coverage | "checks">(["store", "lines", "lost", "feeds", "checks", "shipped"]);

/** An answer without what stores need not agree on. */
export function alike(told: unknown): unknown {
  return JSON.parse(JSON.stringify(told, (key, value: unknown) => (OWN_WORDS.has(key) ? undefined : value)) ?? "null");
}

/** Whether a filter was refused because KQL cannot say it. */
export function isRefused(told: unknown): boolean {
  return JSON.stringify(told)?.includes("Azure Data Explorer cannot be asked this.") ?? false;
}

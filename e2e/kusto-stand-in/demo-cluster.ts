/** A stand-in cluster full of the demo's log lines, the day before now: for browser tests, and to look at Weir over Kusto without one. */
import { parseArgs } from "node:util";
import { createDecoder } from "#lib/decode/decoder.ts";
import { latin1Of } from "#lib/decode/line-text.ts";
import { demoLines } from "#lib/feeds/demo/demo-lines.ts";
import { formatTime } from "#lib/flows/flow-time.ts";
import { TABLE_SHAPES, type TableShape } from "#lib/stores/adx/adx-settings.ts";
import { createHubbleDatabase, ingestLines, type LoggedLine } from "./hubble-tables.ts";
import type { KustoDatabase } from "./kusto-database.ts";
import { type KustoServer, startKustoServer } from "./kusto-server.ts";
import { networkLogRows } from "./network-log-rows.ts";

/** A table of one's own has no lines to show. */
type DemoShape = Exclude<TableShape, "custom">;

interface DemoCluster extends KustoServer {
  readonly database: KustoDatabase;
}

export interface DemoClusterOptions {
  readonly shape: DemoShape;
  /** The newest so many; the demo makes some 12,000 a day at least. */
  readonly flows: number;
  readonly seed?: number;
  /** Milliseconds since 1970: the last line was written then. */
  readonly until: number;
  readonly port?: number;
}

export async function startDemoCluster({ shape, flows, seed = 7, until, port = 0 }: DemoClusterOptions): Promise<DemoCluster> {
  const database = createHubbleDatabase(() => until);
  const lines = [...loggedLines(demoLines({ seed, until, flows }))].slice(-flows);
  if (shape === "container-network-logs") database.insert("ContainerNetworkLogs", networkLogRows(lines));
  else ingestLines(database, shape, lines);
  return { ...(await startKustoServer({ database, port })), database };
}

/** Flow lines only: a typed table holds no others, and the other shapes leave them out. */
function* loggedLines(lines: Iterable<string>): Generator<LoggedLine> {
  const decoder = createDecoder();
  for (const line of lines) {
    const decoded = decoder.decode(latin1Of(line), { fallbackTime: undefined });
    if (decoded.is !== "flow") continue;
    const { time } = decoded.flow;
    yield { text: line, loggedAt: formatTime(time - (time % 1_000_000n) + 2_000_000n) };
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "8081" },
      shape: { type: "string", default: "typed" },
      flows: { type: "string", default: "5000" },
    },
  });
  const shape = TABLE_SHAPES.filter((one) => one !== "custom").find((one) => one === values.shape) ?? "typed";
  const server = await startDemoCluster({ shape, flows: Number(values.flows), until: Date.now(), port: Number(values.port) });
  process.stdout.write(
    `a stand-in cluster at ${server.url}: npm start -- --store adx --adx-cluster ${server.url} --adx-database Kubernetes --adx-shape ${shape}\n`,
  );
  process.once("SIGINT", () => void server.close());
  process.once("SIGTERM", () => void server.close());
}

/** A replay over a table of Azure Data Explorer says what one over the embedded store says of the same lines. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDecoder } from "#lib/decode/decoder.ts";
import { latin1Of } from "#lib/decode/line-text.ts";
import { type ExporterEntry, emptyEntry } from "#lib/exporter/config.ts";
import type { ReplayReport } from "#lib/exporter/replay-report.ts";
import { demoLines } from "#lib/feeds/demo/demo-lines.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { formatTime } from "#lib/flows/flow-time.ts";
import { FLOW_SHAPES } from "#lib/stores/adx/adx-settings.ts";
import { createKustoGateway } from "#lib/stores/adx/kusto-gateway.ts";
import { scanLines } from "#lib/stores/adx/scan-lines.ts";
import { openDuckdbStore } from "#lib/stores/duckdb/duckdb-store.ts";
import type { Scannable } from "#lib/stores/flow-scan.ts";
import { sampleBatch } from "#lib/testing/sample-flow.ts";
import { createHubbleDatabase, ingestLines, type LoggedLine } from "../../e2e/kusto-stand-in/hubble-tables.ts";
import { startKustoServer } from "../../e2e/kusto-stand-in/kusto-server.ts";
import { createReplayDesk } from "./replay-desk.ts";

const UNTIL = Date.parse("2026-09-22T10:00:00Z");
const HOUR = 3_600_000;
const WINDOW = { from: UNTIL - 20 * HOUR, to: UNTIL - HOUR };
const ENTRIES: readonly Partial<ExporterEntry>[] = [
  {},
  { includeFilters: [{ event_type: [{ type: 1 }], drop_reason_desc: ["POLICY_DENY"] }, { verdict: ["AUDIT"] }] },
  { includeFilters: [{ destination_label: ["reserved:world"] }], excludeFilters: [{ destination_port: ["443"] }] },
  { includeFilters: [{ cel_expression: ['_flow.verdict == Verdict.DROPPED && _flow.node_name.endsWith("1")'] }] },
  { fieldMask: ["time", "uuid", "source.namespace", "destination_names", "drop_reason_desc"] },
  { fieldAggregate: ["source.namespace", "drop_reason_desc"], aggregationInterval: "10m" },
];

const database = createHubbleDatabase(() => UNTIL);
const server = await startKustoServer({ database });
const gateway = createKustoGateway(
  { cluster: server.url, database: "Kubernetes", timeoutMs: 20_000, concurrency: 2, cacheSeconds: 0, trustedHosts: [] },
  undefined,
);
const lines = someLines();
let embedded: ReplayReport;

beforeAll(async () => {
  const opened = await openDuckdbStore({ directory: undefined, now: () => UNTIL });
  if (opened.problem !== undefined) throw new Error(opened.problem);
  await opened.store.append(sampleBatch(lines.map(({ flow }) => flow)));
  embedded = await replayed(opened.store);
  await opened.store.close();
});
afterAll(async () => {
  gateway.close();
  await server.close();
});

test.each(FLOW_SHAPES)("over a %s table, lines delivered twice included", async (shape) => {
  const twice: readonly LoggedLine[] = lines.flatMap((line, index) => (index % 5 === 0 ? [line, line] : [line]));
  ingestLines(database, shape, twice);
  const asking = { gateway, settings: { shape, table: "", days: 14 }, now: () => UNTIL };
  const report = await replayed({ scan: (window, gone) => scanLines(asking, window, gone, { stretch: 40, most: 10_000 }) });
  expect(numbersOf(report)).toEqual(numbersOf(embedded));
  expect(report.flows).toBeGreaterThan(120);
  for (const { matched, refused } of report.configs[0]?.entries ?? []) expect({ refused, some: matched > 0 }).toEqual({ some: true });
});

test("says how much of the window it left out where a table holds more than is replayed", async () => {
  const asking = { gateway, settings: { shape: "typed", table: "", days: 14 }, now: () => UNTIL } as const;
  const report = await replayed({ scan: (window, gone) => scanLines(asking, window, gone, { stretch: 20, most: 60 }) });
  expect(report).toMatchObject({ total: embedded.total, cut: "flows", looked: { to: WINDOW.to } });
  expect(report.flows).toBeGreaterThanOrEqual(60);
  expect(report.flows).toBeLessThan(80);
  expect(report.looked.from).toBeGreaterThan(WINDOW.from);
});

test("says of a table of one's own that its lines are put together, and of a cluster that fails what helps", async () => {
  database.insert("MyDrops", [
    { At: new Date(UNTIL - 2 * HOUR).toISOString(), Kind: "drop", Verdict: "DROPPED", Why: "POLICY_DENY", Ns: "a" },
  ]);
  const mapping = { table: "MyDrops", time: "At", columns: { verdict: "Verdict", drop_reason_desc: "Why", source_namespace: "Ns" } };
  const asking = { gateway, settings: { shape: "custom", table: "", mapping, days: 14 }, now: () => UNTIL } as const;
  const store: Scannable = { scan: (window, gone) => scanLines(asking, window, gone) };
  const report = await replayed(store);
  expect(report).toMatchObject({ flows: 1, total: 1, undecoded: 0 });
  expect(report.blindSpots.join(" ")).toContain("put together");
  const desk = createReplayDesk({ store, now: () => 0 });
  const open = () => desk.open({ window: WINDOW, configs: [], version: "1.19" });
  const opened = await open();
  server.misbehaveAlways({ is: "status", status: 403 });
  expect(await desk.step({ id: "id" in opened ? opened.id : 0, wantsReport: false })).toMatchObject({
    problem: { title: "Weir may not read this database." },
  });
  expect(await open()).toMatchObject({ problem: { next: expect.stringContaining("viewer") } });
  server.misbehaveAlways(undefined);
});

async function replayed(store: Scannable): Promise<ReplayReport> {
  const entries = ENTRIES.map((entry, index): ExporterEntry => ({ ...emptyEntry(`e${index}`, `/${index}`), ...entry }));
  const desk = createReplayDesk({ store, now: () => 0 });
  const opened = await desk.open({ window: WINDOW, configs: [{ entries }], version: "1.19" });
  if ("problem" in opened) throw new Error(opened.problem.title);
  for (;;) {
    const step = await desk.step({ id: opened.id, wantsReport: false });
    if ("problem" in step) throw new Error(step.problem.title);
    if (step.report !== undefined) return step.report;
  }
}

/** What does not depend on the order of lines within a stretch. */
function numbersOf({ flows, total, undecoded, looked, windowMs, blindSpots, configs }: ReplayReport): unknown {
  const entries = configs[0]?.entries.map(({ name, refused, matched, notMatched, reasons, bytesFull, bytesMasked, unsized, ...rest }) => ({
    ...{ name, refused, matched, notMatched, reasons: new Map(Object.entries(reasons ?? {})), bytesFull, bytesMasked, unsized },
    failed: new Map(rest.failed.map(({ list, clause, criterion, flows: count }) => [`${list} ${clause} ${criterion}`, count])),
    // which of equal ones are shown depends on their order
    nodes: rest.nodes.map(({ flows: count, bytes }) => `${count} ${bytes}`),
    aggregated: rest.aggregation?.lines,
  }));
  return { flows, total, undecoded, looked, windowMs, blindSpots, entries };
}

/** Every sixtieth flow of the demo's day, as whole 100 ns as a table holds them. */
function someLines(): readonly (LoggedLine & { readonly flow: Flow })[] {
  const decoder = createDecoder();
  return [...demoLines({ seed: 7, until: UNTIL, flows: 0 })]
    .filter((line) => line.startsWith('{"flow"'))
    .filter((_, index) => index % 60 === 0)
    .map((text) => {
      const decoded = decoder.decode(latin1Of(text), { fallbackTime: undefined });
      if (decoded.is !== "flow") throw new Error(text);
      return { text, flow: decoded.flow, loggedAt: formatTime(decoded.flow.time - (decoded.flow.time % 1_000_000n) + 2_000_000n) };
    });
}

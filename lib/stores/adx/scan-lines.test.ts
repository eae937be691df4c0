import { afterAll, beforeEach, expect, test } from "vitest";
import { walkable } from "#lib/stores/contract/scan-contract.ts";
import type { FlowScan, StoredLine } from "#lib/stores/flow-scan.ts";
import { exportedLine } from "#lib/testing/exported-line.ts";
import { openKustoStore } from "#lib/testing/kusto-store.ts";
import { sampleBatch, sampleFlow } from "#lib/testing/sample-flow.ts";
import { createKustoGateway } from "./kusto-gateway.ts";
import { scanLines } from "./scan-lines.ts";

const START = 1_737_619_200_000;
const now = (): number => START + 3_600_000;
const kusto = await openKustoStore("container-log-v2", now);
const settings = { shape: "container-log-v2", table: "", days: 3650 } as const;
const own = { database: "Kubernetes", timeoutMs: 10_000, concurrency: 2, cacheSeconds: 0, trustedHosts: [] };
const gateway = createKustoGateway({ ...own, cluster: kusto.server.url }, undefined);
afterAll(async () => {
  gateway.close();
  await kusto.close();
});
beforeEach(() => kusto.empty());

const uuidOf = (index: number): string => `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`;
const open = async (window: { from: number; to: number }, stretch = 20): Promise<FlowScan> =>
  walkable(await scanLines({ gateway, settings, now }, window, undefined, { stretch, most: 1_000 }));

async function walk(scan: FlowScan): Promise<{ readonly lines: readonly StoredLine[]; readonly reached: readonly number[] }> {
  const [lines, reached]: [StoredLine[], number[]] = [[], []];
  for (let stretch = walkable(await scan.next()); stretch !== undefined; stretch = walkable(await scan.next())) {
    lines.push(...stretch.lines);
    reached.push(stretch.from);
  }
  return { lines, reached };
}

test("gives every line of a window once, newest first, through bursts and repeated rows", async () => {
  const times = [
    ...Array.from({ length: 50 }, (_, index) => BigInt(START + index * 700) * 1_000_000n),
    ...Array.from({ length: 45 }, (_, index) => BigInt(START + 60_000) * 1_000_000n + BigInt(index * 300)),
    ...Array.from({ length: 45 }, () => BigInt(START + 120_000) * 1_000_000n),
  ];
  const flows = times.map((time, index) => sampleFlow({ time, uuid: uuidOf(index), sourcePort: index, node: "ü" }));
  // a shipper that sends what it sent before
  await kusto.store.append(sampleBatch([...flows, ...flows.filter((_, index) => index % 3 === 0)]));
  const window = { from: START + 700, to: START + 180_000 };
  const scan = await open(window);
  const { lines, reached } = await walk(scan);
  expect(lines.length).toBe(flows.length - 1);
  expect(scan.total).toBe(flows.length - 1);
  expect(reached.toSorted((a, b) => b - a)).toEqual(reached);
  expect(reached.at(-1)).toBe(window.from);
  const wanted = flows.slice(1).map((flow) => exportedLine(flow));
  expect(lines.map(({ line }) => Buffer.from(line, "latin1").toString("utf8")).toSorted()).toEqual(wanted.toSorted());
  expect(lines.map(({ time }) => time).toSorted()).toEqual(
    flows
      .slice(1)
      .map(({ time }) => time - (time % 100n))
      .toSorted(),
  );
});

test("asks for fewer lines where they are too long for one answer, and hands on what else goes wrong", async () => {
  await kusto.store.append(
    sampleBatch(Array.from({ length: 120 }, (_, index) => sampleFlow({ time: BigInt(START + index) * 1_000_000n, uuid: uuidOf(index) }))),
  );
  const window = { from: START, to: START + 1_000 };
  const long = await open(window, 200);
  kusto.server.misbehave({ is: "error-row" }, { is: "partial" });
  expect((await walk(long)).lines.length).toBe(120);
  const cut = await open(window, 200);
  kusto.server.misbehave({ is: "html" });
  expect(await cut.next()).toMatchObject({ problem: { kind: "unavailable" } });
  kusto.server.misbehaveAlways({ is: "partial" });
  expect(await scanLines({ gateway, settings, now }, window)).toMatchObject({ problem: { kind: "too-much" } });
  kusto.server.misbehaveAlways(undefined);
});

test("an empty window is no flows, and sums are refused with why", async () => {
  const scan = await open({ from: START, to: START + 1_000 });
  expect([scan.total, await scan.next()]).toEqual([0, undefined]);
  const sums = { gateway, settings: { shape: "container-network-logs", table: "", days: 14 }, now } as const;
  expect(await scanLines(sums, { from: START, to: START + 1 })).toMatchObject({
    problem: { title: "Sums cannot be replayed.", detail: expect.stringContaining("sums over 30 seconds") },
  });
});

test("whoever leaves calls the question off at the cluster", async () => {
  await kusto.store.append(sampleBatch([sampleFlow({ time: BigInt(START) * 1_000_000n })]));
  const scan = await open({ from: START, to: START + 1_000 });
  const gone = new AbortController();
  kusto.server.misbehave({ is: "slow", ms: 5_000 });
  const next = scan.next(gone.signal);
  await expect.poll(() => kusto.server.load.now).toBe(1);
  gone.abort();
  expect(await next).toMatchObject({ problem: { title: "The question was called off." } });
  await expect.poll(() => kusto.server.cancelled.length).toBe(1);
});

/** A cluster's agents followed live, and their lines in Azure Data Explorer minutes later: at every moment what was printed is what is told. */
import { setTimeout as after } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { createDecoder } from "#lib/decode/decoder.ts";
import type { Coverage } from "#lib/questions/answer.ts";
import type { Question } from "#lib/questions/question.ts";
import { openDuckdbStore } from "#lib/stores/duckdb/duckdb-store.ts";
import { createJoinedStore } from "#lib/stores/joined/joined-store.ts";
import { follow, standIn } from "#lib/testing/followed-cluster.ts";
import { openKustoStore } from "#lib/testing/kusto-store.ts";
import { soakLine, soakUuid } from "../../bin/soak/soak-lines.ts";
import { ingestLines } from "../../e2e/kusto-stand-in/hubble-tables.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;

it("tells every flow once before, while and after it arrives in the cluster", async () => {
  const began = Date.now();
  const kusto = await openKustoStore("typed", Date.now);
  const opened = await openDuckdbStore({ directory: undefined, now: Date.now });
  if (opened.problem !== undefined) throw new Error(opened.problem);
  const store = createJoinedStore({ history: kusto.history, recent: opened.store, now: Date.now, fillMs: HOUR, askEveryMs: 0 });
  const agents = await standIn(3);
  const run = follow(agents, store, { decoder: createDecoder() });

  // minutes ago, by number: the agents print them in this order
  const printed: { readonly text: string; readonly pod: number; readonly at: number }[] = [];
  const print = (count: number, at: number): void => {
    for (let more = 0; more < count; more++) {
      const pod = printed.length % agents.pods.length;
      const text = soakLine(printed.length, agents.pods[pod]?.node ?? "", at + more);
      agents.pods[pod]?.log.emit(text);
      printed.push({ text, pod, at: at + more });
    }
  };
  const ingest = (which: (line: (typeof printed)[number]) => boolean): void =>
    ingestLines(
      kusto.database,
      "typed",
      printed.filter(which).map(({ text, at }) => ({ text, loggedAt: new Date(at + 2).toISOString() })),
    );
  const question = (): Question => ({
    window: { from: began - HOUR, to: Date.now() + HOUR },
    filter: { include: [], exclude: [] },
    text: "",
  });

  const told = async (): Promise<{ readonly ids: readonly string[]; readonly coverage: Coverage }> => {
    const page = await store.flows({ ...question(), after: undefined, limit: 500, newestFirst: true });
    if (page.problem !== undefined) throw new Error(page.problem.detail);
    return { ids: page.answer.rows.map(({ id }) => id).sort(), coverage: page.coverage };
  };
  /** Waits for the feed alone: whatever has arrived in the cluster, no row is missing or there twice. */
  const allPrinted = async (): Promise<Coverage> => {
    const meant = printed.map((_, index) => soakUuid(index)).sort();
    await vi.waitUntil(async () => (await told()).ids.length >= meant.length, { timeout: 20_000, interval: 100 });
    const { ids, coverage } = await told();
    expect(ids).toEqual(meant);
    const summary = await store.summary(question());
    expect(summary.answer).toMatchObject({ attempts: meant.length, packets: meant.length });
    const by = { by: ["node"], order: "key", descending: false, offset: 0, limit: 50, sparkPoints: 0 } as const;
    const groups = await store.groups({ ...question(), ...by });
    expect(groups.answer?.rows.reduce((sum, { packets }) => sum + packets, 0)).toBe(meant.length);
    return coverage;
  };

  try {
    print(21, began - 9 * MINUTE);
    print(21, began - 4 * MINUTE);
    expect((await allPrinted()).filled).toMatchObject({
      since: new Date(Math.floor((began - 9 * MINUTE) / 10_000) * 10_000).toISOString(),
    });
    // the oldest part, then one node before the others
    ingest(({ at }) => at < began - 8 * MINUTE);
    expect(Date.parse((await allPrinted()).filled?.since ?? "")).toBeGreaterThan(began - 5 * MINUTE);
    print(9, Date.now());
    ingest(({ at, pod }) => at >= began - 8 * MINUTE && at < began && pod === 0);
    expect((await allPrinted()).filled?.waitingFor.map(({ node }) => node)).toEqual(["soak/node-0", "soak/node-1", "soak/node-2"]);
    ingest(({ at, pod }) => at >= began - 8 * MINUTE && at < began && pod !== 0);
    await allPrinted();

    kusto.server.misbehaveAlways({ is: "status", status: 503 });
    await after(1);
    const broken = await told();
    expect(broken.ids).toHaveLength(printed.length);
    expect(broken.coverage.filled?.alone?.kind).toBe("unavailable");
    kusto.server.misbehaveAlways(undefined);

    ingest(({ at }) => at >= began);
    await vi.waitUntil(async () => (await store.status()).answer?.filled?.since === undefined, { timeout: 20_000, interval: 100 });
    expect((await allPrinted()).filled).toMatchObject({ missing: 0, since: undefined, alone: undefined, waitingFor: [] });
  } finally {
    await run.stop();
    await store.close();
    await kusto.close();
  }
}, 60_000);

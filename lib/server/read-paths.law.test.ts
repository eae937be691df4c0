/** The law of reading: in this thread, in a thread of its own or as whole flows, the same log makes the same store. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createDecoder } from "#lib/decode/decoder.ts";
import { createRandom, goodLine, hostileLine } from "#lib/decode/fuzz-lines.ts";
import { createLineJoiner } from "#lib/decode/join-lines.ts";
import { utf8Of } from "#lib/decode/line-text.ts";
import { createFileFeed } from "#lib/feeds/file/file-feed.ts";
import { startReaderThread } from "#lib/feeds/file/read-in-thread.ts";
import type { FlowSink } from "#lib/flows/batch.ts";
import { openDuckdbStore } from "#lib/stores/duckdb/duckdb-store.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";

const ALWAYS = { from: Date.UTC(2020), to: Date.UTC(2030) };
const EVERYTHING = { include: [{ verdict: ["DROPPED"] }, { verdict: ["ERROR"] }, { verdict: ["VERDICT_UNKNOWN"] }], exclude: [] };

/** Good lines with what makes storing hard: retries, the other record of the packet, the same line twice, lines without uuid or time. */
function hardLog(count: number, seed: number): { readonly text: string; readonly lines: ReadonlyMap<string, string> } {
  const random = createRandom(seed);
  const lines: string[] = [];
  const known = new Map<string, string>();
  let before = goodLine(random);
  const keep = (uuid: string, line: string): void => {
    lines.push(line);
    if (line.includes(uuid) && !known.has(uuid)) known.set(uuid, line);
  };
  for (let index = 0; index < count; index++) {
    const good = goodLine(random);
    keep(good.uuid, good.line);
    for (let retry = 0; retry < index % 4; retry++) {
      const uuid = `${good.uuid.slice(0, -2)}f${retry}`;
      keep(uuid, good.line.replace(good.uuid, uuid).replace('"type":1', retry === 1 ? '"type":5' : '"type":1'));
    }
    if (index % 9 === 0) lines.push(good.line);
    if (index % 6 === 0) lines.push(good.line.replace(`"uuid":"${good.uuid}",`, ""), good.line.replace(good.uuid, good.uuid.toUpperCase()));
    const damaged = hostileLine(random, good, before);
    if (index % 3 === 0 && !damaged.includes("stdout P")) lines.push(damaged);
    before = good;
  }
  return { text: lines.join("\n"), lines: known };
}

async function contentOf(store: FlowStore): Promise<{ readonly rows: readonly object[]; readonly lines: Map<string, string> }> {
  const rows: object[] = [];
  const lines = new Map<string, string>();
  let after: string | undefined;
  do {
    const page = await store.flows({ window: ALWAYS, filter: EVERYTHING, text: "", after, limit: 500, newestFirst: true });
    if (page.problem) throw new Error(page.problem.detail);
    for (const row of page.answer.rows) {
      rows.push(row);
      const detail = await store.flow(row.id);
      if (detail.problem) throw new Error(detail.problem.detail);
      lines.set(row.id, detail.answer.line);
    }
    after = page.answer.next;
  } while (after !== undefined);
  const coverage = await store.coverage({ window: ALWAYS, filter: EVERYTHING, text: "" });
  const status = await store.status();
  const summary = await store.summary({ window: ALWAYS, filter: EVERYTHING, text: "" });
  return { rows: [...rows, { coverage: coverage.answer, counted: status.answer?.lines, summary: summary.answer }], lines };
}

it("makes the same store of the same log, with every line in it byte for byte", { timeout: 60_000 }, async () => {
  const directory = await mkdtemp(join(tmpdir(), "weir-paths-"));
  try {
    const path = join(directory, "agent.log");
    const log = hardLog(70, 12);
    await writeFile(path, log.text, "latin1");
    const read = async (threaded: boolean, around: (sink: FlowSink) => FlowSink): Promise<Awaited<ReturnType<typeof contentOf>>> => {
      const opened = await openDuckdbStore({ directory: undefined, now: () => ALWAYS.to });
      if (opened.problem !== undefined) throw new Error(opened.problem);
      const feed = createFileFeed({
        paths: [path],
        decoder: createDecoder(),
        createJoiner: createLineJoiner,
        limits: { flows: 40, bytes: 1 << 26, ms: 1 << 30 },
        startThread: startReaderThread,
        isLarge: () => threaded,
      });
      await feed.run(around(opened.store), new AbortController().signal);
      expect(feed.reports()[0]).toMatchObject({ state: "done", trouble: "" });
      const content = await contentOf(opened.store);
      await opened.store.close();
      return content;
    };
    const here = await read(false, (sink) => sink);
    const there = await read(true, (sink) => sink);
    const asFlows = await read(false, (sink) => ({
      append: (batch) => sink.append({ ...batch, columns: undefined }),
      position: (feed) => sink.position(feed),
    }));
    expect(here.rows.length).toBeGreaterThan(120);
    expect(there).toEqual(here);
    expect(asFlows).toEqual(here);
    let compared = 0;
    for (const [id, line] of here.lines) {
      const own = log.lines.get(id);
      if (own === undefined) continue;
      expect(line).toBe(utf8Of(own));
      compared++;
    }
    expect(compared).toBeGreaterThan(120);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

import { appendFile, mkdir, mkdtemp, rename, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FeedReport } from "#lib/questions/answer.ts";
import { createPlainJoiner } from "#lib/testing/plain-joiner.ts";
import { createRecordingSink, type RecordingSink } from "#lib/testing/recording-sink.ts";
import { stubDecode } from "#lib/testing/stub-decoder.ts";
import { createFileFeed } from "./file-feed.ts";

let dir = "";
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "weir-files-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const at = (name: string): string => join(dir, name);

async function read(sink: RecordingSink, ...names: string[]): Promise<readonly FeedReport[]> {
  const feed = createFileFeed({ paths: names.map(at), decoder: { decode: stubDecode }, createJoiner: createPlainJoiner });
  await feed.run(sink, new AbortController().signal);
  return feed.reports();
}

describe("what is read", () => {
  it("reads a plain and a gzip file, one without a newline at the end", async () => {
    await writeFile(at("a.log"), "flow a\ninfo x\nflow b");
    await writeFile(at("b.log.gz"), Buffer.concat([gzipSync("flow c\n"), gzipSync("flow d\n")]));
    const sink = createRecordingSink();
    const reports = await read(sink, "a.log", "b.log.gz");
    expect(sink.uuids().sort()).toEqual(["a", "b", "c", "d"]);
    expect(sink.total()).toBe(5);
    expect(reports.map((report) => [report.state, report.trouble, report.bytesRead === report.bytesTotal])).toEqual([
      ["done", "", true],
      ["done", "", true],
    ]);
  });

  it("reads directories and globs, oldest file first, each file once", async () => {
    await mkdir(at("pods/cilium"), { recursive: true });
    for (const [name, age] of [
      ["agent.log", 0],
      ["agent.log.1", 60],
      ["agent.log.2.gz", 120],
      ["notes.md", 0],
      [".hidden.log", 0],
    ] as const) {
      const path = at(`pods/cilium/${name}`);
      await writeFile(path, name.endsWith(".gz") ? gzipSync(`flow ${name}\n`) : `flow ${name}\n`);
      const when = new Date(1_700_000_000_000 - age * 1_000);
      await utimes(path, when, when);
    }
    const sink = createRecordingSink();
    await read(sink, "pods", "pods/*/agent.log*");
    expect(sink.uuids()).toEqual(["agent.log.2.gz", "agent.log.1", "agent.log"]);
  });

  it("takes the file's time for lines that have none", async () => {
    await writeFile(at("a.log"), "flow a\n");
    await utimes(at("a.log"), new Date(1_700_000_000_000), new Date(1_700_000_000_000));
    const sink = createRecordingSink();
    await read(sink, "a.log");
    expect(sink.batches[0]?.flows[0]?.time).toBe(1_700_000_000_000_000_000n);
  });

  it("reads a file of several blocks", async () => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `flow ${i} 1700000000000000000`);
    await writeFile(at("a.log"), `${lines.join(`\n${"info ".padEnd(60, "y")}\n`)}\n`);
    const sink = createRecordingSink();
    await read(sink, "a.log");
    expect(sink.uuids()).toEqual(lines.map((_, i) => String(i)));
    expect(sink.total()).toBe(119_999);
  });
});

describe("a second run", () => {
  it("reads nothing again, and only what was added", async () => {
    await writeFile(at("a.log"), "flow a\nflow b\n");
    await writeFile(at("b.log.gz"), gzipSync("flow z\n"));
    const sink = createRecordingSink();
    await read(sink, "a.log", "b.log.gz");
    await read(sink, "a.log", "b.log.gz");
    expect(sink.total()).toBe(3);
    await appendFile(at("a.log"), "flow c\n");
    await read(sink, "a.log", "b.log.gz");
    expect(sink.uuids().sort()).toEqual(["a", "b", "c", "z"]);
    expect(sink.total()).toBe(4);
  });

  it("goes on in a rotated file under its new name, and reads the new one from its start", async () => {
    await writeFile(at("agent.log"), "flow a\n");
    const sink = createRecordingSink();
    await read(sink, "agent.log");
    await appendFile(at("agent.log"), "flow b\n");
    await rename(at("agent.log"), at("agent.log.1"));
    await writeFile(at("agent.log"), "flow c\n");
    await read(sink, "agent.log", "agent.log.1");
    expect(sink.uuids().sort()).toEqual(["a", "b", "c"]);
  });

  it("starts over in a file that was written anew in place", async () => {
    await writeFile(at("a.log"), "flow a\nflow b\n");
    const sink = createRecordingSink();
    await read(sink, "a.log");
    await truncate(at("a.log"));
    await writeFile(at("a.log"), "flow x\n");
    await read(sink, "a.log");
    expect(sink.uuids()).toEqual(["a", "b", "x"]);
  });

  it.each([
    ["was completed", "", ["flow a", "flow b"]],
    ["was only half written", "b", ["flow a", "flow b", "flow bb"]],
  ])("knows what became of a last line without newline that %s", async (_name, rest, lines) => {
    await writeFile(at("a.log"), "flow a\nflow b");
    const sink = createRecordingSink();
    await read(sink, "a.log");
    await appendFile(at("a.log"), `${rest}\nflow c\n`);
    await read(sink, "a.log");
    expect(sink.uuids()).toEqual([...lines.map((line) => line.slice(5)), "c"]);
  });

  it("goes on behind the last committed batch when it was stopped in the middle", async () => {
    const lines = Array.from({ length: 120_000 }, (_, i) => `flow ${i}`);
    await writeFile(at("a.log"), `${lines.join("\n")}\n`);
    await writeFile(at("b.log.gz"), gzipSync(`${lines.map((line) => `${line}z`).join("\n")}\n`));
    const sink = createRecordingSink();
    for (const name of ["a.log", "b.log.gz"]) {
      const stop = new AbortController();
      const stopping = {
        append: (batch: Parameters<typeof sink.append>[0]) => {
          stop.abort();
          return sink.append(batch);
        },
        position: sink.position,
      };
      const feed = createFileFeed({ paths: [at(name)], decoder: { decode: stubDecode }, createJoiner: createPlainJoiner });
      await feed.run(stopping, stop.signal);
      expect(feed.reports()[0]?.state).toBe("stopped");
      expect(sink.uuids().length % 120_000).toBeGreaterThan(0);
      await read(sink, name);
    }
    expect(sink.uuids()).toEqual([...lines.map((_, i) => String(i)), ...lines.map((_, i) => `${i}z`)]);
  });
});

describe("what cannot be read", () => {
  it("is named, and the rest is read", async () => {
    await writeFile(at("good.log"), "flow a\n");
    await writeFile(at("empty.log"), "");
    await mkdir(at("nothing-here"));
    await writeFile(at("cut.log.gz"), gzipSync(`${"flow b\n".repeat(50_000)}`).subarray(0, 300));
    const sink = createRecordingSink();
    const reports = await read(sink, "good.log", "missing.log", "empty.log", "nothing-here", "none-*.log", "cut.log.gz");
    expect(reports.map((report) => [report.state, report.trouble.replaceAll(dir, "").slice(0, 47)])).toEqual([
      ["done", ""],
      ["failed", "No such file."],
      ["done", ""],
      ["failed", "No log in this directory; looked for *.log, *.j"],
      ["failed", "No file matches."],
      ["done", "/cut.log.gz: The gzip data is damaged or cut sh"],
    ]);
    expect(sink.uuids()).toContain("a");
    expect(sink.uuids()).toContain("b");
  });

  it("is told when the store fails", async () => {
    await writeFile(at("a.log"), "flow a\n");
    const feed = createFileFeed({ paths: [at("a.log")], decoder: { decode: stubDecode }, createJoiner: createPlainJoiner });
    await feed.run(
      createRecordingSink(() => Promise.reject(new Error("disk full"))),
      new AbortController().signal,
    );
    expect(feed.reports()[0]).toMatchObject({ state: "failed", trouble: "Reading stopped: disk full" });
  });
});

import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { earlyReader } from "./early-reader.ts";
import type { ReaderThread } from "./read-in-thread.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "weir-early-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function threads(): { readonly start: () => ReaderThread; readonly started: ReaderThread[]; readonly closed: ReaderThread[] } {
  const started: ReaderThread[] = [];
  const closed: ReaderThread[] = [];
  const start = (): ReaderThread => {
    const thread: ReaderThread = { read: async () => "", close: async () => void closed.push(thread) };
    started.push(thread);
    return thread;
  };
  return { start, started, closed };
}

function fileOf(bytes: number): string {
  const path = join(folder, "a.log");
  writeFileSync(path, "");
  truncateSync(path, bytes);
  return path;
}

it("has a thread ready where a file is large, and hands it out once", async () => {
  const { start, started, closed } = threads();
  const reader = earlyReader([join(folder, "none.log"), fileOf(1 << 30)], start);
  expect(started).toHaveLength(1);
  expect(reader.start()).toBe(started[0]);
  expect(reader.start()).toBe(started[1]);
  await reader.close();
  expect(closed).toEqual([]);
});

it("starts none for small files, folders and what is not there", () => {
  const { start, started } = threads();
  earlyReader([fileOf(100), folder, join(folder, "none.log")], start);
  expect(started).toEqual([]);
});

it("ends a thread that nobody asked for", async () => {
  const { start, started, closed } = threads();
  const reader = earlyReader([fileOf(1 << 30)], start);
  await reader.close();
  expect(closed).toEqual(started);
});

import { expect, it } from "vitest";
import type { FeedReport } from "#lib/questions/answer.ts";
import { createProgressPrinter } from "./progress-printer.ts";
import { openingText } from "./terminal.ts";

const report: FeedReport = {
  name: "agent.log",
  kind: "file",
  state: "reading",
  trouble: "",
  bytesRead: 1_100_000_000,
  bytesTotal: 3_100_000_000,
  flowsPerSecond: 132_000,
  secondsLeft: 13.2,
};

function screen(isTTY: boolean): {
  readonly written: string[];
  readonly isTTY: boolean;
  readonly columns: number;
  write(text: string): void;
} {
  const written: string[] = [];
  return { written, isTTY, columns: 120, write: (text) => void written.push(text) };
}

it("rewrites one line on a terminal and ends it with what was read", () => {
  const terminal = screen(true);
  let clock = 0;
  const print = createProgressPrinter(terminal, () => clock);
  clock = 2_000;
  print([report]);
  print([{ ...report, state: "done", bytesRead: 3_100_000_000 }]);
  print([{ ...report, state: "done", bytesRead: 3_100_000_000 }]);
  expect(terminal.written).toEqual([
    "\r\u001b[K  agent.log  ███████░░░░░░░░░░░░░ 35 %, 1.10 GB of 3.10 GB, 132,000 flows/s, 14 s left",
    "\r\u001b[K  agent.log  read, 3.10 GB\n",
  ]);
});

it("prints a plain line now and then elsewhere", () => {
  const pipe = screen(false);
  let clock = 0;
  const print = createProgressPrinter(pipe, () => clock);
  for (clock = 0; clock <= 12_000; clock += 250) print([report]);
  expect(pipe.written).toHaveLength(2);
  expect(pipe.written[0]).toMatch(/^ {2}agent\.log {2}█+░+ 35 %.*left\n$/);
});

it("says what failed, and shows no terminal escapes of file names", () => {
  const pipe = screen(false);
  createProgressPrinter(pipe, () => 0)([{ ...report, name: "a\u001b[31m.log", state: "failed", bytesRead: 0, trouble: "No such file." }]);
  expect(pipe.written).toEqual(["  a\\u{1b}[31m.log  failed, 0 B: No such file.\n"]);
});

it("opens with address, store, feeds and sign-in", () => {
  const opening = { version: "0.1.0", address: "http://127.0.0.1:8080", store: "DuckDB, ./data", feeds: ["agent.log"] };
  const text = openingText({ ...opening, config: { host: "127.0.0.1", demo: undefined, dataDir: "/weir/data", adx: undefined } });
  for (const part of ["http://127.0.0.1:8080", "DuckDB, ./data", "agent.log", "none, this machine only"]) expect(text).toContain(part);
  const wide = openingText({ ...opening, config: { host: "0.0.0.0", demo: undefined, dataDir: "/weir/data", adx: undefined } });
  expect(wide).toContain("NONE");
});

it("says what is wrong with a feed that goes on, once a minute", () => {
  const plain = screen(false);
  let clock = 0;
  const print = createProgressPrinter(plain, () => clock);
  const live: FeedReport = {
    ...report,
    name: "agent logs, kube-system",
    kind: "agent-logs",
    state: "following",
    trouble: "A right is missing.",
  };
  print([live]);
  clock = 2_000;
  print([live]);
  clock = 3_000;
  print([{ ...live, trouble: "Another right is missing." }]);
  expect(plain.written).toEqual(["  agent logs, kube-system  A right is missing.\n"]);
});

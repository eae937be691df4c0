import { expect, it } from "vitest";
import { createDecoder } from "#lib/decode/decoder.ts";
import { createRandom, goodLine, type Random } from "#lib/decode/fuzz-lines.ts";
import { createLineJoiner } from "#lib/decode/join-lines.ts";
import { lineOf } from "#lib/decode/line-text.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { createRecordingSink } from "#lib/testing/recording-sink.ts";
import { createIngest, type LineDecoder } from "./ingest.ts";
import { createLineCutter } from "./line-cutter.ts";

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
const ENDS = ["Z", ".5Z", ".250Z", ".123456Z", ".123456789Z", ".1234560Z", ".000000001Z"];

const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const digits = (random: Random, length: number): string => Array.from({ length }, () => below(random, 10)).join("");

/** The line of the next packet: `time` where the old one stood (now and then in one place only), and another uuid. */
function again(random: Random, line: string): string {
  const time = `2026-01-23T0${below(random, 3)}:00:0${below(random, 10)}${ENDS[below(random, ENDS.length)]}`;
  const old = TIME.exec(line)?.[0] ?? "";
  const timed = random() < 0.9 ? line.replaceAll(old, time) : line.replace(old, time);
  return timed.replace(UUID, `${digits(random, 8)}-${digits(random, 4)}-4000-8000-${digits(random, 12)}`);
}

function damaged(random: Random, line: string): string {
  const at = below(random, line.length);
  return line.slice(0, at) + String.fromCharCode(32 + below(random, 200)) + line.slice(at + below(random, 2));
}

interface Read {
  readonly flows: readonly Flow[];
  readonly lines: unknown;
  readonly repeated: number;
  readonly offset: number;
}

async function readAll(text: string, blockBytes: number, repeats: boolean): Promise<Read> {
  const sink = createRecordingSink();
  const decoder = createDecoder();
  const plain: LineDecoder = {
    decode: (line, context) => decoder.decode(line, context),
    decodeInto: (line, context, rows) => decoder.decodeInto(line, context, rows),
  };
  const ingest = createIngest({
    sink,
    feed: "f",
    label: "l",
    decoder: repeats ? decoder : plain,
    joiner: createLineJoiner(),
    limits: { flows: 70, bytes: 1 << 30, ms: 1e9 },
    now: () => 0,
    firstTime: 7n,
    state: () => "",
    start: 0,
  });
  let repeated = 0;
  const cutter = createLineCutter(0, ingest.line, (...line) => {
    const length = ingest.repeated(...line);
    if (length > 0) repeated++;
    return length;
  });
  const bytes = Buffer.from(text, "latin1");
  for (let from = 0; from < bytes.length; from += blockBytes) {
    cutter.push(bytes.subarray(from, from + blockBytes));
    await ingest.settle();
  }
  cutter.end();
  await ingest.finish(true);
  const tallies = sink.batches.map(({ tally, samples, agentWords, position }) => ({ tally, samples, agentWords, position }));
  return { flows: sink.batches.flatMap(({ flows }) => flows), lines: tallies, repeated, offset: sink.positions.get("f")?.offset ?? -1 };
}

/** Which of two shapes that both fit tells the line, is open. */
const record = (flow: Flow): unknown => ({ ...flow, parts: lineOf(flow.parts) });

const HEADS = ["", "2026-01-23T00:00:09.5Z stdout F ", "2026-01-23T00:00:09.25+01:00 ", "[pod/a/b] "];

it.each(HEADS)("reads lines that repeat others as the decoder alone does, byte for byte (head '%s')", async (head) => {
  const random = createRandom(31);
  const bare = Array.from({ length: 400 }, () => goodLine(random).line).filter((line) => line.startsWith('{"flow":{"time"'));
  const lines: string[] = [];
  for (let index = 0; index < 500; index++) {
    const line = again(random, bare[below(random, Math.min(bare.length, 12))] ?? "");
    lines.push(random() < 0.1 ? damaged(random, head + line) : head.replace("09", `1${below(random, 10)}`) + line);
    if (random() < 0.1) lines.push("time=2026-01-23T00:00:00Z level=warning msg=exporter", goodLine(random).line);
  }
  const text = `${lines.join("\n")}\n`;
  const [alone, both] = [await readAll(text, 4_000, false), await readAll(text, 1 << 16, true)];
  expect(both.lines).toEqual(alone.lines);
  expect(both.flows.map(record)).toEqual(alone.flows.map(record));
  expect(both.offset).toBe(text.length);
  expect(alone.repeated).toBe(0);
  if (!head.startsWith("[")) expect(both.repeated).toBeGreaterThan(60);
});

it("leaves lines alone that differ in more, by one byte", async () => {
  const random = createRandom(32);
  const line =
    Array.from({ length: 50 }, () => goodLine(random).line).find((one) => one.startsWith('{"flow":{"time"') && one.length > 700) ?? "";
  const others = Array.from({ length: Math.floor(line.length / 4) }, (_, at) => {
    const place = at * 4 + below(random, 4);
    return line.slice(0, place) + (line[place] === "1" ? "2" : "1") + line.slice(place + 1);
  });
  const text = `${others.flatMap((other) => [line, other]).join("\n")}\n`;
  const [alone, both] = [await readAll(text, 1 << 16, false), await readAll(text, 1 << 16, true)];
  expect(both.lines).toEqual(alone.lines);
  expect(both.flows.map(record)).toEqual(alone.flows.map(record));
  expect(both.repeated).toBeGreaterThan(line.length / 8);
});

/** Whatever comes in on a live feed is counted and sampled, stops nothing, and takes no good line with it. */
import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { createDecoder } from "#lib/decode/decoder.ts";
import { createLineJoiner } from "#lib/decode/join-lines.ts";
import { directory, follow, standIn, until } from "#lib/testing/followed-cluster.ts";
import { createRecordingSink, type RecordingSink } from "#lib/testing/recording-sink.ts";
import { createFileFeed } from "./file/file-feed.ts";
import { createStdinFeed } from "./stdin/stdin-feed.ts";

/** Bytes as latin1 text, none with a newline in it. */
const BAD: readonly string[] = [
  // binary, also with the beginning of a flow before it
  Array.from({ length: 5_000 }, (_, at) => String.fromCharCode((at * 7 + 11) % 256 === 10 ? 0 : (at * 7 + 11) % 256)).join(""),
  `{"flow":{"uuid":"${"\0".repeat(100)}\xff\xfe\xc0\xaf`,
  // invalid UTF-8 in the middle of a character, and a flow that is cut
  '{"flow":{"time":"2026-01-01T00:00:00Z","verdict":"DROPPED","Summary":"\xe2\x82',
  // bombs: depth, width, a number without end, keys that are no keys
  `{"flow":${"[".repeat(300_000)}`,
  `{"flow":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`,
  `{"flow":{"time":"2026-01-01T00:00:00Z","socket_cookie":${"9".repeat(500_000)}}}`,
  '{"flow":{"__proto__":{"verdict":"DROPPED"},"constructor":{"prototype":{}},"time":"nonsense"}}',
  '{"flow":null}',
  '{"flow":"a"}',
  // a line that does not end for a long time
  `{"flow":{"Summary":"${"x".repeat(5 << 20)}`,
];
const good = (number: number): string =>
  `{"flow":{"time":"2026-01-01T00:00:00Z","uuid":"00000000-0000-4000-8000-${String(number).padStart(12, "0")}","verdict":"DROPPED","drop_reason_desc":"POLICY_DENY","IP":{"source":"10.0.0.1","destination":"192.0.2.1"},"l4":{"TCP":{"source_port":40000,"destination_port":443}},"event_type":{"type":1,"sub_type":181},"traffic_direction":"EGRESS"},"node_name":"n1"}`;
const LINES = [good(0), ...BAD.flatMap((bad, at) => [bad, good(at + 1)])];
const BYTES = Buffer.from(`${LINES.join("\n")}\n`, "latin1");
const SAMPLE_MOST = 5_000;

async function expectAll(sink: RecordingSink): Promise<void> {
  await until(`${BAD.length + 1} good flows, there are ${sink.uuids().length}`, () => sink.uuids().length > BAD.length);
  await until(`${LINES.length} lines, there are ${sink.total()}`, () => sink.total() >= LINES.length);
  const flows = sink.batches.reduce((sum, { tally }) => sum + tally.flows, 0);
  const rejected = sink.batches.reduce((sum, { tally }) => sum + tally.rejected, 0);
  const others = sink.batches.reduce((sum, { tally }) => sum + tally.agent + tally.notices, 0);
  expect(sink.total()).toBe(LINES.length);
  expect(flows + rejected + others).toBe(LINES.length);
  expect(flows).toBeGreaterThan(BAD.length);
  expect(rejected).toBeGreaterThan(BAD.length / 2);
  const samples = sink.batches.flatMap((batch) => batch.samples);
  expect(samples.length).toBeGreaterThan(0);
  expect(Math.max(...samples.map(({ sample, detail }) => sample.length + detail.length))).toBeLessThan(SAMPLE_MOST);
}

it("in the log of an agent", async () => {
  const cluster = await standIn(1);
  const sink = createRecordingSink();
  const { feed, report } = follow(cluster, sink, { decoder: createDecoder() });
  for (const line of LINES) cluster.pods[0]?.log.emit(line, "latin1");
  await expectAll(sink);
  expect(report()).toMatchObject({ state: "following", trouble: "" });
  expect(feed.sources?.()[0]).toMatchObject({ rejected: expect.any(Number), sample: expect.stringMatching(/./), gaps: 0 });
});

it("in a file that is followed", async () => {
  const path = join(directory(), "a.log");
  await writeFile(path, "");
  const sink = createRecordingSink();
  const feed = createFileFeed({
    paths: [path],
    decoder: createDecoder(),
    createJoiner: createLineJoiner,
    follow: { pollMs: 5, searchMs: 50, lingerMs: 1_000 },
  });
  const stop = new AbortController();
  const done = feed.run(sink, stop.signal);
  // cut anywhere, as a writer's buffer is
  for (let from = 0; from < BYTES.length; from += 700_001) await appendFile(path, BYTES.subarray(from, from + 700_001));
  await expectAll(sink);
  expect(feed.reports()[0]).toMatchObject({ state: "following", trouble: "" });
  stop.abort();
  await done;
});

it("on standard input", async () => {
  const input = new PassThrough();
  const sink = createRecordingSink();
  const feed = createStdinFeed({ open: () => input, decoder: createDecoder(), joiner: createLineJoiner(), startTime: 0n });
  const stop = new AbortController();
  const done = feed.run(sink, stop.signal);
  for (let from = 0; from < BYTES.length; from += 65_537) input.write(BYTES.subarray(from, from + 65_537));
  await expectAll(sink);
  expect(feed.reports()[0]).toMatchObject({ state: "reading", trouble: "" });
  stop.abort();
  await done;
});

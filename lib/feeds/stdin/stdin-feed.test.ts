import { PassThrough, Readable } from "node:stream";
import { expect, it } from "vitest";
import { createPlainJoiner } from "#lib/testing/plain-joiner.ts";
import { createRecordingSink } from "#lib/testing/recording-sink.ts";
import { stubDecode } from "#lib/testing/stub-decoder.ts";
import { createStdinFeed } from "./stdin-feed.ts";

function feedOf(input: Readable): ReturnType<typeof createStdinFeed> {
  return createStdinFeed({ open: () => input, decoder: { decode: stubDecode }, joiner: createPlainJoiner(), startTime: 0n });
}

it("reads until the end, lines cut anywhere", async () => {
  const sink = createRecordingSink();
  const feed = feedOf(Readable.from([Buffer.from("flow a\nfl"), Buffer.from("ow b\nflow c")]));
  await feed.run(sink, new AbortController().signal);
  expect(sink.uuids()).toEqual(["a", "b", "c"]);
  expect(feed.reports()[0]).toMatchObject({ state: "done", trouble: "", bytesRead: 20 });
});

it("shows what a quiet pipe brought last", async () => {
  const input = new PassThrough();
  const stored = Promise.withResolvers<void>();
  const sink = createRecordingSink(() => {
    stored.resolve();
    return Promise.resolve();
  });
  const feed = feedOf(input);
  const stop = new AbortController();
  const run = feed.run(sink, stop.signal);
  input.write("flow a\nflow b\nflow half");
  await stored.promise;
  expect(feed.reports()[0]?.state).toBe("reading");
  stop.abort();
  await run;
  expect(sink.uuids()).toEqual(["a", "b"]);
  expect(feed.reports()[0]?.state).toBe("stopped");
});

it("says so when nothing comes in, and when the store fails", async () => {
  const empty = feedOf(Readable.from([]));
  await empty.run(createRecordingSink(), new AbortController().signal);
  expect(empty.reports()[0]).toMatchObject({ state: "done", trouble: "Nothing came in." });
  const failing = feedOf(Readable.from([Buffer.from("flow a\n")]));
  await failing.run(
    createRecordingSink(() => Promise.reject(new Error("disk full"))),
    new AbortController().signal,
  );
  expect(failing.reports()[0]).toMatchObject({ state: "failed", trouble: "Reading stopped: disk full" });
});

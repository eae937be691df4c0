/** Every line once, although none has a uuid to be known by: over rotations, copies, cuts and compressions at random, while Weir runs and between two runs. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { createRandom } from "#lib/feeds/demo/random.ts";
import { WHOLE_LINES } from "#lib/feeds/whole-lines.ts";
import { createRecordingSink, type RecordingSink } from "#lib/testing/recording-sink.ts";
import { createRotatingLog } from "#lib/testing/rotating-log.ts";
import { stubDecode } from "#lib/testing/stub-decoder.ts";
import { createFileFeed } from "./file-feed.ts";

const SEEDS = 12;
const STEPS = 50;

function start(dir: string, sink: RecordingSink): { stop(): Promise<void> } {
  const feed = createFileFeed({
    paths: [dir],
    decoder: { decode: stubDecode },
    createJoiner: () => WHOLE_LINES,
    limits: { flows: 20, bytes: 1 << 20, ms: 5 },
    follow: { pollMs: 3, searchMs: 10, lingerMs: 150 },
  });
  const stopping = new AbortController();
  const done = feed.run(sink, stopping.signal);
  return {
    stop: () => {
      stopping.abort();
      return done;
    },
  };
}

/** Answers what came twice, what never came although it was in a file long enough, and what was never written. */
async function follow(seed: number): Promise<object> {
  const random = createRandom(seed);
  const dir = await mkdtemp(join(tmpdir(), "weir-law-"));
  const sink = createRecordingSink(() => wait(random.below(4)));
  const log = createRotatingLog(dir, random, (number) => `flow n${number} ${number} ${"x".repeat(random.below(60))}`);
  await writeFile(join(dir, "a.log"), "");
  let life = start(dir, sink);
  for (let step = 0; step < STEPS; step++) {
    await (random.below(8) === 0 ? log.rotate() : log.write());
    if (random.below(30) === 0) {
      await life.stop();
      if (random.chance(0.5)) await log.write();
      if (random.chance(0.5)) await log.rotate();
      life = start(dir, sink);
    }
    await wait(random.below(8));
  }
  const lost = (): string[] => {
    const stored = new Set(sink.uuids());
    const sure = Array.from({ length: log.count }, (_, number) => number).filter((number) => !log.atRisk.has(number));
    return sure.map((number) => `n${number}`).filter((name) => !stored.has(name));
  };
  for (let tries = 0; tries < 800 && lost().length > 0; tries++) await wait(5);
  // long enough for whatever would come twice to come
  await wait(500);
  await life.stop();
  await rm(dir, { recursive: true, force: true });
  const uuids = sink.uuids();
  const others = sink.total() - uuids.length;
  return { seed, lost: lost(), twice: uuids.filter((uuid, at) => uuids.indexOf(uuid) !== at), others };
}

it("has every line once over rotations, copies, cuts and compressions at random", async () => {
  const seeds = Array.from({ length: SEEDS }, (_, at) => 1 + at);
  expect(await Promise.all(seeds.map(follow))).toEqual(seeds.map((seed) => ({ seed, lost: [], twice: [], others: 0 })));
});

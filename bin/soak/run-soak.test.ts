/** A short soak; `npm run soak` is the long one. */
import { expect, it } from "vitest";
import { runSoak } from "./run-soak.ts";

it("loses nothing unseen and meets nothing twice over cuts, rotations, restarts and kill -9", async () => {
  const result = await runSoak({ agents: 12, linesPerSecond: 800, seconds: 6, kills: 2, seed: 3 });
  expect(result).toMatchObject({ emitted: 4_800, lostUnseen: 0, lostThoughThere: 0, duplicates: 0, storedTwice: 0, kills: 2 });
  expect(result.stored + result.lostTold).toBe(result.emitted);
  expect(result.stored).toBeGreaterThan(4_000);
}, 120_000);

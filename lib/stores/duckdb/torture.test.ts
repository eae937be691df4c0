import { expect, test } from "vitest";
import { tortureStore } from "./torture.ts";

test("a process killed while it takes flows in leaves what it committed, and nothing twice", async () => {
  const told = await tortureStore(3, Math.random, 600);
  expect(told.faults).toEqual([]);
  expect(told.flows).toBeGreaterThan(0);
});

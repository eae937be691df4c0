/** What a walk through stored flows has to do, as tests: run by each store's own test file with a way to make an empty one. */
import { expect, test } from "vitest";
import type { Scannable, ScanProblem, StoredLine } from "#lib/stores/flow-scan.ts";
import { sampleBatch, sampleFlow } from "#lib/testing/sample-flow.ts";
import type { Store } from "./law.ts";

const START = 1_737_619_200_000;
const NS_PER_MS = 1_000_000n;
const MINUTE = 60_000;

export function describeScan(name: string, makeStore: () => Promise<Store & Scannable>): void {
  test(`${name} gives every line of a window once, newest stretch first`, async () => {
    const store = await makeStore();
    try {
      // an even part, a burst within one millisecond, and many flows of one instant
      const times = [
        ...Array.from({ length: 3_000 }, (_, index) => BigInt(START + index * 7) * NS_PER_MS),
        ...Array.from({ length: 5_000 }, (_, index) => BigInt(START + MINUTE) * NS_PER_MS + BigInt(index * 3)),
        ...Array.from({ length: 2_500 }, () => BigInt(START + 2 * MINUTE) * NS_PER_MS),
      ];
      const flows = times.map((time, index) => {
        const uuid = `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`;
        return sampleFlow({ time, uuid, sourcePort: index % 60_000 });
      });
      await store.append(sampleBatch(flows.slice(0, 6_000), "a", 1));
      await store.append(sampleBatch(flows.slice(6_000), "a", 2));
      const window = { from: START + 7, to: START + 3 * MINUTE };
      const inside = flows.filter(({ time }) => time >= BigInt(window.from) * NS_PER_MS);
      const scan = walkable(await store.scan(window));
      expect(scan.total).toBe(inside.length);
      const seen: StoredLine[] = [];
      let reached = window.to;
      for (let stretch = walkable(await scan.next()); stretch !== undefined; stretch = walkable(await scan.next())) {
        expect(stretch.from).toBeLessThanOrEqual(reached);
        reached = stretch.from;
        seen.push(...stretch.lines);
        const promised = inside.filter(({ time }) => time >= BigInt(reached) * NS_PER_MS).length;
        expect(seen.length).toBeGreaterThanOrEqual(promised);
      }
      expect(reached).toBe(window.from);
      expect(seen.map(({ line }) => line).sort()).toEqual(inside.map(({ uuid }) => `the line of ${uuid}`).sort());
    } finally {
      await store.close();
    }
  });

  test(`${name} gives both records of a packet, and answers other questions in between`, async () => {
    const store = await makeStore();
    try {
      const [a, b] = [sampleFlow({ uuid: "a" }), sampleFlow({ uuid: "b", eventType: 5, time: 1_737_619_200_000_001_000n })];
      await store.append(sampleBatch([a, b]));
      const scan = walkable(await store.scan({ from: START, to: START + 1_000 }));
      expect((await store.status()).problem).toBeUndefined();
      const stretch = walkable(await scan.next());
      expect(stretch?.lines.map(({ line, time }) => `${line} ${time}`).sort()).toEqual([
        `the line of a ${a.time}`,
        `the line of b ${b.time}`,
      ]);
      expect(await scan.next()).toBeUndefined();
      const empty = walkable(await store.scan({ from: START + 2_000, to: START + 3_000 }));
      expect([empty.total, await empty.next()]).toEqual([0, undefined]);
    } finally {
      await store.close();
    }
  });
}

/** Fails where the store has a problem. */
export function walkable<T>(told: T | ScanProblem): T {
  if (isProblem(told)) throw new Error(told.problem.title);
  return told;
}

function isProblem(told: unknown): told is ScanProblem {
  return typeof told === "object" && told !== null && "problem" in told;
}

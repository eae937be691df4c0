import fc from "fast-check";
import { expect, it } from "vitest";
import { chooseBoundary, type SliceCounts } from "./boundary.ts";

const SLICES = 12;
const NODES = ["a", "b", "c"];
const range = { from: 0, to: SLICES };

const counts = fc.array(fc.array(fc.nat({ max: 3 }), { minLength: NODES.length, maxLength: NODES.length }), {
  minLength: SLICES,
  maxLength: SLICES,
});

function slices(table: readonly (readonly number[])[], isThere: (slice: number, node: number) => boolean = () => true): SliceCounts {
  return new Map(
    table.map((row, slice) => [
      slice,
      new Map(
        row.flatMap((packets, node): [string, number][] => (packets > 0 && isThere(slice, node) ? [[NODES[node] ?? "", packets]] : [])),
      ),
    ]),
  );
}

/** What a boundary leaves out, counted the long way. */
function lostAt(at: number, history: SliceCounts, feeds: SliceCounts): number {
  let lost = 0;
  for (let slice = 0; slice < SLICES; slice++)
    for (const node of NODES) {
      const [old, own] = [history.get(slice)?.get(node) ?? 0, feeds.get(slice)?.get(node) ?? 0];
      lost += Math.max(0, slice < at ? own - old : old - own);
    }
  return lost;
}

it("loses nothing while every node lags as it likes, and is as late as it can be", () => {
  fc.assert(
    fc.property(
      counts,
      fc.array(fc.nat({ max: SLICES }), { minLength: 3, maxLength: 3 }),
      fc.nat({ max: SLICES }),
      (table, arrived, began) => {
        const start = Math.min(began, ...arrived);
        const history = slices(table, (slice, node) => slice < (arrived[node] ?? 0));
        const feeds = slices(table, (slice) => slice >= start);
        const { at, missing } = chooseBoundary(history, feeds, range);
        expect(missing).toBe(0);
        for (let later = at + 1; later <= SLICES; later++) expect(lostAt(later, history, feeds)).toBeGreaterThan(0);
      },
    ),
  );
});

it("loses the least there is to lose, and says how much and of which nodes", () => {
  fc.assert(
    fc.property(counts, counts, (one, other) => {
      const [history, feeds] = [slices(one), slices(other)];
      const { at, missing, unheard } = chooseBoundary(history, feeds, range);
      const all = Array.from({ length: SLICES + 1 }, (_, index) => lostAt(index, history, feeds));
      expect(missing).toBe(Math.min(...all));
      expect(all[at]).toBe(missing);
      expect(at).toBe(all.lastIndexOf(missing));
      expect(unheard.reduce((sum, { packets }) => sum + packets, 0)).toBeLessThanOrEqual(missing);
    }),
  );
});

it("lies at the end where history has everything, and names what it waits for where not", () => {
  const feeds: SliceCounts = new Map([
    [3, new Map([["a", 2]])],
    [
      5,
      new Map([
        ["a", 1],
        ["b", 4],
      ]),
    ],
  ]);
  expect(chooseBoundary(feeds, feeds, range)).toEqual({ at: SLICES, missing: 0, waitingFor: [], unheard: [] });
  expect(chooseBoundary(new Map([[3, new Map([["a", 2]])]]), feeds, range)).toEqual({
    at: 5,
    missing: 0,
    waitingFor: [
      { node: "a", packets: 1 },
      { node: "b", packets: 4 },
    ],
    unheard: [],
  });
  expect(chooseBoundary(new Map(), feeds, range)).toMatchObject({ at: 3 });
});

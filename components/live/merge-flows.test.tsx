import fc from "fast-check";
import { expect, it } from "vitest";
import { sampleRow } from "#components/testing/sample-row.ts";
import type { FlowRow } from "#lib/questions/answer.ts";
import { mergeFlows } from "./merge-flows.ts";

const row = (time: string, id: string): FlowRow => sampleRow({ time, id });
const ids = (rows: readonly FlowRow[]): string => rows.map(({ id }) => id).join(" ");

it("puts each new row in its place by time and leaves out what is there", () => {
  const rows = [row("2026-01-01T00:00:03Z", "c"), row("2026-01-01T00:00:01Z", "a")];
  const fresh = [
    row("2026-01-01T00:00:04Z", "d"),
    row("2026-01-01T00:00:02.5Z", "b"),
    row("2026-01-01T00:00:03Z", "c"),
    row("2026-01-01T00:00:04Z", "d"),
  ];
  expect(ids(mergeFlows(rows, fresh))).toBe("d c b a");
  expect(mergeFlows(rows, [row("2026-01-01T00:00:03Z", "c")])).toBe(rows);
});

it("knows that fractions of a second count", () => {
  expect(ids(mergeFlows([row("2026-01-01T00:00:00Z", "whole")], [row("2026-01-01T00:00:00.000000001Z", "later")]))).toBe("later whole");
  expect(ids(mergeFlows([row("2026-01-01T00:00:00.9Z", "later")], [row("2026-01-01T00:00:00.123456789Z", "x")]))).toBe("later x");
});

it("gives the same list whatever the portions are", () => {
  const flows = fc
    .uniqueArray(fc.nat(300), { maxLength: 60 })
    .map((numbers) => numbers.map((n) => row(new Date(n * 1000).toISOString(), `id-${n}`)));
  fc.assert(
    fc.property(flows, fc.integer({ min: 1, max: 7 }), (all, size) => {
      let rows: readonly FlowRow[] = [];
      for (let at = 0; at < all.length; at += size) rows = mergeFlows(rows, all.slice(at, at + size));
      const sorted = [...all].sort((a, b) => (a.time < b.time ? 1 : -1));
      expect(ids(rows)).toBe(ids(sorted));
    }),
  );
});

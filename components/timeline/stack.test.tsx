import { describe, expect, it } from "vitest";
import type { Timeline } from "#lib/questions/answer.ts";
import { gapHeights, outlineOf, stackOf } from "./stack.ts";

const timeline: Timeline = {
  start: 0,
  width: 60_000,
  count: 3,
  series: [
    { name: "l7", values: [0, 1, 0] },
    { name: "deny", values: [5, 0, 2] },
    { name: "default", values: [1, 1, 1] },
  ],
  before: [0, 20, 0],
  fresh: [],
};

describe("stackOf", () => {
  it("puts explicit deny at the bottom and keeps the order of reasons", () => {
    const stack = stackOf(timeline, "reason");
    expect(stack.series.map((series) => [series.name, series.fill, series.sum])).toEqual([
      ["deny", "var(--deny)", 7],
      ["default", "var(--default)", 3],
      ["l7", "var(--l7)", 1],
    ]);
    expect(stack.totals).toEqual([6, 2, 3]);
  });

  it("leaves room for the window before", () => {
    expect(stackOf(timeline, "reason").scale.top).toBeGreaterThanOrEqual(20);
  });

  it("keeps the store's order for destination groups and no reason colour", () => {
    const stack = stackOf(timeline, "group");
    expect(stack.series.map((series) => series.name)).toEqual(["l7", "deny", "default"]);
    expect(new Set(stack.series.map((series) => series.fill)).size).toBe(3);
    expect(stack.series.every((series) => !/--(deny|default|auth|l7|audit|other)\b/.test(series.fill))).toBe(true);
  });
});

describe("outlineOf", () => {
  it("draws steps that start where the series below ends", () => {
    const stack = stackOf({ ...timeline, before: undefined }, "reason");
    expect(stack.scale.top).toBe(6);
    expect(outlineOf(stack, 1)).toBe("M0 1L0 0H1L1 5H2L2 3H3V4H2V6H1V1H0Z");
  });
});

describe("gapHeights", () => {
  it("reaches up to the higher neighbour", () => {
    expect(gapHeights([6, 2, 3])).toEqual([6, 3]);
  });
});

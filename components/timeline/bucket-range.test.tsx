import { describe, expect, it } from "vitest";
import type { Timeline } from "#lib/questions/answer.ts";
import { afterKey, attemptsIn, bucketAt, grabbedAt, windowOf } from "./bucket-range.ts";

const timeline: Timeline = { start: 1000, width: 100, count: 10, series: [], before: undefined, fresh: [] };

describe("bucketAt", () => {
  it("finds the bucket under the pointer and stays inside", () => {
    expect(bucketAt(0, 96)).toBe(0);
    expect(bucketAt(0.999, 96)).toBe(95);
    expect(bucketAt(1, 96)).toBe(95);
    expect(bucketAt(-3, 96)).toBe(0);
  });
});

describe("grabbedAt", () => {
  const range = { anchor: 2, head: 5 };

  it("begins anew away from the edges", () => {
    expect(grabbedAt(undefined, 0.35, 10, 0.02)).toEqual({ anchor: 3, head: 3 });
    expect(grabbedAt(range, 0.85, 10, 0.02)).toEqual({ anchor: 8, head: 8 });
  });

  it("moves the edge it was put down on", () => {
    expect(grabbedAt(range, 0.21, 10, 0.02)).toEqual({ anchor: 5, head: 2 });
    expect(grabbedAt(range, 0.59, 10, 0.02)).toEqual({ anchor: 2, head: 5 });
  });
});

describe("afterKey", () => {
  it("starts at the newest bucket", () => {
    expect(afterKey(undefined, "ArrowLeft", false, 10)).toEqual({ anchor: 9, head: 9 });
    expect(afterKey(undefined, "ArrowRight", false, 10)).toEqual({ anchor: 9, head: 9 });
  });

  it("moves with arrows, stretches with Shift, stops at both ends", () => {
    expect(afterKey({ anchor: 4, head: 4 }, "ArrowLeft", false, 10)).toEqual({ anchor: 3, head: 3 });
    expect(afterKey({ anchor: 4, head: 4 }, "ArrowRight", true, 10)).toEqual({ anchor: 4, head: 5 });
    expect(afterKey({ anchor: 4, head: 9 }, "ArrowRight", true, 10)).toEqual({ anchor: 4, head: 9 });
    expect(afterKey({ anchor: 4, head: 5 }, "Home", true, 10)).toEqual({ anchor: 4, head: 0 });
  });
});

describe("windowOf", () => {
  it("takes whole buckets, in either direction of the drag", () => {
    const asked = { from: 1000, to: 2000 };
    expect(windowOf({ anchor: 2, head: 4 }, timeline, asked)).toEqual({ from: 1200, to: 1500 });
    expect(windowOf({ anchor: 4, head: 2 }, timeline, asked)).toEqual({ from: 1200, to: 1500 });
  });

  it("does not look past the window that was asked about", () => {
    expect(windowOf({ anchor: 0, head: 9 }, timeline, { from: 1050, to: 1930 })).toEqual({ from: 1050, to: 1930 });
  });
});

describe("attemptsIn", () => {
  it("adds both ends", () => {
    expect(attemptsIn({ anchor: 3, head: 1 }, [1, 2, 4, 8, 16])).toBe(14);
  });
});

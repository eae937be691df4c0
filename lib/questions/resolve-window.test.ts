import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketAt, bucketsOf, slicesOf } from "./bucket-width.ts";
import { instantOf, resolveWindow, windowBefore } from "./resolve-window.ts";

const NOW = Date.UTC(2025, 0, 23, 8);
const HOUR = 3_600_000;
const iso = (ms: number): string => new Date(ms).toISOString();

describe("instantOf", () => {
  it.each([
    ["now", NOW],
    ["now-24h", NOW - 24 * HOUR],
    ["now-15m", NOW - 900_000],
    ["now-30s", NOW - 30_000],
    ["now-7d", NOW - 168 * HOUR],
    ["now-2w", NOW - 336 * HOUR],
    ["now+1h", NOW + HOUR],
    ["2025-01-23T08:00:00Z", NOW],
    ["2025-01-23T08:00:00.123456789Z", NOW + 123],
    ["2025-01-23T10:00:00+02:00", NOW],
    ["2025-01-23T10:00+02:00", NOW],
    ["2025-01-23T08:00", NOW],
    ["2025-01-23T08:00:00", NOW],
    ["2025-01-23", NOW - 8 * HOUR],
  ])("reads %s", (text, ms) => {
    expect(instantOf(text, NOW)).toBe(ms);
  });

  it.each([
    "",
    "yesterday",
    "now-",
    "now-24",
    "now - 24h",
    "now-1y",
    "now-999999999w",
    "NOW",
    "2025-13-01",
    "2025-02-30",
    "12:00",
    "1737619200",
  ])("does not guess at %j", (text) => {
    expect(instantOf(text, NOW)).toBeUndefined();
  });
});

describe("resolveWindow", () => {
  it("names the end it cannot read, and a window that ends before it begins", () => {
    expect(resolveWindow({ from: "x", to: "now" }, NOW, undefined).problem?.field).toBe("from");
    expect(resolveWindow({ from: "now", to: "y" }, NOW, undefined).problem?.field).toBe("to");
    expect(resolveWindow({ from: "now", to: "now" }, NOW, undefined).problem?.reason).toBe("the window ends before it begins");
  });

  it.each([
    ["nothing stored", undefined, { from: NOW - 24 * HOUR, to: NOW }],
    ["a long, living store", { oldest: iso(NOW - 99 * HOUR), newest: iso(NOW - 1000) }, { from: NOW - 24 * HOUR, to: NOW }],
    ["a young store", { oldest: iso(NOW - 2 * HOUR), newest: iso(NOW - 1000) }, { from: NOW - 2 * HOUR, to: NOW - 999 }],
    ["an old log", { oldest: iso(NOW - 999 * HOUR), newest: iso(NOW - 99 * HOUR) }, { from: NOW - 999 * HOUR, to: NOW - 99 * HOUR + 1 }],
  ])("opens on the right window: %s", (_, span, window) => {
    expect(resolveWindow(undefined, NOW, span)).toEqual({ window });
  });

  it("holds the newest flow of an old log inside the window, to the nanosecond", () => {
    const { window } = resolveWindow(undefined, NOW, { oldest: "2024-01-01T00:00:00.5Z", newest: "2024-01-02T00:00:00.123456789Z" });
    expect(window).toEqual({ from: Date.UTC(2024, 0, 1, 0, 0, 0, 500), to: Date.UTC(2024, 0, 2, 0, 0, 0, 124) });
  });

  it("puts the window before directly before, as long", () => {
    expect(windowBefore({ from: 100, to: 130 })).toEqual({ from: 70, to: 100 });
  });
});

describe("buckets", () => {
  it.each([
    [24 * HOUR, 96, 15 * 60_000],
    [HOUR, 96, 60_000],
    [60_000, 96, 1000],
    [7 * 24 * HOUR, 96, 2 * HOUR],
    [30, 96, 1000],
    [400 * 24 * HOUR, 96, 5 * 24 * HOUR],
  ])("cuts %d ms into at most %d buckets of %d ms", (length, most, width) => {
    expect(bucketsOf({ from: NOW, to: NOW + length }, most).width).toBe(width);
  });

  it("covers every instant of any window, with no more buckets than asked for", () => {
    const windows = fc.tuple(fc.integer({ min: -4e11, max: 4e12 }), fc.integer({ min: 1, max: 4e11 }), fc.integer({ min: 2, max: 300 }));
    fc.assert(
      fc.property(windows, ([from, length, most]) => {
        const window = { from, to: from + length };
        for (const buckets of [bucketsOf(window, most), slicesOf(window, most)]) {
          expect(buckets.count).toBeLessThanOrEqual(most);
          expect(bucketAt(buckets, from)).toBe(0);
          expect(bucketAt(buckets, window.to - 1)).toBeLessThan(buckets.count);
        }
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { isRelative, PRESETS, windowWords } from "./window-words.ts";
import { zoneName } from "./zone-name.ts";

const span = { oldest: "2026-09-20T00:00:00.5Z", newest: "2026-09-22T00:00:00.25Z" };
const whole = { from: Date.parse("2026-09-20T00:00:00Z"), to: Date.parse("2026-09-22T00:00:01Z") };
const part = { from: Date.parse("2026-09-21T00:00:00Z"), to: Date.parse("2026-09-22T00:00:01Z") };

describe("windowWords", () => {
  it("says what an unchosen window became", () => {
    expect(windowWords(undefined, whole, span)).toBe("All stored time");
    expect(windowWords(undefined, part, span)).toBe("Last 24 hours");
    expect(windowWords(undefined, part, undefined)).toBe("Last 24 hours");
  });

  it.each([
    ["now-15m", "Last 15 minutes"],
    ["now-1h", "Last hour"],
    ["now-7d", "Last 7 days"],
    ["now-2w", "Last 2 weeks"],
  ])("%s is %s", (from, words) => {
    expect(windowWords({ from, to: "now" }, part, span)).toBe(words);
  });

  it("keeps apart what moves and what is fixed", () => {
    expect(windowWords({ from: "2026-09-21T00:00:00Z", to: "2026-09-22T00:00:01Z" }, part, span)).toBe("Fixed window");
    expect(windowWords({ from: "2026-09-20T00:00:00Z", to: "2026-09-22T00:00:01Z" }, whole, span)).toBe("All stored time");
    expect(windowWords({ from: "now-2h", to: "now-1h" }, part, span)).toBe("now-2h – now-1h");
    expect(isRelative({ from: "now-2h", to: "now-1h" })).toBe(true);
    expect(isRelative({ from: "2026-09-21T00:00:00Z", to: "now" })).toBe(true);
    expect(isRelative({ from: "2026-09-21T00:00:00Z", to: "2026-09-22T00:00:00Z" })).toBe(false);
  });

  it("names every preset", () => {
    expect(PRESETS.map((preset) => windowWords({ from: preset.from, to: "now" }, part, span))).toEqual(PRESETS.map(({ words }) => words));
    expect(new Set(PRESETS.map(({ words }) => words)).size).toBe(PRESETS.length);
  });
});

describe("zoneName", () => {
  it.each([
    [0, "UTC"],
    [2 * 3_600_000, "UTC+2"],
    [-3.5 * 3_600_000, "UTC−3:30"],
    [5.75 * 3_600_000, "UTC+5:45"],
  ])("%d ms is %s", (offset, name) => {
    expect(zoneName(offset)).toBe(name);
  });
});

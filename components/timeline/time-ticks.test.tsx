import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UTC } from "#lib/format/format-instant.ts";
import { timeTicks } from "./time-ticks.ts";

const at = (text: string): number => Date.parse(text);

describe("timeTicks", () => {
  it("labels a day every three hours and names the day where it changes", () => {
    const ticks = timeTicks(at("2026-09-21T10:30:00Z"), at("2026-09-22T10:45:00Z"), 9, UTC);
    expect(ticks.map((tick) => tick.label)).toEqual(["12:00", "15:00", "18:00", "21:00", "22 Sep", "03:00", "06:00", "09:00"]);
  });

  it("follows another clock", () => {
    const india = () => 5.5 * 3_600_000;
    const ticks = timeTicks(at("2026-09-21T10:00:00Z"), at("2026-09-21T22:00:00Z"), 2, india);
    expect(ticks).toEqual([
      { at: at("2026-09-21T12:30:00Z"), label: "18:00" },
      { at: at("2026-09-21T18:30:00Z"), label: "22 Sep" },
    ]);
  });

  it("keeps round clock times over a change of the clock", () => {
    const change = at("2026-03-29T01:00:00Z");
    const berlin = (instant: number): number => (instant < change ? 1 : 2) * 3_600_000;
    const ticks = timeTicks(at("2026-03-28T22:00:00Z"), at("2026-03-29T10:00:00Z"), 5, berlin);
    expect(ticks.map((tick) => tick.label)).toEqual(["29 Mar", "03:00", "06:00", "09:00", "12:00"]);
  });

  it("shows seconds and less where the window is that short", () => {
    expect(timeTicks(0, 20_000, 5, UTC).map((tick) => tick.label)).toEqual(["1 Jan", "00:00:05", "00:00:10", "00:00:15", "00:00:20"]);
    expect(timeTicks(1, 40, 5, UTC).map((tick) => tick.label)).toEqual(["00:00:00.010", "00:00:00.020", "00:00:00.030", "00:00:00.040"]);
  });

  it("never asks for more labels than there is room for", () => {
    fc.assert(
      fc.property(fc.nat(4e12), fc.integer({ min: 1, max: 4e11 }), fc.integer({ min: 2, max: 12 }), (from, length, most) => {
        const ticks = timeTicks(from, from + length, most, UTC);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        expect(ticks.every((tick) => tick.at >= from && tick.at <= from + length)).toBe(true);
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { valueScale } from "./value-scale.ts";

describe("valueScale", () => {
  it("puts three round lines above zero", () => {
    expect(valueScale(18_400).ticks).toEqual([0, 8000, 16_000, 24_000]);
    expect(valueScale(7).ticks).toEqual([0, 3, 6, 9]);
  });

  it("keeps an axis of whole numbers where nothing was blocked", () => {
    expect(valueScale(0).ticks).toEqual([0, 1, 2, 3]);
  });

  it("always holds the highest bucket, and wastes less than half of the height on larger ones", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 2_000_000_000 }), (highest) => {
        const { ticks, top } = valueScale(highest);
        expect(top).toBeGreaterThanOrEqual(highest);
        expect(top).toBeLessThanOrEqual(highest * 2);
        expect(ticks.every(Number.isInteger)).toBe(true);
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { placeNames } from "./lane-labels.ts";

describe("placeNames", () => {
  it("names every sender where there is room, in the order of time", () => {
    const placed = placeNames([mark("cart-api", 0.6), mark("landing-cms", 0.2)], 1300);
    expect(placed.map((each) => [each.name, each.isNamed, each.side])).toEqual([
      ["landing-cms", true, "right"],
      ["cart-api", true, "right"],
    ]);
  });

  it("leaves out a name that would run into the next one", () => {
    const placed = placeNames([mark("a-very-long-workload-name", 0.01), mark("cart-api", 0.03)], 1300);
    expect(placed.map((each) => each.isNamed)).toEqual([false, true]);
  });

  it("turns a name to the left where only that side has room", () => {
    expect(placeNames([mark("runner", 0.2), mark("cart-api", 0.22)], 1300)[0]).toMatchObject({ isNamed: true, side: "left" });
    expect(placeNames([mark("bash", 0.99)], 1300)[0]).toMatchObject({ isNamed: true, side: "left" });
    expect(placeNames([mark("ledger-worker", 0.97), mark("bash", 0.99)], 1300)[1]).toMatchObject({ isNamed: false });
  });
});

function mark(name: string, place: number): { readonly name: string; readonly place: number } {
  return { name, place };
}

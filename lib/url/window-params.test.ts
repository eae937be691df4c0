import { describe, expect, it } from "vitest";
import { readWindow } from "./window-params.ts";

describe("readWindow", () => {
  it("says what is wrong with a moment, and not what is right with it", () => {
    const why = (from: string) => readWindow(from, undefined).unreadable.map((one) => one.why);
    expect(why("2999-01-01T00:00:00Z")).toEqual(["A moment lies between 1970 and 2262: nothing is stored of other years."]);
    expect(why("1969-12-31")).toEqual(["A moment lies between 1970 and 2262: nothing is stored of other years."]);
    expect(why("now-0s")).toEqual(["A window begins at least a second and at most 100 years before now."]);
    expect(why("now-9999999w")).toEqual(["A window begins at least a second and at most 100 years before now."]);
    expect(why("yesterday")).toEqual([expect.stringContaining("such as 2026-09-21T10:42:00Z")]);
    expect(why("2026-02-30")).toEqual([expect.stringContaining("such as 2026-09-21T10:42:00Z")]);
    expect(why("2026-09-21T10:42:00Z")).toEqual([]);
  });
});

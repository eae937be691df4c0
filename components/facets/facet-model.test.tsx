import { describe, expect, it } from "vitest";
import type { Filter } from "#lib/filters/filter.ts";
import type { Facet } from "#lib/questions/answer.ts";
import { NOTHING_CHOSEN } from "#lib/url/search.ts";
import { facetRows } from "./facet-model.ts";

const namespaces: Facet = {
  dimension: "namespace",
  values: [
    { value: "checkout", attempts: 12 },
    { value: "ops", attempts: 3 },
    { value: null, attempts: 1 },
  ],
  total: 3,
};
const rowsOf = (filter: Filter, facet = namespaces) => facetRows(facet, "/groups", { ...NOTHING_CHOSEN, filter, row: "abc" });
const rowOf = (filter: Filter, text: string, facet = namespaces) => {
  const row = rowsOf(filter, facet).find((one) => one.text === text);
  if (row === undefined) throw new Error(`no row ${text}`);
  return row;
};

describe("facetRows", () => {
  it("links a click to including, and the others beside it", () => {
    const row = rowOf({ include: [], exclude: [] }, "checkout");
    expect(row).toMatchObject({ choice: "open", attempts: 12 });
    expect(row.toggleHref).toBe("/groups?ns=checkout");
    expect(row.excludeHref).toBe("/groups?not.ns=checkout");
    expect(row.onlyHref).toBe("/groups?ns=checkout");
  });

  it("adds a second value, and takes a chosen one back", () => {
    const filter = { include: [{ namespace: ["checkout"] }], exclude: [] };
    expect(rowOf(filter, "checkout")).toMatchObject({ choice: "included", toggleHref: "/groups" });
    expect(rowOf(filter, "ops").toggleHref).toBe("/groups?ns=checkout,ops");
    expect(rowOf(filter, "ops").onlyHref).toBe("/groups?ns=ops");
  });

  it("takes an exclusion back on a click and on exclude", () => {
    const filter = { include: [], exclude: [{ namespace: ["ops"] }] };
    expect(rowOf(filter, "ops")).toMatchObject({ choice: "excluded", toggleHref: "/groups", excludeHref: "/groups" });
  });

  it("keeps a chosen value in sight that nothing was blocked from", () => {
    const filter = { include: [{ namespace: ["gone"] }], exclude: [{ namespace: ["quiet"] }] };
    expect(rowOf(filter, "gone")).toMatchObject({ attempts: 0, choice: "included" });
    expect(rowOf(filter, "quiet")).toMatchObject({ attempts: 0, choice: "excluded" });
  });

  it("offers to choose flows without a value", () => {
    expect(rowOf({ include: [], exclude: [] }, "none").value).toBe("");
  });

  it("keeps reasons in their order and dims what the answer leaves out", () => {
    const reasons: Facet = {
      dimension: "reason",
      values: [
        { value: "audit", attempts: 900 },
        { value: "default", attempts: 5 },
        { value: "deny", attempts: 1 },
      ],
      total: 3,
    };
    expect(rowsOf({ include: [], exclude: [] }, reasons).map((row) => [row.value, row.isLeftOut])).toEqual([
      ["deny", false],
      ["default", false],
      ["audit", true],
    ]);
    expect(rowOf({ include: [{ reason: ["audit"] }], exclude: [] }, "Would-be drop", reasons).isLeftOut).toBe(false);
  });

  it("spells out what a hostile value would hide", () => {
    const hostile: Facet = { dimension: "pod", values: [{ value: "a\u202Eb<img>", attempts: 1 }], total: 1 };
    expect(rowsOf({ include: [], exclude: [] }, hostile)[0]?.text).toBe("a⟨U+202E⟩b<img>");
  });
});

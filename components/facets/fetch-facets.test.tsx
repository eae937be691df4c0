import { afterEach, describe, expect, it, vi } from "vitest";
import { EVERYTHING } from "#lib/filters/filter.ts";
import { fetchFacets, readFacets } from "./fetch-facets.ts";

const facet = {
  dimension: "pod",
  values: [
    { value: "a/b", attempts: 2 },
    { value: null, attempts: 1 },
  ],
  total: 2,
};
const wanted = {
  search: { window: { from: "now-6h", to: "now" }, filter: EVERYTHING, text: "" },
  dimensions: ["pod", "ip"],
  find: "a&b",
  limit: 4,
} as const;

afterEach(() => vi.restoreAllMocks());

describe("readFacets", () => {
  it("reads what the API promises", () => {
    expect(readFacets({ answer: [facet], coverage: {} })).toEqual([facet]);
  });

  it.each([
    undefined,
    null,
    3,
    {},
    { answer: {} },
    { problem: {} },
    { answer: [{ ...facet, dimension: "pods" }] },
    { answer: [{ ...facet, values: [{ value: 3, attempts: 1 }] }] },
  ])("takes nothing from %j", (body) => {
    expect(readFacets(body)).toBeUndefined();
  });
});

describe("fetchFacets", () => {
  it("asks the page's own question, searching each dimension", async () => {
    const fetching = vi.spyOn(globalThis, "fetch").mockResolvedValue(Response.json({ answer: [facet] }));
    expect(await fetchFacets(wanted)).toEqual([facet]);
    expect(String(fetching.mock.calls[0]?.[0])).toBe("/api/v1/facets?from=now-6h&facets=pod%2Cip&limit=4&find.pod=a%26b&find.ip=a%26b");
  });

  it("knows nothing where the server refuses or is away", async () => {
    vi.spyOn(globalThis, "fetch")
      .mockResolvedValueOnce(new Response("{}", { status: 503 }))
      .mockRejectedValueOnce(new Error("away"));
    expect(await fetchFacets(wanted)).toBeUndefined();
    expect(await fetchFacets(wanted)).toBeUndefined();
  });
});

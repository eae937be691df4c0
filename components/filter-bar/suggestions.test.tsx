import { describe, expect, it } from "vitest";
import type { Facet } from "#lib/questions/answer.ts";
import { OFFERED, readTyped, suggestionsFor } from "./suggestions.ts";

describe("readTyped", () => {
  it.each([
    ["", undefined, { isExclude: false, dimension: undefined, text: "" }],
    ["cart", undefined, { isExclude: false, dimension: undefined, text: "cart" }],
    ["port:443", undefined, { isExclude: false, dimension: "port", text: "443" }],
    ["-ns: kube", undefined, { isExclude: true, dimension: "namespace", text: "kube" }],
    ["not Destination group: corp", undefined, { isExclude: true, dimension: "group", text: "corp" }],
    ["2001:db8::17", undefined, { isExclude: false, dimension: undefined, text: "2001:db8::17" }],
    ["-port:1", "pod", { isExclude: true, dimension: "pod", text: "port:1" }],
  ] as const)("%j with %s", (input, chosen, typed) => {
    expect(readTyped(input, chosen)).toEqual(typed);
  });
});

describe("suggestionsFor", () => {
  const facets: readonly Facet[] = [
    {
      dimension: "port",
      values: [
        { value: "443", attempts: 8 },
        { value: null, attempts: 1 },
      ],
      total: 2,
    },
  ];

  it("offers every criterion for an empty field", () => {
    expect(suggestionsFor(readTyped("", undefined), []).map((one) => one.id)).toEqual(OFFERED.map((name) => `criterion-${name}`));
  });

  it("puts stored values first, then criteria, then free text", () => {
    const offered = suggestionsFor(readTyped("po", undefined), facets);
    expect(offered.map((one) => one.kind)).toEqual(["value", "value", "criterion", "criterion", "criterion", "text"]);
    expect(offered[0]).toMatchObject({ value: "443", text: "443", note: "HTTPS", attempts: 8 });
    expect(offered[1]).toMatchObject({ value: "", text: "none" });
  });

  it("lets a value be taken as typed that is not stored, once", () => {
    const typed = readTyped("port:44", undefined);
    expect(suggestionsFor(typed, facets).at(-1)).toMatchObject({ value: "44", attempts: undefined });
    expect(suggestionsFor(readTyped("port:443", undefined), facets)).toHaveLength(2);
    expect(suggestionsFor(typed, undefined)).toHaveLength(1);
  });
});

import { describe, expect, it } from "vitest";
import { hrefOf, NOTHING_CHOSEN } from "#lib/url/search.ts";
import { zoomHref } from "./zoom-href.ts";

describe("zoomHref", () => {
  const window = { from: Date.parse("2026-09-22T07:45:00Z"), to: Date.parse("2026-09-22T10:40:00.500Z") };
  const written = { from: "2026-09-22T07:45:00Z", to: "2026-09-22T10:40:00.500Z" };
  const narrowed = { ...NOTHING_CHOSEN, text: "a&b?c", split: "group" as const, filter: { include: [{ port: ["443"] }], exclude: [] } };

  it.each([NOTHING_CHOSEN, narrowed])("writes what hrefOf writes", (search) => {
    expect(zoomHref(hrefOf("/", { ...search, window: undefined }), window)).toBe(hrefOf("/", { ...search, window: written }));
  });
});

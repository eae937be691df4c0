import { describe, expect, it } from "vitest";
import { NOTHING_CHOSEN, type Search } from "#lib/url/search.ts";
import { narrowHref } from "./narrow-href.ts";

const search: Search = { ...NOTHING_CHOSEN, filter: { include: [{ namespace: ["a"] }], exclude: [] }, row: "id-1" };

describe("narrowHref", () => {
  it("shows only that value beside what was chosen, with the flow still open", () => {
    expect(narrowHref(search, "port", "443", "only")).toBe("/flows?ns=a&port=443&row=id-1");
    expect(narrowHref(search, "namespace", "b", "only")).toBe("/flows?ns=b&row=id-1");
  });

  it("leaves the value out and closes the flow", () => {
    expect(narrowHref(search, "group", "corp-legacy", "exclude")).toBe("/flows?ns=a&not.group=corp-legacy");
  });

  it("keeps a hostile value one value", () => {
    const href = narrowHref(NOTHING_CHOSEN, "pod", "x&row=evil#,<script>", "only");
    const query = new URL(href, "http://weir.test").searchParams;
    expect([...query.keys()]).toEqual(["pod"]);
  });
});

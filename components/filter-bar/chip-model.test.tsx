import { describe, expect, it } from "vitest";
import { NOTHING_CHOSEN, type Search } from "#lib/url/search.ts";
import { chipModels } from "./chip-model.ts";

const chips = (over: Partial<Search>) => chipModels("/flows", { ...NOTHING_CHOSEN, ...over });

describe("chipModels", () => {
  it("makes one chip of several values of one criterion", () => {
    const [chip, ...more] = chips({ filter: { include: [{ port: ["443", "8443"] }], exclude: [] } });
    expect(more).toEqual([]);
    expect(chip).toMatchObject({ label: "port", isExclude: false, removeHref: "/flows", flipHref: "/flows?not.port=443,8443" });
    expect(chip?.values.map((value) => [value.text, value.removeHref])).toEqual([
      ["443", "/flows?port=8443"],
      ["8443", "/flows?port=443"],
    ]);
  });

  it("says not, and not in where one is in it", () => {
    const labels = chips({ filter: { include: [], exclude: [{ namespace: ["ops"] }, { port: ["53"] }] } }).map((chip) => chip.label);
    expect(labels).toEqual(["not in namespace", "not port"]);
  });

  it("turns an exclusion round", () => {
    const [chip] = chips({ filter: { include: [], exclude: [{ namespace: ["ops"] }] } });
    expect(chip?.flipHref).toBe("/flows?ns=ops");
  });

  it("gives reasons their mark", () => {
    const [chip] = chips({ filter: { include: [{ reason: ["deny"] }], exclude: [] } });
    expect(chip?.values[0]).toMatchObject({ reason: "deny", text: "explicit deny" });
  });

  it("shows a clause it cannot take apart as a whole that can go", () => {
    const filter = { include: [{ pod: ["a/b"], port: ["443"] }, { port: ["53"] }], exclude: [] };
    const [first, second] = chips({ filter });
    expect(first).toMatchObject({ label: "", flipHref: undefined, criterion: undefined });
    expect(second?.removeHref).toContain("pod=");
  });

  it("keeps the text, and puts it last", () => {
    const [, text] = chips({ filter: { include: [{ port: ["53"] }], exclude: [] }, text: "a\u202Eb" });
    expect(text).toMatchObject({ label: "name contains", removeHref: "/flows?port=53" });
    expect(text?.values[0]?.text).toBe("“a⟨U+202E⟩b”");
  });
});

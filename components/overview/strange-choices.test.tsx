import { describe, expect, it } from "vitest";
import { NOTHING_CHOSEN } from "#lib/url/search.ts";
import { strangeChoices } from "./strange-choices.ts";

describe("strangeChoices", () => {
  it("has nothing to say about what the overview shows", () => {
    expect(strangeChoices(NOTHING_CHOSEN)).toEqual([]);
    expect(strangeChoices({ ...NOTHING_CHOSEN, by: ["cidr", "pod"], tab: "table" })).toEqual([]);
  });

  it("names levels and views that it does not have", () => {
    const strange = strangeChoices({ ...NOTHING_CHOSEN, by: ["pod", "namespace", "label:app", "port"], tab: "ladder" });
    expect(strange.map(({ name, value }) => `${name}=${value}`)).toEqual(["by=namespace", "by=label:app", "by=port", "tab=ladder"]);
  });
});

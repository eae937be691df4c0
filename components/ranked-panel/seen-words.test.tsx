import { describe, expect, it } from "vitest";
import { UTC } from "#lib/format/format-instant.ts";
import { seenWords } from "./seen-words.ts";

const at = (text: string): number => Date.parse(text);

describe("seenWords", () => {
  it("tells an age while the window reaches up to now", () => {
    const now = at("2026-09-22T10:42:00Z");
    expect(seenWords(at("2026-09-22T08:42:00Z"), now, now, UTC)).toBe("2 h");
    expect(seenWords(at("2026-09-10T08:42:00Z"), now - 1000, now, UTC)).toBe("12 d");
  });

  it("tells the time in an old window, and the day of what lies before its last 24 hours", () => {
    const now = at("2026-11-01T00:00:00Z");
    const end = at("2026-09-22T10:42:00Z");
    expect(seenWords(at("2026-09-22T08:42:00Z"), end, now, UTC)).toBe("08:42");
    expect(seenWords(at("2026-09-10T08:42:00Z"), end, now, UTC)).toBe("10 Sep");
  });
});

import { describe, expect, it } from "vitest";
import { UTC } from "#lib/format/format-instant.ts";
import { stretchWords } from "./clock-words.ts";

const between = (from: string, to: string) => ({ from: Date.parse(from), to: Date.parse(to) });

describe("stretchWords", () => {
  it("tells times alone inside one day", () => {
    const morning = between("2026-09-22T07:45:00Z", "2026-09-22T10:40:00Z");
    expect(stretchWords(morning, UTC, false)).toBe("07:45 – 10:40");
    expect(stretchWords(morning, UTC, true)).toBe("22 Sep 07:45 – 10:40");
  });

  it("names both days over midnight", () => {
    expect(stretchWords(between("2026-09-21T23:45:00Z", "2026-09-22T00:15:00Z"), UTC, false)).toBe("21 Sep 23:45 – 22 Sep 00:15");
  });

  it("leaves out the seconds of a long stretch that ends with the window", () => {
    expect(stretchWords(between("2026-09-22T07:45:00Z", "2026-09-22T10:42:18Z"), UTC, false)).toBe("07:45 – 10:42");
  });

  it("follows the clock of another zone, and tells seconds where buckets are that short", () => {
    const short = between("2026-09-22T07:45:10Z", "2026-09-22T07:45:20Z");
    expect(stretchWords(short, () => 2 * 3_600_000, false)).toBe("09:45:10 – 09:45:20");
  });
});

import { describe, expect, it } from "vitest";
import type { Offset } from "#lib/format/format-instant.ts";
import { UTC } from "#lib/format/format-instant.ts";
import { fieldText, instantOfField, rangeQuery } from "./range-input.ts";

const BERLIN_CHANGE = Date.parse("2026-10-25T01:00:00Z");
const berlin: Offset = (at) => (at < BERLIN_CHANGE ? 2 : 1) * 3_600_000;
const at = (iso: string): number => Date.parse(iso);

describe("instantOfField", () => {
  it.each([
    ["2026-09-21 10:42", "2026-09-21T10:42:00Z"],
    ["2026-09-21T10:42:07", "2026-09-21T10:42:07Z"],
    ["  2026-09-21  ", "2026-09-21T00:00:00Z"],
    ["2026-09-21T10:42:07.5Z", "2026-09-21T10:42:07.500Z"],
    ["2026-09-21 10:42 +02:00", "2026-09-21T08:42:00Z"],
  ])("reads %s", (text, iso) => {
    expect(instantOfField(text, UTC)).toBe(at(iso));
  });

  it.each(["", "yesterday", "2026-02-30 10:00", "2026-13-01", "10:42", "2026-09-21 25:00", "21.09.2026 10:42"])("refuses %j", (text) => {
    expect(instantOfField(text, UTC)).toBeUndefined();
  });

  it("goes back and forth on another clock, on both sides of its change", () => {
    for (const iso of ["2026-09-21T10:42:00Z", "2026-10-24T22:30:00Z", "2026-10-25T12:00:05Z"]) {
      expect(instantOfField(fieldText(at(iso), berlin), berlin)).toBe(at(iso));
    }
  });

  it("lets a written zone win over the clock", () => {
    expect(instantOfField("2026-09-21 10:42Z", berlin)).toBe(at("2026-09-21T10:42:00Z"));
  });
});

describe("rangeQuery", () => {
  it("puts the window in front of what else was chosen", () => {
    const [from, to] = [at("2026-09-21T10:42:00Z"), at("2026-09-21T11:00:00.250Z")];
    expect(rangeQuery(from, to, "")).toBe("?from=2026-09-21T10:42:00Z&to=2026-09-21T11:00:00.250Z");
    expect(rangeQuery(from, to, "?ns=a&q=b")).toBe("?from=2026-09-21T10:42:00Z&to=2026-09-21T11:00:00.250Z&ns=a&q=b");
  });
});

import { describe, expect, it } from "vitest";
import { spanWords } from "./span-words.ts";

const HOUR = 3_600_000;

describe("spanWords", () => {
  it.each([
    [24 * HOUR, "24 h"],
    [7 * 24 * HOUR, "7 d"],
    [HOUR, "60 m"],
    [1.5 * HOUR, "90 m"],
    [23.97 * HOUR, "24 h"],
    [45_000, "45 s"],
    [1, "1 ms"],
  ])("%d ms is %s", (length, words) => {
    expect(spanWords(length)).toBe(words);
  });
});

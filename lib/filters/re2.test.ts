/** The language that agents accept (Go's regexp, reference §C.2), and that nothing takes long. */
import { describe, expect, it } from "vitest";
import { compileRe2 } from "./re2.ts";

function outcome(pattern: string): string {
  const compiled = compileRe2(pattern);
  return "built" in compiled ? "built" : (compiled.class ?? "refused");
}

function finds(pattern: string, text: string): boolean {
  const compiled = compileRe2(pattern);
  if ("reason" in compiled) throw new Error(compiled.reason);
  return compiled.built(text);
}

describe("RE2", () => {
  it.each([
    ...["(?<n>a)", "(?P<n>a)", "(?U)", "(?-i)x", "\\Qa.b", "\\x{41}", "\\pL", "\\p{Greek}", "[[:alpha:]]", "\\A", "\\z", "{", "a{,2}"],
    ...["a{1000}", "x*?", "", "^*", "a||b", "[]a]", "(?i:ab)c", "\\141", "(|a)*"],
  ])("takes %s", (pattern) => {
    expect(outcome(pattern)).toBe("built");
  });

  it.each([
    ...["(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(a)\\1", "\\u0041", "\\c", "a**", "a++", "[]", "a{1001}", "(?x)", "\\Z", "\\C", "\\h"],
    ...["*.example.com", "(", ")", "[a", "[z-a]", "(?P<n>a)(?P<n>b)", "\\", "a{2}{3}", "a{3,2}", "\\8"],
    ...["a{100000}", "(a{1000}){2}", "((a{11}){11}){11}", "((a{1000}){1000}){1000}", "a{99999999999}"],
  ])("refuses %s", (pattern) => {
    expect(outcome(pattern)).toBe("refused");
  });

  it("searches anywhere, folds as Unicode does, and knows no line ends where none are asked for", () => {
    expect(finds("evil", "www.evil.example.")).toBe(true);
    expect(finds("^evil$", "www.evil.example.")).toBe(false);
    expect(finds("(?i)s", "\u017f")).toBe(true);
    expect(finds("^b", "a\nb")).toBe(false);
    expect(finds("(?m)^b", "a\nb")).toBe(true);
    expect(finds("a.b", "a\nb")).toBe(false);
    expect(finds("^.$", "😀")).toBe(true);
  });
});

it.each(["a".repeat(2001), "a{1000}".repeat(6), "(a{100}){10}(b{100}){10}".repeat(3), "[a-z]{1000}".repeat(6), "\\pL{1000}".repeat(6)])(
  "does not preview what would take long: %s",
  (pattern) => {
    expect(outcome(pattern)).toBe("unsupported");
  },
);

it("does not backtrack: with backtracking this would never end", () => {
  expect(finds("(x+x+)+y", "x".repeat(60_000))).toBe(false);
  expect(finds("(a*)*b", "a".repeat(60_000))).toBe(false);
});

import { describe, expect, it } from "vitest";
import { parseFqdnPattern, parseNodePattern } from "./name-pattern.ts";

function fqdn(pattern: string, name: string): boolean | string {
  const parsed = parseFqdnPattern(pattern);
  return "reason" in parsed ? parsed.reason : parsed.built(name);
}

function node(pattern: string, name: string): boolean | string {
  const parsed = parseNodePattern(pattern);
  return "reason" in parsed ? parsed.reason : parsed.built(name);
}

describe("parseFqdnPattern", () => {
  it.each([
    ["api.example.com", "api.example.com", true],
    ["API.Example.COM.", "api.example.com", true],
    [" api.example.com\t", "api.example.com", true],
    ["*.example.com", "a.b.example.com", true],
    ["*.example.com", "example.com", false],
    ["a_b.example.com", "a_b.example.com", true],
    ["*.example.com", "a_b.example.com", false],
    ["www.example.com", "www.Example.com", false],
    ["*", "anything.at-all.9", true],
    ["*.", "x", true],
    ["**a**", "bab", true],
    ["a.c", "abc", false],
    ["", "x", "empty pattern"],
    [".", "x", "empty pattern"],
    ["a..", "x", "multiple trailing dots in pattern"],
    ["a?b", "x", "'?': invalid rune in pattern"],
    ["bücher", "x", "'ü': invalid rune in pattern"],
    ["a\u202eb", "x", "'\u202e': invalid rune in pattern"],
  ])("%j on %j", (pattern, name, outcome) => {
    expect(fqdn(pattern, name)).toBe(outcome);
  });

  it("takes no longer for many stars than for their number times the name", () => {
    const pattern = parseFqdnPattern("*a".repeat(100));
    if ("reason" in pattern) throw new Error(pattern.reason);
    expect(pattern.built(`${"a".repeat(5000)}b`)).toBe(false);
  });
});

describe("parseNodePattern", () => {
  it.each([
    ["n1", "prod/n1", true],
    ["N1", "prod/n1", true],
    ["n", "prod/n1", false],
    ["n*", "prod/n1", true],
    ["prod/", "prod/n1", true],
    ["/n1", "prod/n1", true],
    ["/", "lab_a/n_1", true],
    ["lab_a/", "lab_a/n1", true],
    ["lab*/", "lab_a/n1", false],
    ["/", "prod/a..b", false],
    ["prod/", "prod/n1.", false],
    ["prod/*", "prod/n1.", true],
    ["N\u0130/", "ni/n1", true],
    ["n2", "n2", true],
    ["default/n2", "n2", true],
    ["prod/n2", "n2", false],
    ["/", "prod/Node", false],
    ["node", "prod/Node", false],
    ["", "x", "empty pattern"],
    [" ", "x", "empty pattern"],
    [" /n", "x", "empty pattern"],
    ["a/.", "x", "empty pattern"],
    ["a/b/c", "x", "too many slashes in pattern"],
    ["!n", "x", "'!': invalid rune in pattern"],
  ])("%j on %j", (pattern, name, outcome) => {
    expect(node(pattern, name)).toBe(outcome);
  });

  it("never matches a flow's node with two slashes", () => {
    expect(node("*/*", "a/b/c")).toBe(false);
  });
});

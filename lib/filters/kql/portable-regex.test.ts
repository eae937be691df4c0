import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRe2 } from "../re2.ts";
import { portableRegex } from "./portable-regex.ts";

describe("portableRegex", () => {
  it.each([
    ["evil", "evil"],
    ["^a.b$", "^a.b$"],
    ["\\d+\\.\\w*", "[0-9]+\\.[0-9A-Za-z_]*"],
    ["\\D\\S", "[^0-9][^\\t\\n\\f\\r ]"],
    ["[\\d-]", "[0-9\\-]"],
    ["[a-z&&b~]", "[a-z\\&\\&b\\~]"],
    ["[^/]+", "[^/]+"],
    ["(?i)get|post", "(?i:get|post)"],
    ["(?:ab){2,3}?", "(?:ab){2,3}?"],
    ["\\Aa\\z", "(?:^)a(?:$)"],
    ["\\-\\/\\.", "-/\\."],
    ["a}]", "a\\}\\]"],
    ["日本+", "日本+"],
  ])("writes %s as %s", (pattern, regex) => {
    expect(portableRegex(pattern)).toEqual({ regex });
  });

  it.each([
    "\\bword",
    "\\pL",
    "\\Qa.b\\E",
    "(?P<n>a)",
    "(?<n>a)",
    "(?U)a+",
    "(?m)^a",
    "a{,2}",
    "{",
    "a{00}",
    "a{1,02}",
    "[[:alpha:]]",
    "[]a]",
    "\\x41",
    "\\07",
    "[\\d-z]",
    "\\C",
  ])("refuses %s", (pattern) => {
    expect(portableRegex(pattern)).toEqual({ reason: expect.stringMatching(/^Kusto's engine reads .+ in another way, or not at all\.$/) });
  });

  it("finds what RE2 finds", () => {
    const piece = fc.constantFrom(..."ab.*+?|()[]{}^$\\-d0,1w&é", "\\d", "\\w", "\\.", "[ab]", "(?:a)", "a{2}", "[^b]", "\\S");
    let compared = 0;
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.array(fc.constantFrom(..."ab01.-\\wé&^$\n {}"), { maxLength: 8 }),
        (pieces, letters) => {
          const [pattern, text] = [pieces.join(""), letters.join("")];
          const re2 = compileRe2(pattern);
          const portable = portableRegex(pattern);
          if ("reason" in re2 || "reason" in portable) return;
          compared += 1;
          expect(new RegExp(portable.regex).test(text)).toBe(re2.built(text));
        },
      ),
      { numRuns: 10_000 },
    );
    expect(compared).toBeGreaterThan(1000);
  });
});

/** JSON as protojson takes it: like JSON.parse, but strict where that forgets. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { integerOf, readJson } from "./json-text.ts";

it("reads what JSON.stringify writes", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 2), (value, blanks) => {
      const text = JSON.stringify(value, undefined, blanks);
      // No integer of protojson has more than 20 digits.
      fc.pre(!/\d{20}|e\+/.test(text));
      const plain = (_key: string, inner: unknown): unknown => (typeof inner === "bigint" ? Number(inner) : inner);
      expect(JSON.stringify(readJson(text), plain)).toBe(JSON.stringify({ value: JSON.parse(text) }));
    }),
  );
});

it("takes no text for JSON that JSON.parse refuses, and never throws", () => {
  const pieces = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"a"',
    '"a',
    "\\",
    "\\u12",
    "1",
    "-",
    "1.",
    "01",
    "true",
    "nul",
    "null",
    " ",
    "\n",
    "\u0000",
    "\ud800",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
      const text = parts.join("");
      const read = readJson(text);
      if (read.fault === undefined) expect(() => JSON.parse(text)).not.toThrow();
    }),
    { numRuns: 5000 },
  );
});

describe("what JSON.parse forgets", () => {
  it.each<readonly [text: string, reason: RegExp, path: readonly (string | number)[]]>([
    ['{"a":1,"a":2}', /^duplicate field "a" \(line 1:8\)$/, ["a"]],
    ['{"include":[{"verdict":["X"],\n "verdict":["Y"]}]}', /^duplicate field "verdict" \(line 2:2\)$/, ["include", 0, "verdict"]],
    ['["\\ud800"]', /no Unicode \(line 1:2\)$/, [0]],
    ['["\\ud83d\\u0041"]', /no Unicode/, [0]],
    ['{"a":[1,]}', /^unexpected "\]}"/, ["a", 1]],
    ["[1.5x]", /^unexpected "1.5x]"/, [0]],
    ['"a\tb"', /^invalid character in a text/, []],
    ['{"a":"b', /^unexpected end of a text/, ["a"]],
    ["", /^unexpected end \(line 1:1\)$/, []],
    ["[".repeat(100), /^nested too deep/, Array.from({ length: 64 }, () => 0)],
  ])("%s", (text, reason, path) => {
    const { fault } = readJson(text);
    expect(fault?.reason).toMatch(reason);
    expect(fault?.path).toEqual(path);
  });

  it("keeps numbers exact", () => {
    expect(readJson("[1.0, 1e2, -0, 9007199254740993, 18446744073709551615, 1.5, 10e-1]")).toEqual({
      value: [1, 100, 0, 9_007_199_254_740_993n, 18_446_744_073_709_551_615n, 1.5, 1],
    });
    const [small, near] = [readJson("1e-400").value, readJson("10.0000000000000000001").value];
    expect([Number.isInteger(small), Number.isInteger(near)]).toEqual([false, false]);
  });

  it("makes own properties of names that objects have", () => {
    const read = readJson('{"__proto__":1,"constructor":2}').value;
    expect(Object.entries(read ?? {})).toEqual([
      ["__proto__", 1],
      ["constructor", 2],
    ]);
  });
});

it.each<readonly [text: string, value: bigint | undefined]>([
  ["0", 0n],
  ["-0", 0n],
  ["1.50e1", 15n],
  ["100e-2", 1n],
  ["100e-3", undefined],
  ["1.5", undefined],
  ["1e19", 10_000_000_000_000_000_000n],
  ["1e20", undefined],
  ["0e999", 0n],
  ["0.5e1", 5n],
])("%s is the integer %s", (text, value) => {
  expect(integerOf(text)).toBe(value);
});

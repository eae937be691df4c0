import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeValue, joinValues, splitValues, unescapeValue } from "./escape.ts";

const anyText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("~", ",", ";", "0", "1", "u", "d", "8", "\uD800", "\uDC00", "é", "&", "/", '"', "\n") }),
);

test.each([
  ["checkout/cart-api", "checkout/cart-api"],
  ["", "~"],
  ["a,b;c~d", "a~1b~2c~0d"],
  ["\uD83D\uDE00", "\uD83D\uDE00"],
  ["\uD83D", "~ud83d"],
])("%j is written %s", (value, text) => {
  expect(escapeValue(value)).toBe(text);
  expect(unescapeValue(text)).toBe(value);
});

test.each(["", "~3", "a~", "~~", "~u12", "~uD83D", "a,b", "a;b"])("%j is nothing that was written", (text) => {
  expect(unescapeValue(text)).toBeUndefined();
});

test("every value survives, and its text can be percent-encoded", () => {
  fc.assert(
    fc.property(anyText, (value) => {
      const text = escapeValue(value);
      expect(unescapeValue(decodeURIComponent(encodeURIComponent(text)))).toBe(value);
    }),
    { numRuns: 2000 },
  );
});

test("every list survives", () => {
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 1 }), fc.constantFrom(",", ";"), (values, separator) => {
      expect(splitValues(joinValues(values, separator), separator).map((item) => item.value)).toEqual(values);
    }),
    { numRuns: 1000 },
  );
});

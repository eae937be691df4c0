import { expect, test } from "vitest";
import { csvCell, csvLine } from "./spreadsheet-cell.ts";

test.each([
  ["checkout/cart-api", "checkout/cart-api"],
  ["", ""],
  [null, ""],
  [1234567, "1234567"],
  [true, "true"],
  ['say "a,b"', '"say ""a,b"""'],
  ["=1+1", '"\'=1+1"'],
  ["+1", '"\'+1"'],
  ["-1", '"\'-1"'],
  ["@SUM(A1)", '"\'@SUM(A1)"'],
  ["\t=1", '"\'⟨U+0009⟩=1"'],
  ["\r=1", '"\'⟨U+000D⟩=1"'],
  ["＝1", '"\'＝1"'],
  ["a\nb", "a⟨U+000A⟩b"],
  ["pay\u202Eload", "pay⟨U+202E⟩load"],
  ["<script>alert(1)</script>", "<script>alert(1)</script>"],
  [["a", "b"], "a b"],
  [" padded ", '" padded "'],
])("%j becomes %s", (value, cell) => {
  expect(csvCell(value)).toBe(cell);
});

test("one line stays one line", () => {
  expect(csvLine(["a\r\nb", 1, null])).toBe("a⟨U+000D⟩⟨U+000A⟩b,1,\r\n");
  expect(csvCell("x".repeat(65_536))).toHaveLength(32_001);
});

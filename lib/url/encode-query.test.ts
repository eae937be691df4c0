import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeQuery } from "./encode-query.ts";

test.each<[[string, string][], string]>([
  [[["pod", "checkout/cart-api,web/storefront"]], "pod=checkout/cart-api,web/storefront"],
  [[["from", "2024-09-21T10:42:00Z"]], "from=2024-09-21T10:42:00Z"],
  [[["q", "a&b=c+d e#f?"]], "q=a%26b%3Dc%2Bd%20e%23f%3F"],
  [[["filter", '{"include":[]}']], "filter=%7B%22include%22:%5B%5D%7D"],
  [[["port", "443,~"]], "port=443,%7E"],
  [[["q", "(it's)"]], "q=%28it%27s%29"],
  [[], ""],
])("%j", (entries, query) => {
  expect(encodeQuery(entries)).toBe(query);
});

test("a browser reads back what was written", () => {
  const text = fc.string({ unit: "binary" }).filter((value) => value.isWellFormed());
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text)), (entries) => {
      expect([...new URLSearchParams(encodeQuery(entries))]).toEqual(entries);
      expect([...new URL(`http://weir/?${encodeQuery(entries)}`).searchParams]).toEqual(entries);
    }),
    { numRuns: 1000 },
  );
});

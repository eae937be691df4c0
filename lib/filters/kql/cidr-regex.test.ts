import fc from "fast-check";
import { expect, it } from "vitest";
import { parsePrefix, rangeCovers } from "../ip-address.ts";
import { cidrRegex } from "./cidr-regex.ts";

const octet = fc.constantFrom(0, 1, 10, 20, 127, 128, 172, 192, 255);
const prefix = fc.tuple(octet, octet, octet, octet, fc.nat({ max: 32 })).map(([a, b, c, d, bits]) => `${a}.${b}.${c}.${d}/${bits}`);

it("matches the texts of the prefixes inside, and no others", () => {
  fc.assert(
    fc.property(prefix, fc.oneof(prefix, fc.constantFrom("10.0.0.0", "10.0.0.0/33", "010.0.0.0/8", "10.0.0/8", "::/0")), (outer, inner) => {
      const [wide, narrow] = [parsePrefix(outer), parsePrefix(inner)];
      if (wide === undefined) throw new Error(outer);
      const isInside = narrow !== undefined && rangeCovers(wide, narrow);
      expect(new RegExp(`^${cidrRegex(wide)}$`).test(inner)).toBe(isInside);
    }),
    { numRuns: 3000 },
  );
});

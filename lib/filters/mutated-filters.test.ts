/** A short form of `npm run fuzz`: whatever is sent as a filter gives a result or says what is wrong. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { mutatedFilterText } from "#lib/testing/mutated-filters.ts";
import { sampleFlow } from "#lib/testing/sample-flow.ts";
import { tryFilter } from "#lib/testing/try-filter.ts";

it("reads, matches and spells valid filters that were changed at random, or says what is wrong with them", () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(mutatedFilterText, (text) => {
      const outcome = tryFilter(text, [sampleFlow()]);
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    }),
    { numRuns: 5000 },
  );
  for (const outcome of ["filter", "parse", "build"]) expect(seen.get(outcome)).toBeGreaterThan(20);
}, 120_000);

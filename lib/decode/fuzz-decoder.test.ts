/** The short form of the torture: no crash, the sum law, no good line lost, templates and general path agree. */
import { expect, it } from "vitest";
import { fuzzDecoder } from "./fuzz-decoder.ts";

it.each([1, 2])("survives 10,000 hostile lines of seed %i", (seed) => {
  const report = fuzzDecoder(10_000, seed);
  expect(report.failures).toEqual([]);
  expect(report.flows + report.notices + report.agent + report.rejected).toBe(10_000);
  expect(report.flows).toBeGreaterThan(report.good);
  expect(Math.min(report.notices, report.agent, report.rejected)).toBeGreaterThan(50);
});

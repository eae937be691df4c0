/** Filters mean what Cilium v1.17.0's own code says they mean; every deviation is named with its cause, and must still be one. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createDecoder } from "#lib/decode/decoder.ts";
import { latin1Of } from "#lib/decode/line-text.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { compileFilter } from "./compile-filter.ts";
import { isCriterion } from "./criterion-names.ts";
import { readFilter } from "./filter-schema.ts";
import { snakeCase } from "./json-value.ts";

const DEVIATIONS: ReadonlyMap<string, string> = new Map([
  ["p0185", "a drop reason that 1.18 brought; 1.17 does not know the name"],
  ["p0234", "the empty text is Weir's 'has none' for every dimension, protocol included"],
]);

/** Cases that use a criterion which clauses do not have yet. May only fall. */
const NOT_YET = 0;

const flowRow = z.object({ id: z.string(), kind: z.string(), line: z.string() });
const caseRow = z.object({
  id: z.string(),
  field: z.string(),
  include: z.array(z.unknown()).optional(),
  exclude: z.array(z.unknown()).optional(),
  matches: z.array(z.string()).optional(),
  error: z.string().optional(),
});
type Case = z.infer<typeof caseRow>;

const flows = readFlows();
const cases = rows("filters.jsonl").map((row) => caseRow.parse(row));
const known = cases.filter((one) => usesKnownCriteria(one) || one.error?.startsWith("parse"));

describe("Cilium's own verdicts", () => {
  it.each([...new Set(known.map(({ field }) => field))])("%s", (field) => {
    const wrong = known.filter((one) => one.field === field && outcome(one) !== expected(one)).map(({ id }) => id);
    expect(wrong).toEqual(known.filter((one) => one.field === field && DEVIATIONS.has(one.id)).map(({ id }) => id));
  });

  it("names every case that cannot run yet", () => {
    expect(cases.length - known.length).toBe(NOT_YET);
    expect(flows).toHaveLength(300);
  });
});

function outcome({ include, exclude }: Case): string {
  const read = readFilter({ include, exclude });
  if (read.problem) return read.problem.class;
  const compiled = compileFilter(read.filter);
  if (compiled.problem) return compiled.problem.class;
  return flows
    .filter(({ flow }) => compiled.matches(flow))
    .map(({ id }) => id)
    .join(" ");
}

/** Lost, agent and debug events (`fx…`) are no flows and are not matched here. */
function expected({ error, matches }: Case): string {
  return error?.split(":")[0] ?? (matches ?? []).filter((id) => !id.startsWith("fx")).join(" ");
}

function usesKnownCriteria({ include = [], exclude = [] }: Case): boolean {
  return [...include, ...exclude].every(
    (clause) => typeof clause === "object" && clause !== null && Object.keys(clause).every((key) => isCriterion(snakeCase(key))),
  );
}

function readFlows(): { readonly id: string; readonly flow: Flow }[] {
  const decoder = createDecoder();
  return rows("flows.jsonl").flatMap((row) => {
    const { id, line } = flowRow.parse(row);
    const decoded = decoder.decode(latin1Of(line), { fallbackTime: 0n });
    return decoded.is === "flow" ? [{ id, flow: decoded.flow }] : [];
  });
}

function rows(file: string): unknown[] {
  const text = readFileSync(new URL(`fixtures/cilium-1.17/${file}`, import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}

/** A filter that KQL does not refuse lets the same flows through in memory and in Kusto, as far as the stand-in executes it as Kusto does. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Flow } from "#lib/flows/flow.ts";
import { kqlRow } from "#lib/testing/kql-rows.ts";
import { RANDOM_VALUES, randomFilter } from "#lib/testing/random-filters.ts";
import { randomFlow } from "#lib/testing/random-flows.ts";
import { readVectorFlows } from "#lib/testing/vector-flows.ts";
import { createKustoDatabase } from "../../e2e/kusto-stand-in/kusto-database.ts";
import { compileFilter } from "./compile-filter.ts";
import { CRITERIA } from "./criteria.ts";
import { CRITERION_NAMES } from "./criterion-names.ts";
import type { Filter } from "./filter.ts";
import { declaredParameters, KQL_FACTS, type KqlColumns, type KqlParameter, parameterText } from "./kql-columns.ts";
import { toKql } from "./to-kql.ts";

const COLUMNS: KqlColumns = Object.fromEntries(Object.keys(KQL_FACTS).map((fact) => [fact, fact]));
const schema = ["id:long", ...Object.entries(KQL_FACTS).map(([fact, type]) => `${fact}:${type}`)].join(", ");
const database = createKustoDatabase({
  name: "db",
  declared: { tables: new Map([["T", `(${schema})`]]), functions: new Map() },
  now: () => 0,
});

function valuesOf(parameters: readonly KqlParameter[]): Record<string, unknown> {
  return Object.fromEntries(parameters.map((one) => [one.name, one.type === "long" ? one.value : parameterText(one)]));
}

/** Numbers of the flows that pass; undefined where KQL refuses. */
function passing(filter: Filter): readonly number[] | undefined {
  const spelled = toKql(filter, COLUMNS);
  if (spelled.refusal) return undefined;
  const { text, parameters } = spelled.spelled;
  const [result] = database.query(`${declaredParameters(parameters)}T | where ${text} | project id`, valuesOf(parameters));
  return (result?.rows ?? []).map(([id]) => Number(id)).sort((a, b) => a - b);
}

function load(flows: readonly Flow[]): readonly Flow[] {
  database.clear("T");
  database.insert(
    "T",
    flows.map((flow, id) => ({ id, ...kqlRow(flow) })),
  );
  return flows;
}

function expected(filter: Filter, flows: readonly Flow[]): readonly number[] {
  const compiled = compileFilter(filter);
  if (compiled.problem) throw new Error(compiled.problem.reason);
  return [...flows.keys()].filter((id) => flows[id] && compiled.matches(flows[id]));
}

const NEVER = ["http_path", "cel_expression"];

describe("toKql", () => {
  it("lets the same flows through as memory does", () => {
    const flows = load([...fc.sample(randomFlow, { numRuns: 300, seed: 7 }), ...readVectorFlows()]);
    let asked = 0;
    fc.assert(
      fc.property(randomFilter, (filter) => {
        const found = passing(filter);
        if (found === undefined) return;
        asked += 1;
        expect(found).toEqual(expected(filter, flows));
      }),
      { numRuns: 250 },
    );
    expect(asked).toBeGreaterThan(100);
  });

  it.each(CRITERION_NAMES.filter((name) => !NEVER.includes(name)))("asks %s", (name) => {
    const flows = load([...fc.sample(randomFlow, { numRuns: 150, seed: 11 }), ...readVectorFlows()]);
    let asked = 0;
    fc.assert(
      fc.property(RANDOM_VALUES[name], (values) => {
        const filter = { include: [{ [name]: values }], exclude: [] };
        const found = passing(filter);
        if (CRITERIA[name].carriedBy.kql === "yes") expect(found).toBeDefined();
        if (found === undefined) return;
        asked += 1;
        expect(found).toEqual(expected(filter, flows));
      }),
      { numRuns: 25 },
    );
    expect(asked).toBeGreaterThan(0);
  });

  it("refuses what it never carries with the reason", () => {
    for (const name of CRITERION_NAMES) {
      const never = NEVER.includes(name);
      if (never) expect(toKql({ include: [{ [name]: ["x"] }], exclude: [] }, COLUMNS).refusal?.criterion).toBe(name);
      expect(typeof CRITERIA[name].carriedBy.kql === "object").toBe(never);
    }
  });
});

/** What must hold for every filter and every flow. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Flow } from "#lib/flows/flow.ts";
import { normalFilter } from "#lib/testing/normal-filter.ts";
import { randomClause, randomFilter } from "#lib/testing/random-filters.ts";
import { randomFlow, randomFlows } from "#lib/testing/random-flows.ts";
import { sampleFlow } from "#lib/testing/sample-flow.ts";
import { type CompiledFilter, compileFilter } from "./compile-filter.ts";
import { CRITERIA } from "./criteria.ts";
import { CRITERION_NAMES } from "./criterion-names.ts";
import type { Clause, Filter } from "./filter.ts";
import { EVERYTHING } from "./filter.ts";
import { readFilter, readFilterText } from "./filter-schema.ts";
import { clauseValue } from "./flow-filter-json.ts";
import type { PartName, PartTest } from "./flow-part.ts";

function compiled(filter: Filter): CompiledFilter {
  const result = compileFilter(filter);
  if (result.problem) throw new Error(result.problem.reason);
  return result;
}

const shown = (filter: Filter, flows: readonly Flow[]): readonly Flow[] => flows.filter((flow) => compiled(filter).matches(flow));
const clauseShows = (clause: Clause, flow: Flow): boolean => compiled({ include: [clause], exclude: [] }).matches(flow);

const partsOf = (test: PartTest): PartName[] => ("of" in test ? test.of.flatMap(partsOf) : [test.part]);

describe("the algebra", () => {
  it("shows what any include clause (or none at all) and no exclude clause matches", () => {
    fc.assert(
      fc.property(randomFilter, randomFlow, (filter, flow) => {
        const included = filter.include.length === 0 || filter.include.some((clause) => clauseShows(clause, flow));
        expect(compiled(filter).matches(flow)).toBe(included && !filter.exclude.some((clause) => clauseShows(clause, flow)));
      }),
      { numRuns: 2000 },
    );
  });

  it("does not care for the order of clauses, nor of values", () => {
    const turned = (clause: Clause): Clause =>
      Object.fromEntries(Object.entries(clause).map(([name, values]) => [name, values.toReversed()]));
    fc.assert(
      fc.property(randomFilter, randomFlows, (filter, flows) => {
        const other = { include: filter.include.toReversed().map(turned), exclude: filter.exclude.toReversed().map(turned) };
        expect(shown(other, flows)).toEqual(shown(filter, flows));
      }),
    );
  });

  it("lets everything through an empty filter, an empty clause and empty lists", () => {
    fc.assert(
      fc.property(randomFlows, (flows) => {
        expect(shown(EVERYTHING, flows)).toEqual(flows);
        expect(shown({ include: [{}], exclude: [] }, flows)).toEqual(flows);
        expect(shown({ include: [{ pod: [], source_ip: [] }], exclude: [] }, flows)).toEqual(flows);
        expect(shown({ include: [], exclude: [{}] }, flows)).toEqual([]);
      }),
    );
  });

  it("takes away with exclude alone exactly what include alone shows", () => {
    fc.assert(
      fc.property(randomClause, randomFlows, (clause, flows) => {
        const kept = shown({ include: [], exclude: [clause] }, flows);
        const taken = shown({ include: [clause], exclude: [] }, flows);
        expect(kept.length + taken.length).toBe(flows.length);
        expect(kept.some((flow) => taken.includes(flow))).toBe(false);
      }),
    );
  });

  it("looks at those parts of a flow that its record names", () => {
    fc.assert(
      fc.property(randomFilter, randomFlow, (filter, flow) => {
        for (const { tests, matches } of compiled(filter).include) {
          expect(matches(flow)).toBe(tests.every(({ test }) => test.matchesFlow(flow)));
          for (const { criterion, test } of tests) expect(CRITERIA[criterion].parts).toEqual(expect.arrayContaining(partsOf(test)));
        }
      }),
    );
  });
});

describe("JSON", () => {
  it("is read back as the same filter", () => {
    fc.assert(
      fc.property(randomFilter, (filter) => {
        const json = { include: filter.include.map(clauseValue), exclude: filter.exclude.map(clauseValue) };
        const { filter: read } = readFilterText(JSON.stringify(json));
        expect(normalFilter(read ?? EVERYTHING)).toEqual(normalFilter(filter));
      }),
    );
  });
});

describe("hostile values", () => {
  const texts = [
    "",
    "\0",
    "'",
    '"',
    "\\",
    "`$(id)`",
    "\n",
    "\u202e",
    "\ud800",
    "__proto__",
    "constructor",
    "'; DROP TABLE flows; --",
    "%",
    "a".repeat(65_536),
  ];

  it("gives every criterion a test or a problem that names the criterion and the value", () => {
    for (const criterion of CRITERION_NAMES) {
      for (const text of texts) {
        const read = readFilter({ include: [{ [criterion]: [text] }] });
        if (read.problem) expect(read.problem).toMatchObject({ list: "include", clause: 0, criterion, position: 0 });
        else expect(typeof compiled(read.filter).matches(sampleFlow())).toBe("boolean");
      }
    }
  });

  it("finds a hostile value by itself and nothing else by it", () => {
    for (const pod of texts.filter((text) => text !== "")) {
      const flow = sampleFlow({ source: { ...sampleFlow().source, namespace: "", pod } });
      expect(shown({ include: [{ pod: [pod] }], exclude: [] }, [flow, sampleFlow()])).toEqual([flow]);
    }
  });

  it("names what is nested deeper than anything can be written", () => {
    const deep = `${"[".repeat(30_000)}${"]".repeat(30_000)}`;
    for (const criterion of CRITERION_NAMES) {
      expect(readFilterText(`{"include":[{"${criterion}":[${deep}]}]}`).problem).toMatchObject({ class: "parse", criterion, position: 0 });
    }
  });

  it("never throws on any JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(Object.keys(readFilter(value))).toHaveLength(1);
        expect(Object.keys(readFilter({ include: [value] }))).toHaveLength(1);
      }),
    );
  });
});

/** A clause printed and read back means the same, in every spelling that can be read. */
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flowJsonOf } from "#lib/decode/flow-json.ts";
import { toFlowFilterJson, toFlowFilterYaml } from "#lib/exporter/flow-filter-text.ts";
import { readFlowFilters } from "#lib/exporter/read-flow-filters.ts";
import { type Dimension, dimensionValue } from "#lib/flows/dimension.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { HOSTILE } from "#lib/testing/hostile-texts.ts";
import { printRawFilters } from "#lib/testing/hubble-stand-in.ts";
import { normalFilter } from "#lib/testing/normal-filter.ts";
import { RANDOM_VALUES, randomClauseOf, randomFilter, randomFilterOf } from "#lib/testing/random-filters.ts";
import { randomFlows } from "#lib/testing/random-flows.ts";
import { readVectorFlows } from "#lib/testing/vector-flows.ts";
import { encodeQuery } from "#lib/url/encode-query.ts";
import { printFilter } from "#lib/url/print-filter.ts";
import { readFilter as readParameters } from "#lib/url/read-filter.ts";
import { strictJudge } from "#lib/url/strict-judge.ts";
import { trustingJudge } from "#lib/url/trusting-judge.ts";
import { compileCel } from "./cel/cel-program.ts";
import { compileFilter } from "./compile-filter.ts";
import { CRITERIA } from "./criteria.ts";
import { CRITERION_NAMES } from "./criterion-names.ts";
import type { Clause, Filter } from "./filter.ts";
import { toCilium } from "./to-cilium.ts";
import { hubbleArguments, toHubbleCli } from "./to-hubble-cli.ts";

const RUNS = { numRuns: 1500 };

const ofCilium = randomFilterOf(randomClauseOf(CRITERION_NAMES.filter((name) => CRITERIA[name].origin.kind === "cilium")));

function shown(filter: Filter, flows: readonly Flow[]): readonly Flow[] {
  const compiled = compileFilter(filter);
  if (compiled.problem) throw new Error(`${compiled.problem.criterion}: ${compiled.problem.reason}`);
  return flows.filter((flow) => compiled.matches(flow));
}

function isPreviewed(filter: Filter): boolean {
  return compileFilter(filter).problem?.class !== "unsupported";
}

const vectorFlows = readVectorFlows();

/** Some random flows, and some of those that Cilium's own verdicts are known for. */
const someFlows = fc
  .tuple(randomFlows, fc.array(fc.constantFrom(...vectorFlows), { maxLength: 20 }))
  .map(([random, known]) => [...random, ...known]);

function same(read: Filter, filter: Filter, flows: readonly Flow[]): void {
  expect(normalFilter(read)).toEqual(normalFilter(filter));
  if (isPreviewed(filter)) expect(shown(read, flows)).toEqual(shown(filter, flows));
}

function readBack(text: string): Filter {
  const read = readFlowFilters(text);
  if (read.filter) return read.filter;
  throw new Error(`${read.problem.criterion}: ${read.problem.reason} in ${text}`);
}

describe("an address", () => {
  it("is read back as the same filter, by servers and by browsers", () => {
    fc.assert(
      fc.property(randomFilter, someFlows, (filter, flows) => {
        const entries = [...new URLSearchParams(encodeQuery(printFilter(filter)))];
        for (const judge of [strictJudge, trustingJudge]) {
          const { filter: read, unreadable } = readParameters(entries, judge);
          expect(unreadable).toEqual([]);
          same(read, filter, flows);
        }
      }),
      RUNS,
    );
  });
});

describe("FlowFilters", () => {
  const texts = { YAML: toFlowFilterYaml, JSON: toFlowFilterJson };
  it.each(["YAML", "JSON"] as const)("are read back from %s as the same filter", (form) => {
    fc.assert(
      fc.property(ofCilium, someFlows, (filter, flows) => {
        const text = texts[form](filter);
        if (text.refusal) expect(text.refusal).toMatchObject({ criterion: "protocol" });
        else same(readBack(text.spelled), filter, flows);
      }),
      RUNS,
    );
  });

  it("stay in the order of the proto message, whatever the order they were given in", () => {
    fc.assert(
      fc.property(ofCilium, (filter) => {
        const turned = { ...filter, include: filter.include.map((clause) => Object.fromEntries(Object.entries(clause).toReversed())) };
        expect(toFlowFilterYaml(turned)).toEqual(toFlowFilterYaml(filter));
      }),
    );
  });
});

describe("the records", () => {
  it.each(CRITERION_NAMES)("say whether agents and hubble can be told %s", (name) => {
    const { agent, cli } = CRITERIA[name].carriedBy;
    fc.assert(
      fc.property(RANDOM_VALUES[name], (values) => {
        for (const [carriage, { refusal }] of [
          [agent, toFlowFilterYaml({ include: [{ [name]: values }], exclude: [] })],
          [cli, toHubbleCli({ include: [], exclude: [{ [name]: values }] })],
        ] as const) {
          if (carriage === "yes") expect(refusal).toBeUndefined();
          if (typeof carriage === "object") expect(refusal).toEqual({ criterion: name, reason: carriage.not });
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("a hubble command", () => {
  it("prints raw filters that are read back as the same filter", () => {
    fc.assert(
      fc.property(ofCilium, someFlows, (filter, flows) => {
        const cilium = toCilium(filter);
        if (cilium.refusal) return;
        const { include, exclude } = readBack(printRawFilters(hubbleArguments(cilium.spelled)));
        // No include list and one clause that asks for nothing are the same to the CLI.
        const asked = include.length === 0 && filter.include.length > 0 ? [{}] : include;
        same({ include: asked, exclude }, filter, flows);
      }),
      RUNS,
    );
  });

  it("reaches the program as the arguments it was made of", () => {
    const commands: { readonly command: string; readonly words: readonly string[] }[] = [];
    fc.assert(
      fc.property(ofCilium, (filter) => {
        const [cilium, command] = [toCilium(filter), toHubbleCli(filter)];
        if (cilium.spelled && command.spelled) commands.push({ command: command.spelled, words: hubbleArguments(cilium.spelled) });
      }),
      { numRuns: 300 },
    );
    const script = commands.map(({ command }) => command.replace(/^hubble observe/, "printf '%s\\0' observe")).join("\nprintf '\\1'\n");
    const out = execFileSync("/bin/sh", ["-s"], { input: script, encoding: "utf8" });
    expect(out.split("\u0001").map((words) => words.split("\0").slice(1, -1))).toEqual(commands.map(({ words }) => words));
  });
});

describe("a clause of Weir's own", () => {
  it("means the same to an agent, wherever it can be said without CEL", () => {
    let compared = 0;
    fc.assert(
      fc.property(randomFilter, randomFlows, (filter, flows) => {
        const text = toFlowFilterYaml(filter);
        if (text.refusal) return;
        const read = readBack(text.spelled);
        if (!isPreviewed(read)) return;
        // Agents resolve identities to labels before they filter; a flow with the one and not the other is a masked line. So is one with the
        // code of a drop reason and without its name, of which the vectors have some.
        const whole = flows.filter(({ destination }) => destination.identity !== 2);
        compared += whole.length;
        expect(shown(read, whole)).toEqual(shown(filter, whole));
      }),
      RUNS,
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it("means the same to an agent where it takes CEL, over Cilium's own flows", () => {
    const context = { compileCel, messageOf: flowJsonOf };
    const values = (dimension: Dimension): readonly string[] => {
      const known = [...new Set(vectorFlows.map((flow) => dimensionValue(flow, dimension)))].filter((value) => value !== "");
      return [...known.slice(0, 12), ...HOSTILE.slice(0, 8)];
    };
    let matched = 0;
    const clause = fc
      .constantFrom<Dimension>("pod", "workload", "cluster", "cidr", "name", "node")
      .chain((dimension) =>
        fc.shuffledSubarray([...values(dimension)], { minLength: 1, maxLength: 3 }).map((some): Clause => ({ [dimension]: some })),
      );
    fc.assert(
      fc.property(clause, fc.boolean(), (one, isExclude) => {
        const filter = isExclude ? { include: [], exclude: [one] } : { include: [one], exclude: [] };
        const cilium = toCilium(filter);
        if (cilium.refusal) return;
        const compiled = compileFilter(cilium.spelled, context);
        if (compiled.problem) throw new Error(compiled.problem.reason);
        const passed = vectorFlows.filter((flow) => compiled.matches(flow));
        matched += passed.length;
        expect(passed).toEqual(shown(filter, vectorFlows));
      }),
      { numRuns: 200 },
    );
    expect(matched).toBeGreaterThan(1000);
  });
});

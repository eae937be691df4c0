/** Hostile values stay values: in SQL, KQL, YAML and the shell nothing of them becomes part of the language around them. */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { toFlowFilterJson, toFlowFilterYaml } from "#lib/exporter/flow-filter-text.ts";
import { readFlowFilters } from "#lib/exporter/read-flow-filters.ts";
import { openDuckdbStore } from "#lib/stores/duckdb/duckdb-store.ts";
import { HOSTILE } from "#lib/testing/hostile-texts.ts";
import { kqlRow } from "#lib/testing/kql-rows.ts";
import { sampleBatch, sampleFlow } from "#lib/testing/sample-flow.ts";
import { createKustoDatabase } from "../../e2e/kusto-stand-in/kusto-database.ts";
import type { CriterionName } from "./criterion.ts";
import { CRITERION_NAMES } from "./criterion-names.ts";
import { isTextCriterion } from "./edit-filter.ts";
import type { Filter } from "./filter.ts";
import { declaredParameters, KQL_FACTS, type KqlColumns, type KqlParameter, kqlLets, parameterText } from "./kql-columns.ts";
import { toCilium } from "./to-cilium.ts";
import { hubbleArguments, toHubbleCli } from "./to-hubble-cli.ts";
import { toKql } from "./to-kql.ts";

const MORE = [
  "'$(touch /tmp/x)'",
  "\\'; touch x; \\'",
  '"); drop table T; //',
  "a".repeat(70_000),
  "\u001b[31m",
  "\u202e",
  "%00",
  "--help",
];
const TEXTS = [...HOSTILE, ...MORE];

const including = (name: CriterionName, value: unknown): Filter => ({ include: [{ [name]: [value] }], exclude: [] });

describe("SQL", () => {
  it("finds the flow of a hostile name and no other, and keeps its tables", async () => {
    const opened = await openDuckdbStore({ directory: undefined, now: () => 1_737_619_300_000 });
    if (opened.problem !== undefined) throw new Error(opened.problem);
    const { store } = opened;
    const window = { from: 1_737_619_100_000, to: 1_737_619_300_000 };
    const found = async (filter: Filter, text = ""): Promise<readonly string[]> => {
      const { answer, problem } = await store.flows({ window, filter, text, after: undefined, limit: 200, newestFirst: true });
      if (problem) throw new Error(problem.detail);
      return answer.rows.map(({ id }) => id);
    };
    try {
      const flows = TEXTS.map((text, index) =>
        sampleFlow({ uuid: `u${index}`, node: text, source: { ...sampleFlow().source, namespace: "", pod: text } }),
      );
      await store.append(sampleBatch([...flows, sampleFlow({ uuid: "plain", node: "plain" })]));
      for (const [index, text] of TEXTS.entries()) {
        expect(await found(including("pod", text))).toEqual([`u${index}`]);
        expect(await found(including("node", text))).toEqual([`u${index}`]);
        expect(await found(including("uuid", text))).toEqual([]);
        expect(await found({ include: [], exclude: [{ pod: [text] }] })).toHaveLength(TEXTS.length);
        if (text.length < 400) expect(await found({ include: [], exclude: [] }, text)).toContain(`u${index}`);
      }
      expect(await found({ include: [], exclude: [] })).toHaveLength(TEXTS.length + 1);
    } finally {
      await store.close();
    }
  }, 120_000);
});

const COLUMNS: KqlColumns = Object.fromEntries(Object.keys(KQL_FACTS).map((fact) => [fact, fact]));

describe("KQL", () => {
  const database = createKustoDatabase({
    name: "db",
    declared: {
      tables: new Map([
        [
          "T",
          `(${Object.entries(KQL_FACTS)
            .map(([fact, type]) => `${fact}:${type}`)
            .join(", ")})`,
        ],
      ]),
      functions: new Map(),
    },
    now: () => 0,
  });
  const sent = (parameters: readonly KqlParameter[]) =>
    Object.fromEntries(parameters.map((one) => [one.name, one.type === "long" ? one.value : parameterText(one)]));

  it.each(CRITERION_NAMES.filter(isTextCriterion))("has one text for all values of %s", (name) => {
    for (const text of TEXTS) {
      const hostile = toKql(including(name, text), COLUMNS);
      if (hostile.refusal) continue;
      // Slashes, dots and numbers shape what is asked; everything else is a letter like any other.
      const plain = toKql(including(name, text.replace(/[^/.*0-9]/gu, "x")), COLUMNS);
      expect(hostile.spelled.text).toBe(plain.spelled?.text);
      expect(hostile.spelled.text).toMatch(/^[\w\s()'"[\]=!<>~,:.-]+$/);
      expect(() => database.check(`${declaredParameters(hostile.spelled.parameters)}T | where ${hostile.spelled.text}`)).not.toThrow();
    }
  });

  it("finds the row of a hostile name and no other, by parameters and by literals", () => {
    database.clear("T");
    database.insert(
      "T",
      TEXTS.map((text, index) => kqlRow(sampleFlow({ uuid: `u${index}`, source: { ...sampleFlow().source, namespace: "", pod: text } }))),
    );
    for (const [index, text] of TEXTS.entries()) {
      const spelled = toKql(including("pod", text), COLUMNS).spelled;
      if (spelled === undefined) throw new Error(text);
      const rest = `T | where ${spelled.text} | project uuid`;
      for (const [result] of [
        database.query(`${declaredParameters(spelled.parameters)}${rest}`, sent(spelled.parameters)),
        database.query(`${kqlLets(spelled.parameters)}${rest}`, {}),
      ])
        expect(result?.rows).toEqual([[`u${index}`]]);
    }
  });

  it("refuses half characters, and column names that are none", () => {
    expect(toKql(including("pod", "\ud800"), COLUMNS).refusal).toEqual({
      criterion: "pod",
      reason: "The value holds half a character, which no request can carry.",
    });
    for (const column of ["x'] | take 1 //", "a b", "", "x;y", "é"])
      expect(() => toKql(including("pod", "x"), { pod: column })).toThrow(RangeError);
  });
});

/** CEL holds any text in its own quotes. */
const holding = (name: CriterionName, text: string): string =>
  name === "cel_expression" ? `_flow.node_name == ${JSON.stringify(text.replace(/[^\x20-\x7e]/g, "?"))}` : text;

/** What holds any text: each is written into YAML, JSON and a command line as it is. */
const FREE: readonly CriterionName[] = [
  "uuid",
  "source_pod",
  "source_service",
  "source_cluster_name",
  "http_method",
  "trace_id",
  "cel_expression",
];

describe("YAML and JSON", () => {
  it.each(FREE)("keep %s a text for YAML 1.1, YAML 1.2 and the agent's own reader", (name) => {
    for (const text of TEXTS) {
      const value = holding(name, text);
      const filter = including(name, value);
      for (const spelled of [toFlowFilterYaml(filter), toFlowFilterJson(filter)]) {
        if (spelled.spelled === undefined) throw new Error(spelled.refusal.reason);
        const clause = name === "cel_expression" ? { experimental: { cel_expression: [value] } } : { [name]: [value] };
        for (const version of ["1.1", "1.2"] as const) {
          expect(parse(spelled.spelled, { version, maxAliasCount: 0 })).toEqual({ includeFilters: [clause] });
        }
        if (spelled.spelled.length < 64_000) expect(readFlowFilters(spelled.spelled)).toEqual({ filter });
      }
    }
  });

  it("shows every character that it writes", () => {
    for (const name of FREE) {
      for (const text of TEXTS) {
        for (const spelled of [toFlowFilterYaml, toFlowFilterJson].map((spell) => spell(including(name, holding(name, text)))))
          expect(spelled.spelled).not.toMatch(/[^\P{C}\n]|\p{Zl}|\p{Zp}/u);
      }
    }
  });
});

describe("the shell", () => {
  it("hands hubble the very arguments, and runs nothing else", () => {
    const filters = FREE.flatMap((name) =>
      TEXTS.filter((text) => text.length < 1000).flatMap((text): Filter[] => {
        const { include } = including(name, holding(name, text));
        return [
          { include, exclude: [] },
          { include: [], exclude: include },
        ];
      }),
    );
    const script = filters.map((filter) => `${toHubbleCli(filter).spelled?.replace(/^hubble/, "printf '%s\\0'")}\nprintf '\\1'`).join("\n");
    const out = execFileSync("/bin/sh", ["-s"], { input: script, encoding: "utf8", env: { ...process.env, PATH: "" } });
    const meant = filters.map((filter) => ["observe", ...hubbleArguments(toCilium(filter).spelled ?? { include: [], exclude: [] })]);
    const received = out.split("\u0001").slice(0, -1);
    expect(received.map((words) => words.split("\0").slice(0, -1))).toEqual(meant);
  });
});

/** What a cluster reads for a question: the tree of every query names the time first, and words of the line before any JSON is taken apart. */
import { describe, expect, test } from "vitest";
import { recordQueries } from "#lib/testing/recorded-queries.ts";
import {
  descendants,
  kindOf,
  nameOf,
  optionalPart,
  parseQuery,
  part,
  type SyntaxNode,
  textOf,
} from "../../../e2e/kusto-stand-in/kusto-language.ts";
import type { FlowShape } from "./adx-settings.ts";
import { type KustoQuery, queryText } from "./kusto-query.ts";
import { tableOf, timeColumnOf } from "./table-rows.ts";

const NOW = 1_737_619_300_000;
const DAY = 86_400_000;
const window = { from: NOW - 10 * 3_600_000, to: NOW - 9 * 3_600_000 };
const question = { window, filter: { include: [{ destination_ip: ["10.20.1.1"] }], exclude: [] }, text: "api" };
const groups = { ...question, by: ["pod", "group"], order: "attempts", descending: true, offset: 0, limit: 20, sparkPoints: 8 } as const;
const timeline = { ...question, buckets: 20, split: "group" } as const;
const flows = { ...question, after: undefined, limit: 20, newestFirst: true };
const UUID = "2c5936a5-8806-4c5a-ac6d-d41fe2ebf467";
const RECORD = ["2025-01-23T00:00:00.0000000Z", '["TCP","10.244.1.1",1,"10.20.1.1",443]', "10.244.1.1", "10.20.1.1"];

/** Not what looks for the span that the table holds, nor for the way to it: those name nothing but times, if that. */
const questionsOf = (queries: readonly KustoQuery[]): readonly KustoQuery[] => queries.filter(({ parameters }) => parameters.length > 2);

/** One flow is looked for first, and then the packets of its attempt. */
const isFirstLook = ({ results }: KustoQuery): boolean => results?.[0]?.some(([name]) => name === "DestinationIp") ?? false;
const recorded = (shape: FlowShape) =>
  recordQueries(
    { shape, table: "", days: 14 },
    () => NOW,
    (query) => (isFirstLook(query) ? [RECORD] : []),
  );

/** The operators over the table itself, first one first; one list for each time that it is read. */
function readings(query: KustoQuery, table: string): readonly (readonly SyntaxNode[])[] {
  const pipes = [...descendants(parseQuery(queryText(query)))].filter((node) => kindOf(node) === "PipeExpression");
  const inner = new Set(pipes.map((pipe) => part(pipe, "Expression")));
  return pipes
    .filter((pipe) => !inner.has(pipe))
    .flatMap((pipe) => {
      const operators: SyntaxNode[] = [];
      let at = pipe;
      while (kindOf(at) === "PipeExpression") {
        operators.unshift(part(at, "Operator"));
        at = part(at, "Expression");
      }
      return kindOf(at) === "NameReference" && nameOf(at) === table ? [operators] : [];
    });
}

function placeOf(operators: readonly SyntaxNode[], found: (node: SyntaxNode) => boolean): number {
  const place = operators.findIndex((operator) => [...descendants(operator)].some(found));
  return place < 0 ? operators.length : place;
}

const isParse = (node: SyntaxNode): boolean => kindOf(node) === "FunctionCallExpression" && nameOf(part(node, "Name")) === "parse_json";
const isWordTest = (word: string) => (node: SyntaxNode) =>
  ["HasCsExpression", "HasAnyExpression"].includes(kindOf(node)) && textOf(optionalPart(node, "Right") ?? node).includes(word);

describe.each(["container-logs", "fluent-bit", "container-log-v2"] as const)("over a %s table", (shape) => {
  const asked = recorded(shape);
  const settings = { shape, table: "" };
  const reads = (query: KustoQuery) => readings(query, tableOf(settings));
  const sent = (query: KustoQuery, name: string): number => {
    const text = query.parameters.find((one) => one.name === name)?.sent ?? "";
    return Date.parse(text.slice("datetime(".length, -1));
  };

  test("time comes first, and words of the line before its JSON, whatever is asked", async () => {
    const queries = await asked.during(async (store) => {
      await store.summary(question);
      await store.groups(groups);
      await store.timeline(timeline);
      await store.facets({ ...question, facets: ["pod", "port"], limit: 5, search: {} });
      await store.flows(flows);
      await store.nearest(question);
      await store.coverage(question);
      await store.flow(UUID);
    });
    const read = queries.flatMap(reads).filter((operators) => placeOf(operators, isParse) < operators.length);
    expect(read.length).toBeGreaterThan(8);
    for (const operators of read) {
      const [first] = operators;
      expect(first && textOf(first)).toMatch(new RegExp(`^where ${timeColumnOf(settings)} >= _low and ${timeColumnOf(settings)} < _high`));
      expect(placeOf(operators, isWordTest('"flow"'))).toBeLessThan(placeOf(operators, isParse));
    }
  });

  test("a question about an address reads no JSON of lines without it", async () => {
    const [summary] = questionsOf(await asked.during((store) => store.summary(question)));
    expect(summary).toBeDefined();
    for (const operators of summary === undefined ? [] : reads(summary))
      expect(placeOf(operators, isWordTest("_words"))).toBeLessThan(placeOf(operators, isParse));
    expect(summary?.parameters.find(({ name }) => name === "_words")?.sent).toBe('dynamic(["10.20.1.1"])');
  });

  test("what came after the window is not read, and a page reads its window alone", async () => {
    for (const ask of [asked.store.summary, () => asked.store.groups(groups), () => asked.store.timeline(timeline)]) {
      const [query] = questionsOf(await asked.during(() => ask(question)));
      expect(query && sent(query, "_high")).toBe(window.to + 1000);
      expect(query && sent(query, "_low")).toBeLessThanOrEqual(NOW - 14 * DAY);
    }
    const [page] = questionsOf(await asked.during((store) => store.flows(flows)));
    expect(page && [sent(page, "_low"), sent(page, "_high")]).toEqual([window.from - 1000, window.to + 1000]);
  });

  test("one flow is found by its uuid before any JSON, and its attempt by its addresses", async () => {
    const [first, attempt] = questionsOf(await asked.during((store) => store.flow(UUID)));
    for (const [query, words] of [
      [first, ["_word"]],
      [attempt, ["_source", "_destination"]],
    ] as const) {
      const read = query === undefined ? [] : reads(query);
      expect(read.length).toBeGreaterThan(0);
      for (const operators of read)
        for (const word of words) expect(placeOf(operators, isWordTest(word)), word).toBeLessThan(placeOf(operators, isParse));
    }
    const words = (query: KustoQuery | undefined) =>
      query?.parameters.filter(({ name }) => /^_(word|source|destination)$/.test(name)).map(({ sent }) => sent);
    expect([words(first), words(attempt)]).toEqual([[UUID], ["10.244.1.1", "10.20.1.1"]]);
    const [hashed] = questionsOf(await asked.during((store) => store.flow("~0123456789abcdef")));
    expect(words(hashed)).toEqual([""]);
  });
});

test("a flow that a page has shown is looked for at its time first, and then everywhere", async () => {
  const time = "2025-01-23T07:59:00.1234567Z";
  const known = recordQueries(
    { shape: "fluent-bit", table: "", days: 14 },
    () => NOW,
    (query) => (query.results?.[0]?.[0]?.[0] === "Id" ? [pageRow(query, time)] : []),
  );
  await known.store.flows(flows);
  const spans = questionsOf(await known.during((store) => store.flow(UUID))).map(({ parameters }) =>
    parameters.slice(0, 2).map(({ sent }) => sent),
  );
  expect(spans).toEqual([
    ["datetime(2025-01-23T07:58:59.123Z)", "datetime(2025-01-23T07:59:01.124Z)"],
    ["datetime(2025-01-09T08:00:00.000Z)", "datetime(9998-01-01T00:00:00.000Z)"],
  ]);
});

/** A row of a page with this uuid and time, and otherwise empty. */
function pageRow({ results }: KustoQuery, time: string): readonly unknown[] {
  const given = new Map<string, unknown>([
    ["Id", UUID],
    ["Timestamp", time],
    ["GroupKind", "none"],
    ["Reason", "deny"],
    ["EventType", 1],
  ]);
  return (results?.[0] ?? []).map(([name, type]) => given.get(name) ?? (type === "string" ? "" : null));
}

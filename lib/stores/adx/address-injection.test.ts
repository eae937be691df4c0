/** Hostile values in the address bar: the tree of every query is the one that a plain value gives, sent beside the text or written into it. */
import { expect, test } from "vitest";
import { SAMPLE_ADX_SETTINGS } from "#lib/testing/adx-settings.ts";
import { HOSTILE } from "#lib/testing/hostile-texts.ts";
import { readSearch } from "#lib/url/read-search.ts";
import { shapeOf } from "../../../e2e/kusto-stand-in/kusto-language.ts";
import { openInAdx } from "./open-in-adx.ts";

const NOW = 1_737_619_300_000;
const KQL = ['"; HubbleEgressDrops | count', "') or true or ('", "]] | count", "'] | take 1", "_from", "f0", "let x = 1;", "\u2028| count"];
/** A slash parts a name, a tilde excludes, a comma makes two values: these ask something else, as they should. */
const VALUES = [...new Set([...HOSTILE, ...KQL])].filter((value) => value.trim() !== "" && !/[/~,]/.test(value) && value.length < 500);
const PARAMETERS = ["q", "pod", "namespace", "group", "policy", "node", "name", "by"] as const;

/** The address as a browser sends it, percent-encoded and read again; null where a value of it is not taken. */
function shapesOf(value: string, names: readonly string[]): readonly string[] | null {
  const sent = new URLSearchParams(names.map((name) => [name, name === "by" ? `pod,label:${value}` : value]));
  const { search, unreadable } = readSearch(Object.fromEntries(new URLSearchParams(sent.toString())));
  if (unreadable.length > 0) return null;
  const question = { window: { from: NOW - 3_600_000, to: NOW }, filter: search.filter, text: search.text };
  const groups = { ...question, by: search.by, order: "attempts", descending: true, offset: 0, limit: 20, sparkPoints: 4 } as const;
  const timeline = { ...question, buckets: 20, split: "group" } as const;
  const flows = { ...question, after: undefined, limit: 20, newestFirst: true };
  return openInAdx(SAMPLE_ADX_SETTINGS, { groups, timeline, flows }, NOW).map((one) =>
    "text" in one ? shapeOf(one.text) : one.problem.detail,
  );
}

test("no value in the address changes the shape of a query", () => {
  const plain = shapesOf("plain", PARAMETERS);
  expect(plain?.every((shape) => shape.startsWith("QueryBlock"))).toBe(true);
  const changed: string[] = [];
  let compared = 0;
  for (const value of VALUES) {
    const shapes = shapesOf(value, PARAMETERS);
    if (shapes === null) continue;
    compared += 1;
    if (shapes.some((shape, at) => shape !== plain?.[at])) changed.push(value);
  }
  expect(changed).toEqual([]);
  expect(compared).toBeGreaterThan(20);
});

import { expect, it } from "vitest";
import type { Filter } from "#lib/filters/filter.ts";
import type { TableShape } from "./adx-settings.ts";
import { wordsOf } from "./words-of.ts";

const words = (include: Filter["include"], shape: TableShape = "container-logs") => wordsOf({ include, exclude: [] }, { shape, table: "" });

it.each<[string, Filter["include"], readonly string[] | undefined]>([
  ["no clause", [], undefined],
  ["a clause that no word tells", [{ pod: ["a/b"] }], undefined],
  ["addresses", [{ ip: ["10.0.0.1", "fd00::1"] }], ["10.0.0.1", "fd00::1"]],
  ["the first criterion whose values are words", [{ ip: ["::1"], node: ["node-1"] }], ["node-1"]],
  ["clauses that are OR-ed, all together", [{ ip: ["10.0.0.1"] }, { node: ["n-1"], pod: ["x"] }], ["10.0.0.1", "n-1"]],
  ["one of them that no word tells", [{ ip: ["10.0.0.1"] }, { pod: ["x"] }], undefined],
  ["a prefix, which no line holds", [{ destination_ip: ["10.0.0.0/8"] }], []],
  ["what a line may write in another way", [{ node: ["aks/n1"] }, { ip: ["10.0.0.1"] }], []],
  ["an absent value", [{ node: [""] }], []],
])("%s", (_what, include, expected) => {
  expect(words(include)).toEqual(expected);
  expect(words(include, "typed")).toBeUndefined();
});

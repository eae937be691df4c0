/** Weir means what Cilium's own code says, case by case; and a disagreement would be seen. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filterVectors } from "./filter-vectors.ts";
import { disagreements } from "./vector-kind.ts";
import { VECTOR_KINDS } from "./vector-kinds.ts";

const FIXTURES = new URL("../../lib/filters/fixtures/cilium-1.17", import.meta.url).pathname;

it.each(VECTOR_KINDS)("$file agrees with Cilium", (kind) => {
  const verdicts = kind.run(FIXTURES);
  expect(verdicts.length).toBeGreaterThan(0);
  expect(disagreements(verdicts)).toEqual([]);
});

it("runs every case on every event", () => {
  const events = readFileSync(join(FIXTURES, "flows.jsonl"), "utf8").trim().split("\n");
  const everything = filterVectors.run(FIXTURES).filter(({ actual }) => actual.split(" ").length === events.length);
  expect(events).toHaveLength(318);
  expect(everything.length).toBeGreaterThan(5);
  expect(filterVectors.run(FIXTURES)).toHaveLength(600);
});

describe("other vectors", () => {
  let directory = "";
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "weir-vectors-"));
    cpSync(FIXTURES, directory, { recursive: true });
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it("tells a missing match, a match too many, an error of another class, and a key written twice", () => {
    const cases = [
      { id: "few", include: [{ verdict: ["DROPPED"] }], matches: [] },
      { id: "many", include: [{ uuid: ["nobody's"] }], matches: ["f001"] },
      { id: "class", include: [{ verdict: ["dropped"] }], error: "build: no" },
      { id: "fine", include: [{ verdict: ["dropped"] }], error: "parse: yes" },
    ].map((one) => JSON.stringify(one));
    const twice = '{"id":"twice","include":[{"uuid":["a"],"uuid":["b"]}],"error":"parse: duplicate"}';
    writeFileSync(join(directory, "filters.jsonl"), [...cases, twice].join("\n"));
    expect(disagreements(filterVectors.run(directory)).map(({ id }) => id)).toEqual(["few", "many", "class"]);
  });
});

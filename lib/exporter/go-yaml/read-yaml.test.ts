/** Texts are read and refused as the library in agents does it, values included; and every value knows where it stands. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { formatGoFloat } from "./go-number.ts";
import { jsonText, type Located } from "./located.ts";
import { readYaml } from "./read-yaml.ts";

const row = z.object({ text: z.string(), json: z.unknown().optional(), refused: z.string().optional() });
const cases = readFileSync(new URL("../fixtures/go-yaml.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => row.parse(JSON.parse(line)));

/** JSON has no words for these; the library refuses them after reading. */
const AFTER_READING = /unsupported (?:map key|value)/i;

describe("go-yaml's own readings", () => {
  it("refuses the same texts", () => {
    const wrong = cases.filter(({ text, refused }) => {
      const { fault, value } = readYaml(text);
      const says = fault !== undefined || (value !== undefined && !isJson(value));
      return says !== (refused !== undefined);
    });
    expect(cases.filter(({ refused }) => refused !== undefined).length).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });

  it("reads the same values", () => {
    const taken = cases.filter(({ refused }) => refused === undefined);
    expect(taken.length).toBeGreaterThan(200);
    for (const { text, json } of taken) {
      const { value } = readYaml(text);
      expect([text, value === undefined ? null : JSON.parse(jsonText(value))]).toEqual([text, json]);
    }
  });

  it("gives the same reason, but for the few that are seen in another order", () => {
    const others = cases.filter(({ text, refused }) => {
      if (refused === undefined || AFTER_READING.test(refused)) return false;
      const problem = readYaml(text).fault?.problem ?? "";
      return !refused.includes(problem.split(":")[0] ?? problem);
    });
    expect(others.length).toBeLessThan(cases.length / 100);
  });
});

describe("places", () => {
  it("are those of the values, through quotes and blocks", () => {
    const text = "a: 'x'\nb: [1, \"two\"]\nc: |\n  line\n  more\n";
    const { value } = readYaml(text);
    const at = (key: string) => (value?.is === "map" ? value.entries.get(key)?.value : undefined);
    const shown = (located: Located | undefined) => located && text.slice(located.span.start, located.span.end);
    expect(shown(at("a"))).toBe("'x'");
    const list = at("b");
    expect(list?.is === "list" ? list.items.map(shown) : []).toEqual(["1", '"two"']);
    const block = at("c");
    expect(block?.is === "scalar" ? block.origins.map(({ offset, source }) => [offset, text.slice(source, source + 4)]) : []).toEqual([
      [0, "line"],
      [5, "more"],
    ]);
  });

  it("say where a second document begins, and where reading failed", () => {
    expect(readYaml("a: 1\n---\nb: 2\n").rest).toBe(5);
    expect(readYaml("a: 1\n...\n# no more\n").rest).toBeUndefined();
    expect(readYaml("a: 1\nb: [\n").fault).toMatchObject({ problem: "did not find expected node content", offset: 10 });
  });
});

describe("numbers become texts as Go prints them", () => {
  it.each([
    [1000, "1000"],
    [1e6, "1e+06"],
    [123456.7, "123456.7"],
    [16777217.5, "1.6777218e+07"],
    [0.00001, "1e-05"],
    [20.123456789, "20.123457"],
    [Number.NEGATIVE_INFINITY, "-Inf"],
  ])("%d is %s", (value, text) => {
    expect(formatGoFloat(value)).toBe(text);
  });
});

function isJson(located: Located): boolean {
  if (located.is === "list") return located.items.every(isJson);
  if (located.is === "map") return located.nullKey === undefined && [...located.entries.values()].every(({ value }) => isJson(value));
  return located.value.is !== "float" || Number.isFinite(located.value.value);
}

/** Masks leave of a line what Cilium's own code left of it, byte for byte. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { applyMask, exportJson, utf8Length } from "./apply-mask.ts";
import type { CiliumVersion } from "./criterion.ts";

const maskCase = z.object({
  id: z.string(),
  fieldMask: z.array(z.string()),
  line: z.string(),
  out: z.string().optional(),
  anyOf: z.array(z.string()).optional(),
  error: z.string().optional(),
});
type MaskCase = z.infer<typeof maskCase>;
const versionCase = maskCase.partial().extend({ file: z.string(), id: z.string(), version: z.string() });

const VERSIONS: ReadonlyMap<string, CiliumVersion> = new Map([
  ["1.15.3", "1.15"],
  ["1.16.6", "1.16"],
  ["1.18.5", "1.18"],
  ["1.19.4", "1.19"],
]);

const cases = rows("masks.jsonl").map((row) => maskCase.parse(row));

describe("Cilium's own masked lines", () => {
  it.each(cases.map((one): [string, MaskCase] => [one.id, one]))("%s", (_, one) => {
    expect(outcome(one, "1.17", false)).toEqual(expected(one));
  });

  const others = rows("versions.jsonl")
    .map((row) => versionCase.parse(row))
    .filter(({ file }) => file === "masks");
  it.each(others.map((row): [string, typeof row] => [`${row.id} on ${row.version}`, row]))("%s", (_, row) => {
    const one = cases.find(({ id }) => id === row.id);
    expect(one).toBeDefined();
    if (one !== undefined) expect(outcome(one, VERSIONS.get(row.version) ?? "1.17", row.version === "oneof-fix")).toEqual(expected(row));
  });

  it("agree where a version is not named", () => {
    for (const [name, version] of VERSIONS) {
      const same = cases.filter(({ id }) => !others.some((row) => row.id === id && row.version === name));
      for (const one of same) expect([one.id, outcome(one, version, false)]).toEqual([one.id, expected(one)]);
    }
  });
});

describe("sizes", () => {
  it("count UTF-8 and what Go escapes", () => {
    expect(exportJson({ a: "<b>&\u2028é😀" })).toBe('{"a":"\\u003cb\\u003e\\u0026\\u2028é😀"}');
    expect(utf8Length("aé€😀")).toBe(new TextEncoder().encode("aé€😀").length);
  });
});

function outcome({ fieldMask, line }: MaskCase, version: CiliumVersion, oneofFix: boolean): readonly string[] {
  const masked = applyMask(line, fieldMask, { version, oneofFix });
  return masked.error ? [`${masked.error.class}: ${masked.error.reason}`] : masked.lines.toSorted();
}

/** As bytes; the lines of some inputs are spaced or sorted, and only what the mask wrote is in the exporter's order. */
function expected({ out, anyOf, error }: { readonly out?: string; readonly anyOf?: string[]; readonly error?: string }): readonly string[] {
  return error === undefined ? (anyOf ?? [out ?? ""]).toSorted() : [error];
}

function rows(file: string): unknown[] {
  const text = readFileSync(new URL(`fixtures/cilium-1.17/${file}`, import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}

/** Field masks: the line that an exporter with the mask writes, byte for byte, or how it refuses the mask. */
import { z } from "zod";
import { applyMask } from "#lib/filters/apply-mask.ts";
import type { CiliumVersion } from "#lib/filters/criterion.ts";
import { releaseOf, rowsOfVersions } from "./other-versions.ts";
import { readRows } from "./read-rows.ts";
import { sortedJson } from "./sorted-json.ts";
import type { VectorKind, Verdict } from "./vector-kind.ts";

const FILE = "masks.jsonl";
const outcome = { out: z.string().optional(), anyOf: z.array(z.string()).optional(), error: z.string().optional() };
const maskRow = z.object({ id: z.string(), fieldMask: z.array(z.string()), line: z.string(), ...outcome });
type MaskRow = z.infer<typeof maskRow>;
const versionRow = z.object({ file: z.string(), id: z.string(), version: z.string(), ...outcome });
type Outcome = Pick<MaskRow, "out" | "anyOf" | "error">;

export const maskVectors: VectorKind = {
  file: FILE,
  run: (directory) => {
    const cases = readRows(directory, FILE, maskRow).map(({ row }) => row);
    const own = cases.map((one) => verdictOf(one.id, one, one, "1.17", false));
    const others = rowsOfVersions(directory, "masks", versionRow).flatMap((row): Verdict[] => {
      const one = cases.find(({ id }) => id === row.id);
      const isFixed = row.version === "oneof-fix";
      const version = isFixed ? "1.17" : releaseOf(row.version);
      if (one === undefined || version === undefined) return [];
      return [verdictOf(`${row.id} under ${row.version}`, one, row, version, isFixed)];
    });
    return [...own, ...others];
  },
};

/** Where chance decides, every line that can come must be known, and none that cannot. */
function verdictOf(id: string, { line, fieldMask }: MaskRow, right: Outcome, version: CiliumVersion, oneofFix: boolean): Verdict {
  const masked = applyMask(line, fieldMask, { version, oneofFix });
  const actual = masked.error ? masked.error.class : comparable(masked.lines);
  return { id, expected: right.error?.split(":")[0] ?? comparable(right.anyOf ?? [right.out ?? ""]), actual };
}

function comparable(lines: readonly string[]): string {
  return lines
    .map((line) => (line === "" ? line : sortedJson(JSON.parse(line))))
    .toSorted()
    .join(" or ");
}

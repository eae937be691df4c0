/** The rows of versions.jsonl: what agents of other releases do with the cases of a file. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import type { CiliumVersion } from "#lib/filters/criterion.ts";
import { readRows } from "./read-rows.ts";

const FILE = "versions.jsonl";

/** Releases that vectors name, `1.17.0` for the cases themselves. */
export const RELEASES = {
  "1.15.3": "1.15",
  "1.16.6": "1.16",
  "1.18.5": "1.18",
  "1.19.4": "1.19",
} as const satisfies { readonly [release: string]: CiliumVersion };

export type Release = keyof typeof RELEASES;

export function releaseOf(text: string): (typeof RELEASES)[Release] | undefined {
  return Object.entries(RELEASES).find(([release]) => release === text)?.[1];
}

/** None where the directory has no such file. */
export function rowsOfVersions<T extends { readonly file: string }>(directory: string, file: string, schema: z.ZodType<T>): readonly T[] {
  if (!existsSync(join(directory, FILE))) return [];
  return readRows(directory, FILE, schema)
    .map(({ row }) => row)
    .filter((row) => row.file === file);
}

/** Lines of a vector file as JSON, each with its text: what a JSON parser forgets (a key written twice) matters to some cases. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";

export interface Row<T> {
  readonly row: T;
  readonly text: string;
}

/** Throws on a line that is not what the schema wants. */
export function readRows<T>(directory: string, file: string, schema: z.ZodType<T>): readonly Row<T>[] {
  return readFileSync(join(directory, file), "utf8")
    .split("\n")
    .filter((text) => text.trim() !== "")
    .map((text) => ({ row: schema.parse(JSON.parse(text)), text }));
}

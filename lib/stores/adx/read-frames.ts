/** Reads the V2 answer of the query endpoint: the rows of every primary result, or what went wrong inside an answer that says 200. */
import { z } from "zod";
import type { Problem } from "#lib/questions/answer.ts";
import { serviceProblem, UNREADABLE } from "./gateway-problems.ts";
import type { RowShape } from "./row-shape.ts";

const oneApiErrors = z.array(z.object({ error: z.object({ code: z.string().catch(""), "@message": z.string().catch("") }) }));
const frameSchema = z.discriminatedUnion("FrameType", [
  z.object({ FrameType: z.literal("DataSetHeader") }),
  z.object({ FrameType: z.literal("DataTable"), TableKind: z.string(), Rows: z.array(z.unknown()) }),
  z.object({ FrameType: z.literal("DataSetCompletion"), HasErrors: z.boolean(), OneApiErrors: oneApiErrors.optional() }),
]);
const framesSchema = z.array(frameSchema);
const errorRow = z.object({ OneApiErrors: oneApiErrors });

export type KustoRow = readonly unknown[];
export type Results = { readonly results: readonly (readonly KustoRow[])[] } | { readonly problem: Problem };

/** An answer without its end was cut, however well it reads. */
export function readFrames(body: unknown): Results {
  const read = framesSchema.safeParse(body);
  if (!read.success) return { problem: UNREADABLE.problem };
  const end = read.data.find((frame) => frame.FrameType === "DataSetCompletion");
  if (end === undefined) return { problem: UNREADABLE.problem };
  if (end.HasErrors) return { problem: problemOf(end.OneApiErrors) };
  const results: (readonly KustoRow[])[] = [];
  for (const frame of read.data) {
    if (frame.FrameType !== "DataTable" || frame.TableKind !== "PrimaryResult") continue;
    const rows = frame.Rows.filter(isRow);
    if (rows.length !== frame.Rows.length) {
      const [odd] = frame.Rows.filter((row) => !isRow(row));
      const error = errorRow.safeParse(odd);
      return { problem: problemOf(error.success ? error.data.OneApiErrors : undefined) };
    }
    results.push(rows);
  }
  return { results };
}

function isRow(row: unknown): row is KustoRow {
  return Array.isArray(row);
}

function problemOf(errors: z.infer<typeof oneApiErrors> | undefined): Problem {
  const first = errors?.[0]?.error;
  return first === undefined ? UNREADABLE.problem : serviceProblem(first.code, first["@message"]);
}

/** Rows by position; a row of another shape is a problem, for then the table is not what Weir takes it for. */
export function readRows<T>(
  rows: readonly KustoRow[] | undefined,
  shape: RowShape<T>,
): { readonly rows: readonly T[] } | { readonly problem: Problem } {
  if (rows === undefined) return { problem: otherColumns("A result is missing.") };
  const values: T[] = [];
  for (const row of rows) {
    const read = shape.read(row);
    if ("wrong" in read) return { problem: otherColumns(`It is not what was asked for: ${read.wrong}.`) };
    values.push(read.values);
  }
  return { rows: values };
}

function otherColumns(detail: string): Problem {
  return {
    kind: "bug",
    title: "Azure Data Explorer answers in other columns than asked for.",
    detail,
    next: "Check that the table's columns are those of its shape (--adx-shape).",
  };
}

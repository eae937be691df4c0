/** What a result looks like: the names and types of its columns, and how each value is read. Rows are read by position. */
import { z } from "zod";
import { countSchema, textSchema, textsSchema, timeSchema, timeTextSchema } from "./kusto-time.ts";

/** Of one column: its type in KQL, and how its value is read. */
export interface Cell<T> {
  readonly type: string;
  readonly schema: z.ZodType<T>;
}

export interface RowShape<T> {
  readonly columns: readonly (readonly [name: string, type: string])[];
  readonly schema: z.ZodType<T>;
}

export type RowOf<S> = S extends RowShape<infer T> ? T : never;

type Values<C extends readonly (readonly [string, Cell<unknown>])[]> = {
  readonly [K in keyof C]: C[K][1] extends Cell<infer T> ? T : never;
};

export function rowShape<const C extends readonly (readonly [string, Cell<unknown>])[]>(...cells: C): RowShape<Values<C>> {
  const schemas = cells.map(([, { schema }]) => schema);
  return {
    columns: cells.map(([name, { type }]) => [name, type]),
    schema: z
      .array(z.unknown())
      .length(cells.length)
      .transform(readWith(schemas))
      .transform(asValues<C>),
  };
}

function readWith(schemas: readonly z.ZodType[]) {
  return (row: readonly unknown[], context: z.RefinementCtx): readonly unknown[] =>
    schemas.map((schema, at) => {
      const read = schema.safeParse(row[at]);
      if (read.success) return read.data;
      context.addIssue({ code: "custom", message: `column ${at + 1}: ${read.error.issues[0]?.message ?? "not as asked for"}` });
      return undefined;
    });
}

/** Each value was read with the cell at its place, just above; the compiler does not follow `map` over a tuple. */
function asValues<C extends readonly (readonly [string, Cell<unknown>])[]>(values: readonly unknown[]): Values<C> {
  return values as Values<C>;
}

export const TEXT: Cell<string> = { type: "string", schema: textSchema };
/** A list of texts, made a text on the way. */
export const TEXTS: Cell<readonly string[]> = { type: "string", schema: textsSchema };
export const COUNT: Cell<number> = { type: "long", schema: countSchema };
/** Nanoseconds since 1970. */
export const TIME: Cell<bigint> = { type: "datetime", schema: timeSchema };
export const TIME_OR_NONE: Cell<bigint | null> = { type: "datetime", schema: timeSchema.nullable() };
/** As the product writes times. */
export const TIME_TEXT: Cell<string> = { type: "datetime", schema: timeTextSchema };
export const FLAG: Cell<boolean> = { type: "bool", schema: z.boolean() };

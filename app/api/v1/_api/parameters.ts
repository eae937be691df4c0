/** The parameters that an endpoint has beside the search: their schemas, their bounds, and how they are read. */
import { z } from "zod";
import { DIMENSIONS, type Dimension } from "#lib/flows/dimension.ts";
import type { Unreadable } from "#lib/url/unreadable.ts";

/** A whole number between two bounds. `9e9`, `1.5` and blanks are none. */
function wholeNumber(least: number, most: number, usual: number) {
  return z
    .string()
    .regex(/^(?:0|[1-9]\d{0,8})$/, "It should be a whole number.")
    .transform(Number)
    .pipe(z.number().int().min(least, `It is at least ${least}.`).max(most, `It is at most ${most}.`))
    .default(usual);
}

const facetList = z
  .string()
  .transform((value) => value.split(","))
  .pipe(z.array(z.enum(DIMENSIONS, `It is a list of ${DIMENSIONS.join(", ")}.`)).max(DIMENSIONS.length))
  .default(["reason", "namespace", "group", "port"]);

export const groupsParameters = z.object({
  limit: wholeNumber(1, 5000, 100).describe("Rows at most"),
  offset: wholeNumber(0, 1_000_000, 0).describe("Rows to skip"),
  spark: wholeNumber(0, 200, 0).describe("Points of each row's sparkline, 0 = none"),
});

export const timelineParameters = z.object({ buckets: wholeNumber(1, 500, 96).describe("Buckets at most") });

export const facetsParameters = z.object({
  facets: facetList.describe("Dimensions, comma-separated"),
  limit: wholeNumber(1, 1000, 20).describe("Values per facet at most"),
  ...Object.fromEntries(
    DIMENSIONS.map((dimension) => [
      findName(dimension),
      z.string().max(500).optional().describe(`Only ${dimension} values with this text`),
    ]),
  ),
});

export const flowsParameters = z.object({
  limit: wholeNumber(1, 1000, 100).describe("Rows at most"),
  after: z.string().min(1).max(300).optional().describe("Where the last page ended: its next"),
});

export const exportParameters = z.object({
  view: z.enum(["groups", "flows"], "It is groups or flows.").default("groups"),
  format: z.enum(["csv", "ndjson"], "It is csv or ndjson.").default("csv"),
});

export const noParameters = z.object({});

export function findName(dimension: Dimension): string {
  return `find.${dimension}`;
}

export function namesOf(parameters: z.ZodObject): readonly string[] {
  return Object.keys(parameters.shape);
}

export type ReadParameters<T> = { readonly values: T | undefined; readonly unreadable: readonly Unreadable[] };

/** What cannot be read is named, all of it. */
export function readParameters<S extends z.ZodObject>(params: URLSearchParams, schema: S): ReadParameters<z.infer<S>> {
  const names = namesOf(schema);
  const given = new Map(names.map((name) => [name, params.getAll(name)] as const).filter(([, values]) => values.length > 0));
  const twice = [...given].flatMap(([name, values]) => values.slice(1).map((value) => ({ name, value, why: "There can be only one." })));
  const read = schema.safeParse(Object.fromEntries([...given].map(([name, values]) => [name, values[0]])));
  if (read.success) return { values: twice.length === 0 ? read.data : undefined, unreadable: twice };
  const wrong = read.error.issues.map((issue) => {
    const name = String(issue.path[0] ?? "");
    return { name, value: given.get(name)?.[0] ?? "", why: issue.message };
  });
  return { values: undefined, unreadable: [...twice, ...wrong] };
}

/** Questions as they come over the wire: bounds and names checked once, so that stores may trust what they are asked. */
import { z } from "zod";
import { filterSchema } from "#lib/filters/filter-schema.ts";
import { DIMENSIONS, type Grouping } from "#lib/flows/dimension.ts";
import { GROUP_ORDERS } from "./question.ts";

/** Bounds of one answer. */
export const MOST_ROWS = 1000;
export const MOST_LEVELS = 6;
export const MOST_BUCKETS = 1000;
export const MOST_SPARK_POINTS = 200;
export const LONGEST_TEXT = 200;
const LONGEST_LABEL_KEY = 317;

/** Milliseconds since 1970, as far as a Date reaches. */
const instant = z.int().min(-8_640_000_000_000_000).max(8_640_000_000_000_000);

export const windowSchema = z
  .object({ from: instant, to: instant })
  .refine(({ from, to }) => from < to, { error: "the window ends before it begins", path: ["to"] });

export const dimensionSchema = z.enum(DIMENSIONS);

export const groupingSchema: z.ZodType<Grouping> = z.union([
  dimensionSchema,
  z.templateLiteral(["label:", z.string().min(1).max(LONGEST_LABEL_KEY)]),
]);

export const questionSchema = z.object({
  window: windowSchema,
  filter: filterSchema,
  text: z.string().max(LONGEST_TEXT),
});

export const groupsQuestionSchema = questionSchema.extend({
  by: z.array(groupingSchema).min(1).max(MOST_LEVELS),
  order: z.enum(GROUP_ORDERS),
  descending: z.boolean(),
  offset: z.int().min(0),
  limit: z.int().min(1).max(MOST_ROWS),
  sparkPoints: z.int().min(0).max(MOST_SPARK_POINTS),
});

export const timelineQuestionSchema = questionSchema.extend({
  buckets: z.int().min(2).max(MOST_BUCKETS),
  split: z.enum(["reason", "group"]),
});

export const facetsQuestionSchema = questionSchema.extend({
  facets: z.array(dimensionSchema).max(DIMENSIONS.length),
  limit: z.int().min(1).max(MOST_ROWS),
  search: z.partialRecord(dimensionSchema, z.string().max(LONGEST_TEXT)),
});

export const flowsQuestionSchema = questionSchema.extend({
  after: z
    .string()
    .max(2 * LONGEST_TEXT)
    .optional(),
  limit: z.int().min(1).max(MOST_ROWS),
  newestFirst: z.boolean(),
});

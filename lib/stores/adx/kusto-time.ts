/** Times as the query endpoint writes them, seven fraction digits. */
import { z } from "zod";
import { formatTime, parseTime } from "#lib/flows/flow-time.ts";

/** Nanoseconds since 1970. */
export const timeSchema = z.string().transform((text, context) => {
  const time = parseTime(text);
  if (time !== undefined) return time;
  context.addIssue({ code: "custom", message: `${text.slice(0, 40)} is no time` });
  return z.NEVER;
});

/** As the product writes times. */
export const timeTextSchema = timeSchema.transform(formatTime);

export const textSchema = z
  .string()
  .nullable()
  .transform((text) => text ?? "");
export const countSchema = z
  .number()
  .nullable()
  .transform((count) => count ?? 0);

/** A dynamic value that was made a text, as a list of texts. */
export const textsSchema = textSchema.transform((text) => {
  const read = z.array(z.string()).safeParse(parsed(text));
  return read.success ? read.data : [];
});

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function msOfTime(ns: bigint): number {
  return Number(ns / 1_000_000n);
}

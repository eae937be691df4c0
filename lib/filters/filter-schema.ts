/** Reads a filter sent as JSON, as strictly as an agent reads one: unknown keys, both spellings of one key, and wrong values are named. */
import { z } from "zod";
import { compileFilter } from "./compile-filter.ts";
import { CRITERIA } from "./criteria.ts";
import { type CriterionName, type FilterProblem, shortened } from "./criterion.ts";
import { CRITERION_NAMES } from "./criterion-names.ts";
import type { Clause, Filter } from "./filter.ts";
import { snakeKeys } from "./json-value.ts";

/** Longest filter text that is read, in UTF-16 code units. */
export const MAX_FILTER_TEXT = 64_000;

type ClauseShape = { [N in CriterionName]: z.ZodType<Clause[N]> };

const experimentalSchema = z.preprocess(
  snakeKeys,
  z.strictObject({ cel_expression: z.preprocess((value) => value ?? undefined, z.array(z.string()).optional()) }),
);
const clauseSchema: z.ZodType<Clause> = z.preprocess(flatKeys, z.strictObject(clauseShape()));
const clauseList = z.preprocess((value) => value ?? [], z.array(clauseSchema));

/** `{ include: Clause[], exclude: Clause[] }`; a missing or null list is an empty one. */
export const filterSchema: z.ZodType<Filter> = z.strictObject({ include: clauseList, exclude: clauseList });

export type ReadFilter =
  | { readonly filter: Filter; readonly problem?: never }
  | { readonly problem: FilterProblem; readonly filter?: never };

/** A filter that can be asked with, or the first problem: of JSON, of its shape (`parse`), or of a value's meaning (`build`). */
export function readFilterText(text: string): ReadFilter {
  if (text.length > MAX_FILTER_TEXT) return whole(`the filter is longer than ${MAX_FILTER_TEXT} characters`);
  const json = parseJson(text);
  return "fault" in json ? whole(`not JSON: ${json.fault}`) : readFilter(json.value);
}

/** The same for JSON that is already parsed. */
export function readFilter(value: unknown): ReadFilter {
  const read = filterSchema.safeParse(value);
  if (!read.success) return { problem: problemOf(read.error) };
  const compiled = compileFilter(read.data);
  return compiled.problem ? { problem: compiled.problem } : { filter: read.data };
}

function parseJson(text: string): { readonly value: unknown } | { readonly fault: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (fault) {
    return { fault: fault instanceof Error ? fault.message : String(fault) };
  }
}

/** `cel_expression` stands inside `experimental` where an agent reads it, and beside the others in a clause of ours. */
function flatKeys(value: unknown, context: z.RefinementCtx): unknown {
  const snake = snakeKeys(value, context);
  if (typeof snake !== "object" || snake === null || !("experimental" in snake)) return snake;
  const { experimental, ...rest } = snake;
  if (experimental === null) return rest;
  const read = experimentalSchema.safeParse(experimental);
  if (read.success && !("cel_expression" in rest)) return { ...rest, cel_expression: read.data.cel_expression };
  const message = read.error?.issues[0]?.message ?? 'duplicate field "cel_expression"';
  context.issues.push({ code: "custom", path: ["experimental"], message, input: experimental });
  return z.NEVER;
}

/** Object.fromEntries forgets key types; every key comes from CRITERIA with the schema of its own record. */
function clauseShape(): ClauseShape {
  const entries = CRITERION_NAMES.map((name) => [name, z.preprocess((value) => value ?? undefined, CRITERIA[name].schema.optional())]);
  return Object.fromEntries(entries);
}

function problemOf(error: z.ZodError): FilterProblem {
  const issue = error.issues[0];
  if (issue === undefined) return whole("unreadable").problem;
  const unknown = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const [list, clause, criterion, position] = issue.path;
  return {
    class: "parse",
    list: list === "include" || list === "exclude" ? list : undefined,
    clause: typeof clause === "number" ? clause : undefined,
    criterion: typeof criterion === "string" ? criterion : (unknown ?? ""),
    position: typeof position === "number" ? position : undefined,
    reason: unknown === undefined ? shortened(issue.message) : `unknown field "${shortened(unknown)}"`,
  };
}

function whole(reason: string): { readonly problem: FilterProblem } {
  return { problem: { class: "parse", list: undefined, clause: undefined, criterion: "", position: undefined, reason } };
}

/** Reads a filter sent as JSON, as strictly as an agent reads one: unknown keys, both spellings of one key, and wrong values are named. */
import { z } from "zod";
import { compileCel } from "./cel/cel-program.ts";
import { compileFilter } from "./compile-filter.ts";
import { CRITERIA } from "./criteria.ts";
import { type BuildContext, type CriterionName, type FilterProblem, shortened } from "./criterion.ts";
import { CRITERION_NAMES } from "./criterion-names.ts";
import type { Clause, Filter } from "./filter.ts";
import { type JsonPath, readJson } from "./json-text.ts";
import { snakeCase, snakeKeys } from "./json-value.ts";

/** Whether a filter can be read does not depend on who can answer it. */
export const ASKED_LATER: BuildContext = { compileCel, messageOf: () => undefined };

/** Longest filter text that is read, in UTF-16 code units. */
export const MAX_FILTER_TEXT = 64_000;

type ClauseShape = { [N in CriterionName]: z.ZodType<Clause[N]> };

/** `null` is a message with nothing in it. */
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
  if (text.length > MAX_FILTER_TEXT) return { problem: parseProblem([], `the filter is longer than ${MAX_FILTER_TEXT} characters`) };
  const json = readJson(text);
  return json.fault ? { problem: parseProblem(json.fault.path, `not JSON: ${json.fault.reason}`) } : readFilter(json.value);
}

/** The same for JSON that is already parsed. */
export function readFilter(value: unknown): ReadFilter {
  const read = parseFilter(value);
  if (read.problem) return read;
  const compiled = compileFilter(read.filter, ASKED_LATER);
  return compiled.problem ? { problem: compiled.problem } : read;
}

/** Its shape alone: problems are `parse`, and whether the values mean something is not asked. */
export function parseFilter(value: unknown): ReadFilter {
  const read = filterSchema.safeParse(value);
  return read.success ? { filter: read.data } : { problem: problemOf(read.error) };
}

/** A problem that an agent has with the whole file; `path` leads from the filter to the fault. */
export function parseProblem(path: JsonPath, reason: string): FilterProblem {
  const [list, clause, key, position] = path[2] === "experimental" ? [path[0], path[1], path[3] ?? path[2], path[4]] : path;
  return {
    class: "parse",
    list: list === "include" || list === "exclude" ? list : undefined,
    clause: typeof clause === "number" ? clause : undefined,
    criterion: typeof key === "string" ? snakeCase(key) : "",
    position: typeof key === "string" && typeof position === "number" ? position : undefined,
    reason: shortened(reason),
  };
}

/** `cel_expression` stands inside `experimental` where an agent reads it, and beside the others in a clause of ours. */
function flatKeys(value: unknown, context: z.RefinementCtx): unknown {
  const snake = snakeKeys(value ?? {}, context);
  if (typeof snake !== "object" || snake === null || !("experimental" in snake)) return snake;
  const { experimental, ...rest } = snake;
  if (experimental === null) return rest;
  const read = experimentalSchema.safeParse(experimental);
  if (read.success && !("cel_expression" in rest)) {
    return read.data.cel_expression === undefined ? rest : { ...rest, cel_expression: read.data.cel_expression };
  }
  const [issue] = read.error?.issues ?? [];
  const message = issue === undefined ? 'duplicate field "cel_expression"' : textOf(issue);
  context.issues.push({ code: "custom", path: ["experimental", ...(issue?.path ?? [])], message, input: experimental });
  return z.NEVER;
}

/** Object.fromEntries forgets key types; every key comes from CRITERIA with the schema of its own record. */
function clauseShape(): ClauseShape {
  const entries = CRITERION_NAMES.map((name) => [name, z.preprocess((value) => value ?? undefined, CRITERIA[name].schema.optional())]);
  return Object.fromEntries(entries);
}

function problemOf(error: z.ZodError): FilterProblem {
  const [issue] = error.issues;
  if (issue === undefined) return parseProblem([], "unreadable");
  const path = issue.path.map((step) => (typeof step === "symbol" ? step.toString() : step));
  const unknown = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  return parseProblem(path.length < 3 ? [...path, ...unknown] : path, textOf(issue));
}

function textOf(issue: z.core.$ZodIssue): string {
  return issue.code === "unrecognized_keys" ? `unknown field "${shortened(issue.keys[0] ?? "")}"` : issue.message;
}

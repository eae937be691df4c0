/** A whole filter as JSON: `{"include":[…],"exclude":[…]}`, read strictly, so a misspelt criterion is named and never ignored. */
import type { Clause, Filter } from "#lib/filters/filter.ts";
import { type Criterion, criterionOf } from "./criteria.ts";

type Read<T> = { readonly value: T; readonly why?: never } | { readonly why: string; readonly value?: never };
const OBJECT = "should be an object";

export function filterFromJson(text: string): Read<Filter> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { why: "This is no JSON." };
  }
  if (!isRecord(json)) return { why: 'A filter is an object: {"include":[…],"exclude":[…]}.' };
  const stray = Object.keys(json).find((key) => key !== "include" && key !== "exclude");
  if (stray !== undefined) return { why: `A filter has include and exclude, not ${JSON.stringify(stray)}.` };
  const include = readClauses(json.include, "include");
  if (include.why !== undefined) return include;
  const exclude = readClauses(json.exclude, "exclude");
  if (exclude.why !== undefined) return exclude;
  return { value: { include: include.value, exclude: exclude.value } };
}

function readClauses(json: unknown, where: string): Read<readonly Clause[]> {
  if (json === undefined) return { value: [] };
  if (!Array.isArray(json)) return { why: `The part ${where} should be a list of clauses.` };
  const clauses: Clause[] = [];
  for (const [index, item] of json.entries()) {
    const why = clauseTrouble(item);
    if (why !== undefined) return { why: `In ${where}, clause ${index + 1} ${why}.` };
    clauses.push(trustedClause(item));
  }
  return { value: clauses };
}

function clauseTrouble(json: unknown): string | undefined {
  if (!isRecord(json)) return OBJECT;
  for (const [key, values] of Object.entries(json)) {
    const criterion = criterionOf(key);
    if (criterion === undefined) return `has no criterion named ${JSON.stringify(key)}`;
    if (!Array.isArray(values)) return `${key} should be a list`;
    for (const value of values) {
      const why = valueTrouble(criterion, value);
      if (why !== undefined) return `${key}: ${why}`;
    }
  }
  return undefined;
}

function valueTrouble(criterion: Criterion, value: unknown): string | undefined {
  switch (criterion.kind) {
    case "text":
      return typeof value === "string" ? criterion.check?.(value)?.replace(/\.$/, "") : "values should be text";
    case "number":
      return isCount(value) ? undefined : "values should be whole numbers";
    case "workload":
      return hasOnly(value, { name: isText, kind: isText }) ? undefined : "values should be objects with name and kind";
    case "event":
      return hasOnly(value, { type: isCount, match_sub_type: isFlag, sub_type: isCount })
        ? undefined
        : "values should be objects with type, match_sub_type and sub_type";
  }
}

const isText = (value: unknown): boolean => typeof value === "string";
const isFlag = (value: unknown): boolean => typeof value === "boolean";
const isCount = (value: unknown): boolean => typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0xffffffff;

function hasOnly(value: unknown, checks: Readonly<Record<string, (value: unknown) => boolean>>): boolean {
  if (!isRecord(value)) return false;
  return Object.entries(value).every(([key, item]) => Object.hasOwn(checks, key) && checks[key]?.(item) === true);
}

function isRecord(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** Called only after `clauseTrouble` found every key known and every value of its kind. */
function trustedClause(json: Clause): Clause {
  return json;
}

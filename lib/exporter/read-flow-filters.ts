/**
 * FlowFilters out of pasted text, back into a filter: the lists of an exporter entry, one clause or a list of them in JSON or YAML, and what
 * `hubble observe --print-raw-filters` prints (two lists of JSON texts). Read as strictly as an agent reads them.
 */
import { compileFilter } from "#lib/filters/compile-filter.ts";
import { MAX_FILTER_TEXT, parseFilter, parseProblem, type ReadFilter } from "#lib/filters/filter-schema.ts";
import { readJson } from "#lib/filters/json-text.ts";
import { isNull, jsonText, type Located } from "./go-yaml/located.ts";
import { readYaml } from "./go-yaml/read-yaml.ts";

/** Names under which the two lists are known: to agents, to the hubble CLI, and here. */
const LISTS: readonly (readonly [include: string, exclude: string])[] = [
  ["includeFilters", "excludeFilters"],
  ["allowlist", "denylist"],
  ["include", "exclude"],
];

interface Lists {
  readonly include: readonly Located[];
  readonly exclude: readonly Located[];
}

/** Problems name the list, the clause, the criterion and the value at fault. What only a preview cannot do is none. */
export function readFlowFilters(text: string): ReadFilter {
  if (text.length > MAX_FILTER_TEXT) return unreadable(`the text is longer than ${MAX_FILTER_TEXT} characters`);
  const yaml = readYaml(text);
  if (yaml.fault) return unreadable(yaml.fault.problem);
  const lists = listsOf(yaml.value);
  if (lists === undefined) return unreadable("neither a filter nor a list of filters");
  const include = clausesOf(lists.include, "include");
  if (include.problem) return include;
  const exclude = clausesOf(lists.exclude, "exclude");
  if (exclude.problem) return exclude;
  const parsed = parseFilter({ include: include.clauses, exclude: exclude.clauses });
  if (parsed.problem) return parsed;
  const { problem } = compileFilter(parsed.filter);
  return problem === undefined || problem.class === "unsupported" ? parsed : { problem };
}

function listsOf(value: Located | undefined): Lists | undefined {
  if (value === undefined || isNull(value)) return { include: [], exclude: [] };
  if (value.is === "list") return { include: value.items, exclude: [] };
  if (value.is === "scalar") return { include: [value], exclude: [] };
  const pair = LISTS.find((names) => names.some((name) => value.entries.has(name)));
  if (pair === undefined) return value.entries.size === 0 ? { include: [], exclude: [] } : { include: [value], exclude: [] };
  const isStrange = [...value.entries.keys()].some((key) => !pair.includes(key));
  const [include, exclude] = pair.map((name) => itemsOf(value.entries.get(name)?.value));
  return isStrange || include === undefined || exclude === undefined ? undefined : { include, exclude };
}

/** Undefined where a list should stand and something else does. */
function itemsOf(value: Located | undefined): readonly Located[] | undefined {
  if (value === undefined || isNull(value)) return [];
  return value.is === "list" ? value.items : undefined;
}

type Clauses =
  | { readonly clauses: readonly unknown[]; readonly problem?: never }
  | (Extract<ReadFilter, { problem: object }> & { readonly clauses?: never });

/** A clause is a map, or a text that holds one as JSON. */
function clausesOf(items: readonly Located[], list: "include" | "exclude"): Clauses {
  const clauses: unknown[] = [];
  for (const [index, item] of items.entries()) {
    const json = item.is === "scalar" && item.value.is === "text" ? item.value.value : jsonText(item);
    const read = readJson(json);
    if (read.fault) return { problem: parseProblem([list, index, ...read.fault.path], `not JSON: ${read.fault.reason}`) };
    clauses.push(read.value);
  }
  return { clauses };
}

function unreadable(reason: string): Extract<ReadFilter, { problem: object }> {
  return { problem: parseProblem([], reason) };
}

/** The filters of an entry as the agent's strict reader takes them, each problem with its place in the text. */
import { readAsAgent } from "#lib/filters/agent-filter.ts";
import type { FilterProblem } from "#lib/filters/criterion.ts";
import { parseFilter } from "#lib/filters/filter-schema.ts";
import { flowFilterJson } from "#lib/filters/flow-filter-json.ts";
import { snakeCase } from "#lib/filters/json-value.ts";
import type { FlowFilter } from "#lib/filters/to-cilium.ts";
import type { TargetVersion } from "./config.ts";
import { isNull, jsonKind, type Located, type LocatedMap } from "./go-yaml/located.ts";
import type { Span } from "./go-yaml/node.ts";

export interface AgentFilter {
  /** Undefined where the agent cannot read it; a null filter is an empty one. */
  readonly clause: FlowFilter | undefined;
  readonly isNull: boolean;
  readonly span: Span;
  /** All that make the agent refuse the file; then what makes it refuse the entry, the first only. */
  readonly problems: readonly LocatedProblem[];
}

export interface LocatedProblem {
  readonly class: "parse" | "build";
  readonly reason: string;
  /** As written; empty = the clause itself. */
  readonly criterion: string;
  readonly position: number | undefined;
  readonly span: Span;
}

export function readAgentFilter(located: Located, version: TargetVersion): AgentFilter {
  const { span } = located;
  if (isNull(located)) return { clause: {}, isNull: true, span, problems: [] };
  if (located.is !== "map") {
    const reason = `syntax error: unexpected ${jsonKind(located)}, a filter is a map of fields`;
    return { clause: undefined, isNull: false, span, problems: [{ class: "parse", reason, criterion: "", position: undefined, span }] };
  }
  const value = plainValue(located);
  const { problem, filter } = readAsAgent({ include: [value] }, version);
  if (problem === undefined) return { clause: filter.include[0], isNull: false, span, problems: [] };
  if (problem.class === "parse") return { clause: undefined, isNull: false, span, problems: parseProblems(located, problem, version) };
  const parsed = parseFilter({ include: [value] });
  const unbuilt = problem.class === "build" ? [locate(located, problem)] : [];
  return { clause: parsed.filter?.include[0], isNull: false, span, problems: unbuilt };
}

/** Field by field, so that all are named and not only the first; a field that stands there twice is seen in the whole only. */
function parseProblems(map: LocatedMap, first: FilterProblem, version: TargetVersion): readonly LocatedProblem[] {
  const each = [...map.entries.values()].flatMap(({ key, value }) => {
    const { problem } = readAsAgent({ include: [Object.fromEntries([[key, plainValue(value)]])] }, version);
    return problem?.class === "parse" ? [locate(map, problem)] : [];
  });
  return each.length > 0 ? each : [locate(map, first)];
}

function locate(map: LocatedMap, problem: FilterProblem): LocatedProblem {
  const written = [...map.entries.values()].find(({ key }) => matches(key, problem.criterion));
  const list = written?.value;
  const item = list?.is === "list" && problem.position !== undefined ? list.items[problem.position] : undefined;
  const isUnknown = problem.reason.startsWith("unknown field") || problem.reason.startsWith("duplicate field");
  const span = item?.span ?? (isUnknown ? written?.keySpan : list?.span) ?? map.span;
  return {
    class: problem.class === "parse" ? "parse" : "build",
    reason: problem.reason,
    criterion: written?.key ?? problem.criterion,
    position: problem.position,
    span,
  };
}

function matches(key: string, criterion: string): boolean {
  const snake = snakeCase(key);
  return key === criterion || snake === criterion || (snake === "experimental" && criterion === "cel_expression");
}

/** As JSON.parse would give it, with integers beyond JavaScript's as bigint. */
export function plainValue(located: Located): unknown {
  if (located.is === "list") return located.items.map(plainValue);
  if (located.is === "map") return Object.fromEntries([...located.entries.values()].map(({ key, value }) => [key, plainValue(value)]));
  const { value } = located;
  if (value.is === "null") return null;
  if (value.is !== "integer") return value.value;
  const number = Number(value.value);
  return Number.isSafeInteger(number) ? number : value.value;
}

/** In canonical spelling: snake_case, enums by name, zero values and empty lists left out. */
export function canonicalFilter(clause: FlowFilter): unknown {
  return withoutZeros(JSON.parse(flowFilterJson(clause)));
}

function withoutZeros(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutZeros);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => !isZero(inner));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutZeros(inner)]));
}

function isZero(value: unknown): boolean {
  return value === 0 || value === "" || value === false || value === null || (Array.isArray(value) && value.length === 0);
}

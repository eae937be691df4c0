/** What the service refuses although the parser lets it pass. */
import {
  type BoundQuery,
  type Diagnostic,
  descendants,
  kindOf,
  optionalPart,
  part,
  type SyntaxNode,
  textOf,
  typeOf,
} from "./kusto-language.ts";

/** Errors and warnings of a query: the parser's, and where it has none, these rules'. */
export function checkText(text: string, query: BoundQuery): readonly Diagnostic[] {
  const told = query.diagnostics.filter(({ severity }) => severity === "Error" || severity === "Warning");
  if (told.length > 0) return told;
  if (query.kind !== "Query") return [wrong("STAND-IN", "only queries come through this endpoint", 0, text.length)];
  return [...descendants(query.syntax)].flatMap(brokenRule);
}

const COMPARISON = /^(Equal|NotEqual|LessThan|LessThanOrEqual|GreaterThan|GreaterThanOrEqual)Expression$/;
const CLASS: ReadonlyMap<string, string> = new Map([
  ["string", "string"],
  ...["long", "int", "real", "decimal"].map((type) => [type, "number"] as const),
  ["bool", "bool"],
  ["datetime", "datetime"],
  ["timespan", "timespan"],
]);

function brokenRule(node: SyntaxNode): Diagnostic[] {
  const kind = kindOf(node);
  if (COMPARISON.test(kind)) {
    const [left, right] = [CLASS.get(typeOf(part(node, "Left"))), CLASS.get(typeOf(part(node, "Right")))];
    if (left !== undefined && right !== undefined && left !== right && (left === "string" || right === "string"))
      return [wrong("SEM0064", `cannot compare values of types ${left} and ${right}`, 0, 1)];
  }
  // documented: parameters of type dynamic cannot have default values
  if (kind === "FunctionParameter" && optionalPart(node, "DefaultValue") !== undefined && /:\s*dynamic\b/.test(textOf(node)))
    return [wrong("SYN0002", "a query parameter of type dynamic cannot have a default", 0, 1)];
  return [];
}

function wrong(code: string, message: string, start: number, length: number): Diagnostic {
  return { severity: "Error", code, message, start, length };
}

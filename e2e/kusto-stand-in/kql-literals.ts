/** Literals of a query, and parameter values, which the service reads as literals of the declared type. */
import { readDatetime, readTimespan, type Value } from "./kql-values.ts";
import { literalText, type SyntaxNode, textOf } from "./kusto-language.ts";

/** The value of a literal expression, undefined when the node is none. */
export function literalValue(node: SyntaxNode, kind: string): Value | undefined {
  if (kind === "StringLiteralExpression" || kind === "CompoundStringLiteralExpression") return literalText(node);
  const inside = insideOf(textOf(node));
  if (inside === "null" && kind.endsWith("Expression")) return null;
  switch (kind) {
    case "LongLiteralExpression":
    case "IntLiteralExpression":
    case "RealLiteralExpression":
      return Number(inside);
    case "BooleanLiteralExpression":
      return inside.toLowerCase() === "true";
    case "DateTimeLiteralExpression":
      return readDatetime(inside);
    case "TimespanLiteralExpression":
      return readTimespan(inside);
    case "DynamicExpression":
      return readDynamic(inside);
    default:
      return undefined;
  }
}

/** Throws where the service would refuse the request. */
export function parameterValue(text: unknown, type: string): Value {
  if (type === "string") return String(text);
  if (type === "long" || type === "int" || type === "real") {
    const number = Number(typeof text === "number" ? text : insideOf(String(text)));
    if (!Number.isFinite(number)) throw new Error(`${String(text)} is no ${type}`);
    return number;
  }
  if (type === "bool") return insideOf(String(text)).toLowerCase() === "true";
  if (type === "datetime") return needed(readDatetime(insideOf(String(text))), text, type);
  if (type === "timespan") return needed(readTimespan(insideOf(String(text))), text, type);
  if (type === "dynamic" && /^dynamic\(/.test(String(text))) return readDynamic(insideOf(String(text)));
  throw new Error(`${String(text).slice(0, 80)} is no ${type} literal`);
}

/** `datetime(x)` → `x`. */
function insideOf(text: string): string {
  const inside = /^\w+\(([\s\S]*)\)$/.exec(text.trim())?.[1] ?? text;
  return inside
    .trim()
    .replace(/^"([\s\S]*)"$/, (whole, bare: string) => (/^\w+\(/.test(text.trim()) && !/^dynamic/.test(text.trim()) ? bare : whole));
}

function needed(value: bigint | null, text: unknown, type: string): bigint {
  if (value === null) throw new Error(`${String(text)} is no ${type}`);
  return value;
}

/** JSON only: the service reads more, this product writes no more. */
function readDynamic(text: string): Value {
  return JSON.parse(text);
}

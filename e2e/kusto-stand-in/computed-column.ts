/** Columns that expressions give. */
import { compileScalar } from "./compile-scalar.ts";
import { expressionKey, type Scope, scopeOver } from "./kql-scope.ts";
import { type Column, lazyColumn, named, pickedColumn, type Table } from "./kql-table.ts";
import type { Value } from "./kql-values.ts";
import { type ColumnType, kindOf, nameOf, part, type SyntaxNode, textOf } from "./kusto-language.ts";

/** The expression behind a name, if it has one: `a = b` → `b`. */
export function unnamed(node: SyntaxNode): SyntaxNode {
  return kindOf(node) === "SimpleNamedExpression" ? part(node, "Expression") : node;
}

/** `inner` = the scope over this table. A mere name gives the column that it names. */
export function computedColumn(node: SyntaxNode | undefined, column: ColumnType, { count }: Pick<Table, "count">, inner: Scope): Column {
  if (node === undefined) throw new Error(`nothing gives the column ${column.name}`);
  const expression = unnamed(node);
  const same = kindOf(expression) === "NameReference" ? inner.columns.get(nameOf(expression)) : undefined;
  if (same !== undefined) return named(same, column);
  const whole = pickedFromWhole(expression, column, inner);
  if (whole !== undefined) return whole;
  return lazyColumn(inner.execution.memory, column, expressionKey(expression, inner), count, () => {
    const value = compileScalar(expression, inner);
    const found: Value[] = [];
    for (let row = 0; row < count; row++) found.push(value(row));
    return found;
  });
}

/** A table is worth working out whole when this share of its rows is needed: the next query needs others. */
const WORTH = 0.25;

/**
 * Where all that an expression reads are rows of one other table, it is worked out there, for all its rows, and these are picked. Queries
 * over different spans of time then share what was read out of the same lines.
 */
function pickedFromWhole(expression: SyntaxNode, column: ColumnType, inner: Scope): Column | undefined {
  const words = new Set(textOf(expression).match(/[A-Za-z_]\w*/g) ?? []);
  const read = [...inner.columns.values()].filter(({ name }) => words.has(name));
  const [source] = read.map((one) => one.source);
  if (source === undefined || read.some((one) => one.source?.key !== source.key)) return undefined;
  const { table, places, key } = source;
  if (places.length < table.count * WORTH) return undefined;
  const columns = read.flatMap((one) => (one.source === undefined ? [] : [named(one.source.column, one)]));
  const whole = { ...table, columns };
  return pickedColumn(inner.execution.memory, computedColumn(expression, column, whole, scopeOver(inner, whole)), key, places, table);
}

/** Columns that expressions give. */
import { compileScalar } from "./compile-scalar.ts";
import { expressionKey, type Scope } from "./kql-scope.ts";
import { type Column, lazyColumn, named, type Table } from "./kql-table.ts";
import { type ColumnType, kindOf, nameOf, part, type SyntaxNode } from "./kusto-language.ts";

/** The expression behind a name, if it has one: `a = b` → `b`. */
export function unnamed(node: SyntaxNode): SyntaxNode {
  return kindOf(node) === "SimpleNamedExpression" ? part(node, "Expression") : node;
}

/** `inner` = the scope over this table. A mere name gives the column that it names. */
export function computedColumn(node: SyntaxNode | undefined, column: ColumnType, { count }: Table, inner: Scope): Column {
  if (node === undefined) throw new Error(`nothing gives the column ${column.name}`);
  const expression = unnamed(node);
  const same = kindOf(expression) === "NameReference" ? inner.columns.get(nameOf(expression)) : undefined;
  if (same !== undefined) return named(same, column);
  return lazyColumn(inner.execution.memory, column, expressionKey(expression, inner), count, () => {
    const value = compileScalar(expression, inner);
    return Array.from({ length: count }, (_, row) => value(row));
  });
}

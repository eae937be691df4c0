/** Tabular operators over two or more tables, on equally named columns. */
import type { Scope, Table } from "./kql-scope.ts";
import { emptyOf, keyOf, type Row } from "./kql-values.ts";
import { type ColumnType, kindOf, nameOf, optionalPart, part, parts, type SyntaxNode, textOf } from "./kusto-language.ts";

export function join(operator: SyntaxNode, left: Table, columns: readonly ColumnType[], scope: Scope): Table {
  const lookup = kindOf(operator) === "LookupOperator";
  const right = scope.execution.table(part(operator, "Expression"), scope);
  const parameters = optionalPart(operator, "Parameters");
  const kind = /kind\s*=\s*(\w+)/.exec(parameters === undefined ? "" : textOf(parameters))?.[1] ?? (lookup ? "leftouter" : "innerunique");
  const clause = optionalPart(operator, "ConditionClause") ?? part(operator, "LookupClause");
  const names = parts(clause, "Expressions").map((one) => nameOf(one));
  if (names.some((name) => name === "")) throw new Error("a join on anything but equally named columns is not supported");
  const leftKey = keyBy(left, names);
  const rightKey = keyBy(right, names);
  const matches = new Map<string, Row[]>();
  for (const row of right.rows) {
    const key = rightKey(row);
    const found = matches.get(key);
    if (found) found.push(row);
    else matches.set(key, [row]);
  }
  const added = right.columns.flatMap((column, index) => (lookup && names.includes(column.name) ? [] : [{ index, type: column.type }]));
  const pair = (one: Row, other: Row): Row => [...one, ...added.map(({ index }) => other[index] ?? null)];
  switch (kind) {
    case "inner":
      return { columns, rows: left.rows.flatMap((row) => (matches.get(leftKey(row)) ?? []).map((other) => pair(row, other))) };
    case "leftouter": {
      const none = added.map(({ type }) => emptyOf(type));
      return {
        columns,
        rows: left.rows.flatMap((row) => matches.get(leftKey(row))?.map((other) => pair(row, other)) ?? [[...row, ...none]]),
      };
    }
    case "leftanti":
      return { columns, rows: left.rows.filter((row) => !matches.has(leftKey(row))) };
    case "leftsemi":
      return { columns, rows: left.rows.filter((row) => matches.has(leftKey(row))) };
    default:
      throw new Error(`join kind ${kind} is not supported`);
  }
}

/** Columns are matched by name; one that a table lacks is empty. */
export function union(operator: SyntaxNode, input: Table | undefined, columns: readonly ColumnType[], scope: Scope): Table {
  const tables = [...(input ? [input] : []), ...parts(operator, "Expressions").map((one) => scope.execution.table(one, scope))];
  const rows = tables.flatMap((table) => {
    const places = columns.map((column) => table.columns.findIndex((one) => one.name === column.name && one.type === column.type));
    if (places.every((place, index) => place === index) && table.columns.length === columns.length) return table.rows;
    return table.rows.map((row) => places.map((place, index) => (place < 0 ? emptyOf(columns[index]?.type ?? "") : (row[place] ?? null))));
  });
  return { columns, rows };
}

function keyBy(table: Table, names: readonly string[]): (row: Row) => string {
  const places = names.map((name) => table.columns.findIndex((column) => column.name === name));
  if (places.some((place) => place < 0)) throw new Error(`${names} are not columns of both sides`);
  return (row) => places.map((place) => keyOf(row[place] ?? null)).join("\u0001");
}

/** Tabular operators over one table. Names and types of the result come from the parser, not from here. */
import { compileScalar } from "./compile-scalar.ts";
import { computedColumn, unnamed } from "./computed-column.ts";
import { expressionKey, type Scope, scopeOver } from "./kql-scope.ts";
import { lazyColumn, picked, rowKeys, type Table, tableOfRows } from "./kql-table.ts";
import { compareValues, isArray, numberOf, readDatetime, textOfValue, type Value } from "./kql-values.ts";
import { type ColumnType, kindOf, nameOf, optionalPart, part, parts, type SyntaxNode, textOf } from "./kusto-language.ts";
import { summarize } from "./summarize-operator.ts";

/** `columns` = what the parser says comes out. */
export type TableOperator = (operator: SyntaxNode, input: Table, columns: readonly ColumnType[], scope: Scope) => Table;

export const TABLE_OPERATORS: ReadonlyMap<string, TableOperator> = new Map<string, TableOperator>([
  ["FilterOperator", where],
  ["ProjectOperator", project],
  ["ExtendOperator", extend],
  ["ProjectAwayOperator", chooseColumns],
  ["ProjectKeepOperator", chooseColumns],
  ["ProjectReorderOperator", chooseColumns],
  ["CountOperator", (_operator, input, columns, scope) => tableOfRows(scope.execution.memory, columns, [[input.count]])],
  ["TakeOperator", take],
  ["AsOperator", (_operator, input) => input],
  ["SerializeOperator", (_operator, input) => input],
  ["SortOperator", (operator, input, _columns, scope) => sorted(input, parts(operator, "Expressions"), scope)],
  [
    "TopOperator",
    (operator, input, columns, scope) => take(operator, sorted(input, [part(operator, "ByExpression")], scope), columns, scope),
  ],
  ["DistinctOperator", distinct],
  ["SummarizeOperator", summarize],
  ["MvExpandOperator", expand],
  [
    "GetSchemaOperator",
    (_operator, input, columns, scope) => {
      const rows = input.columns.map(({ name, type }, at) => [name, at, type, type]);
      return tableOfRows(scope.execution.memory, columns, rows);
    },
  ],
]);

function givenName(node: SyntaxNode): string {
  return kindOf(node) === "SimpleNamedExpression" ? nameOf(part(node, "Name")) : nameOf(node);
}

function where(operator: SyntaxNode, input: Table, _columns: readonly ColumnType[], scope: Scope): Table {
  const { memory } = scope.execution;
  const condition = part(operator, "Condition");
  const inner = scopeOver(scope, input);
  const key = memory.keyOf(`where ${expressionKey(condition, inner)}`);
  const places = memory.recall(`${key} places`, input.count, () => {
    const test = compileScalar(condition, inner);
    const found: number[] = [];
    for (let row = 0; row < input.count; row++) if (test(row) === true) found.push(row);
    return found;
  });
  return picked(memory, input, key, places);
}

function project(operator: SyntaxNode, input: Table, columns: readonly ColumnType[], scope: Scope): Table {
  const inner = scopeOver(scope, input);
  const expressions = parts(operator, "Expressions");
  return { ...input, columns: columns.map((column, at) => computedColumn(expressions[at], column, input, inner)) };
}

function extend(operator: SyntaxNode, input: Table, columns: readonly ColumnType[], scope: Scope): Table {
  const inner = scopeOver(scope, input);
  let next = input.columns.length;
  const made = new Map(
    parts(operator, "Expressions").map((one) => {
      const known = input.columns.findIndex((column) => column.name === givenName(one));
      return [known >= 0 ? known : next++, one] as const;
    }),
  );
  return {
    ...input,
    columns: columns.map((column, at) => {
      const kept = input.columns[at];
      return made.has(at) || kept === undefined ? computedColumn(made.get(at), column, input, inner) : kept;
    }),
  };
}

function chooseColumns(_operator: SyntaxNode, input: Table, columns: readonly ColumnType[]): Table {
  const chosen = columns.flatMap((column) => input.columns.filter((one) => one.name === column.name));
  return { ...input, columns: chosen };
}

function take(operator: SyntaxNode, input: Table, _columns: readonly ColumnType[], scope: Scope): Table {
  const most = Math.min(input.count, Math.max(0, numberOf(compileScalar(part(operator, "Expression"), scopeOver(scope))(-1)) ?? 0));
  const { memory } = scope.execution;
  return picked(
    memory,
    input,
    memory.keyOf(`take ${most} of ${input.key}`),
    Array.from({ length: most }, (_, row) => row),
  );
}

/** Descending unless it says otherwise; nulls first when ascending, last when descending. */
function sorted(input: Table, by: readonly SyntaxNode[], scope: Scope): Table {
  const { memory } = scope.execution;
  const inner = scopeOver(scope, input);
  const keys = by.map((one) => {
    const ordered = kindOf(one) === "OrderedExpression";
    const ordering = ordered ? optionalPart(one, "Ordering") : undefined;
    const words = ordering === undefined ? "" : textOf(ordering);
    if (/nulls/.test(words)) throw new Error("`nulls first` and `nulls last` are not supported");
    return { expression: ordered ? part(one, "Expression") : one, sign: /\basc\b/.test(words) ? 1 : -1 };
  });
  const key = memory.keyOf(`sort ${keys.map(({ expression, sign }) => `${sign} ${expressionKey(expression, inner)}`).join(" ")}`);
  const places = memory.recall(`${key} places`, input.count, () => {
    const lists = keys.map(({ expression, sign }) => {
      const value = compileScalar(expression, inner);
      return { sign, values: Array.from({ length: input.count }, (_, row) => value(row)) };
    });
    return Array.from({ length: input.count }, (_, row) => row).sort((a, b) => {
      for (const { sign, values } of lists) {
        const order = compareValues(values[a] ?? null, values[b] ?? null);
        if (order !== 0) return order * sign;
      }
      return a - b;
    });
  });
  return picked(memory, input, key, places);
}

function distinct(operator: SyntaxNode, input: Table, columns: readonly ColumnType[], scope: Scope): Table {
  const expressions = parts(operator, "Expressions");
  const star = expressions.some((one) => kindOf(one) === "StarExpression");
  const inner = scopeOver(scope, input);
  const narrow = star ? input : { ...input, columns: columns.map((column, at) => computedColumn(expressions[at], column, input, inner)) };
  const { memory } = scope.execution;
  const key = memory.keyOf(`distinct ${input.key} ${narrow.columns.map((column) => column.key).join(" ")}`);
  const places = memory.recall(`${key} places`, input.count, () => {
    const keys = rowKeys(
      narrow.columns.map((column) => column.read()),
      input.count,
    );
    return [...new Map(keys.map((one, row) => [one, row])).values()];
  });
  return picked(memory, narrow, key, places);
}

/** One expression at a time; an empty list gives no row, as in Kusto. */
function expand(operator: SyntaxNode, input: Table, columns: readonly ColumnType[], scope: Scope): Table {
  const expressions = parts(operator, "Expressions");
  const [one] = expressions;
  if (expressions.length !== 1 || one === undefined) throw new Error("mv-expand of several columns is not supported");
  const { memory } = scope.execution;
  const expression = part(one, "Expression");
  const inner = scopeOver(scope, input);
  const value = compileScalar(unnamed(expression), inner);
  const name = givenName(expression);
  const type = columns.find((column) => column.name === name)?.type ?? "dynamic";
  const places: number[] = [];
  const items: Value[] = [];
  for (let row = 0; row < input.count; row++) {
    const list = value(row);
    for (const item of isArray(list) ? list : [list]) {
      places.push(row);
      items.push(converted(item, type));
    }
  }
  const key = memory.keyOf(`expand ${expressionKey(expression, inner)} ${type}`);
  const wider = picked(memory, input, key, places);
  return {
    ...wider,
    columns: columns.map((column, at) => {
      if (column.name === name) return lazyColumn(memory, column, `${key} items`, items.length, () => items);
      const kept = wider.columns[at];
      if (kept === undefined) throw new Error(`mv-expand gives no column ${column.name}`);
      return kept;
    }),
  };
}

function converted(value: Value, type: string): Value {
  if (type === "string") return textOfValue(value, "dynamic");
  if (type === "long" || type === "int" || type === "real") return numberOf(value);
  if (type === "datetime") return typeof value === "bigint" ? value : readDatetime(textOfValue(value, ""));
  return value;
}

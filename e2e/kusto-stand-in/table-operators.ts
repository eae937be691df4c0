/** Tabular operators over one table. Names and types of the result come from the parser, not from here. */
import { AGGREGATES } from "./aggregates.ts";
import { compileScalar } from "./compile-scalar.ts";
import { type GroupCell, type Scalar, type Scope, scopeOver, type Table } from "./kql-scope.ts";
import { compareValues, isArray, keyOf, numberOf, type Row, readDatetime, textOfValue, type Value } from "./kql-values.ts";
import { type ColumnType, kindOf, nameOf, optionalPart, part, parts, type SyntaxNode, textOf } from "./kusto-language.ts";

/** `columns` = what the parser says comes out. */
export type TableOperator = (operator: SyntaxNode, input: Table, columns: readonly ColumnType[], scope: Scope) => Table;

export const TABLE_OPERATORS: ReadonlyMap<string, TableOperator> = new Map<string, TableOperator>([
  ["FilterOperator", where],
  ["ProjectOperator", project],
  ["ExtendOperator", extend],
  ["ProjectAwayOperator", chooseColumns],
  ["ProjectKeepOperator", chooseColumns],
  ["ProjectReorderOperator", chooseColumns],
  ["CountOperator", (_operator, input, columns) => ({ columns, rows: [[input.rows.length]] })],
  ["TakeOperator", take],
  ["AsOperator", (_operator, input) => input],
  ["SerializeOperator", (_operator, input) => input],
  ["SortOperator", (operator, input, _columns, scope) => ({ ...input, rows: sorted(input, parts(operator, "Expressions"), scope) })],
  ["TopOperator", top],
  ["DistinctOperator", distinct],
  ["SummarizeOperator", summarize],
  ["MvExpandOperator", expand],
  [
    "GetSchemaOperator",
    (_operator, input, columns) => ({ columns, rows: input.columns.map(({ name, type }, at) => [name, at, type, type]) }),
  ],
]);

/** The expression behind a name, if it has one: `a = b` → `b`. */
export function unnamed(node: SyntaxNode): SyntaxNode {
  return kindOf(node) === "SimpleNamedExpression" ? part(node, "Expression") : node;
}

function givenName(node: SyntaxNode): string {
  return kindOf(node) === "SimpleNamedExpression" ? nameOf(part(node, "Name")) : nameOf(node);
}

function where(operator: SyntaxNode, input: Table, columns: readonly ColumnType[], scope: Scope): Table {
  const test = compileScalar(part(operator, "Condition"), scopeOver(scope, input.columns));
  return { columns, rows: input.rows.filter((row) => test(row) === true) };
}

function project(operator: SyntaxNode, input: Table, columns: readonly ColumnType[], scope: Scope): Table {
  const inner = scopeOver(scope, input.columns);
  const values = parts(operator, "Expressions").map((one) => compileScalar(one, inner));
  return { columns, rows: rowWise(operator, input, inner, (row) => values.map((value) => value(row))) };
}

function extend(operator: SyntaxNode, input: Table, columns: readonly ColumnType[], scope: Scope): Table {
  const inner = scopeOver(scope, input.columns);
  let next = input.columns.length;
  const made = parts(operator, "Expressions").map((one) => {
    const known = input.columns.findIndex((column) => column.name === givenName(one));
    return { at: known >= 0 ? known : next++, value: compileScalar(one, inner) };
  });
  const rows = rowWise(operator, input, inner, (row) => {
    const wider = [...row];
    for (const { at, value } of made) wider[at] = value(row);
    return wider;
  });
  return { columns, rows };
}

/** The same rows give the same again where expressions read nothing but the row. */
function rowWise(operator: SyntaxNode, input: Table, inner: Scope, make: (row: Row) => Row): Row[] {
  if (inner.outside.read) return input.rows.map(make);
  const known = inner.execution.remembered(`${textOf(operator)} of ${input.columns.map(({ name, type }) => `${name}:${type}`).join()}`);
  return input.rows.map((row) => {
    const found = known.get(row);
    if (found !== undefined) return found;
    const made = make(row);
    known.set(row, made);
    return made;
  });
}

function chooseColumns(_operator: SyntaxNode, input: Table, columns: readonly ColumnType[]): Table {
  const places = columns.map((column) => input.columns.findIndex((one) => one.name === column.name));
  return { columns, rows: input.rows.map((row) => places.map((place) => row[place] ?? null)) };
}

function take(operator: SyntaxNode, input: Table, _columns: readonly ColumnType[], scope: Scope): Table {
  const most = numberOf(compileScalar(part(operator, "Expression"), scopeOver(scope, []))([]));
  return { ...input, rows: input.rows.slice(0, most ?? 0) };
}

function top(operator: SyntaxNode, input: Table, columns: readonly ColumnType[], scope: Scope): Table {
  return take(operator, { ...input, rows: sorted(input, [part(operator, "ByExpression")], scope) }, columns, scope);
}

/** Descending unless it says otherwise; nulls first when ascending, last when descending. */
function sorted(input: Table, by: readonly SyntaxNode[], scope: Scope): Row[] {
  const inner = scopeOver(scope, input.columns);
  const keys = by.map((one) => {
    const ordered = kindOf(one) === "OrderedExpression";
    const ordering = ordered ? optionalPart(one, "Ordering") : undefined;
    const words = ordering === undefined ? "" : textOf(ordering);
    if (/nulls/.test(words)) throw new Error("`nulls first` and `nulls last` are not supported");
    return { value: compileScalar(ordered ? part(one, "Expression") : one, inner), sign: /\basc\b/.test(words) ? 1 : -1 };
  });
  const keyed = input.rows.map((row) => ({ row, values: keys.map(({ value }) => value(row)) }));
  keyed.sort((a, b) => {
    for (const [index, { sign }] of keys.entries()) {
      const order = compareValues(a.values[index] ?? null, b.values[index] ?? null);
      if (order !== 0) return order * sign;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

function distinct(operator: SyntaxNode, input: Table, columns: readonly ColumnType[], scope: Scope): Table {
  const expressions = parts(operator, "Expressions");
  const inner = scopeOver(scope, input.columns);
  const star = expressions.some((one) => kindOf(one) === "StarExpression");
  const values = star ? [] : expressions.map((one) => compileScalar(one, inner));
  const rows = input.rows.map((row) => (star ? row : values.map((value) => value(row))));
  return { columns, rows: [...new Map(rows.map((row) => [row.map(keyOf).join("\u0001"), row])).values()] };
}

function summarize(operator: SyntaxNode, input: Table, columns: readonly ColumnType[], scope: Scope): Table {
  const clause = optionalPart(operator, "ByClause");
  const by = clause === undefined ? [] : parts(clause, "Expressions");
  const inner = scopeOver(scope, input.columns);
  const keys = by.map((one) => compileScalar(one, inner));
  const groups = new Map<string, { readonly key: Row; readonly rows: Row[] }>();
  for (const row of input.rows) {
    const key = keys.map((value) => value(row));
    const text = key.map(keyOf).join("\u0001");
    const group = groups.get(text);
    if (group) group.rows.push(row);
    else groups.set(text, { key, rows: [row] });
  }
  if (by.length === 0 && groups.size === 0) groups.set("", { key: [], rows: [] });
  const cell: GroupCell = { rows: [] };
  const keyNames = by.map((one) => nameOf(unnamed(one)));
  const aggregates = parts(operator, "Aggregates").map((one) => aggregate(unnamed(one), input, keyNames, scope, cell));
  const rows = [...groups.values()].map(({ key, rows }) => {
    cell.rows = rows;
    return [...key, ...aggregates.flatMap((value) => value())];
  });
  if (rows.some((row) => row.length !== columns.length))
    throw new Error(`summarize gives other columns than ${columns.map(({ name }) => name)}`);
  return { columns, rows };
}

/** One aggregate expression over the rows in the cell; `arg_max(x, *)` and `take_any(*)` give several columns. */
function aggregate(node: SyntaxNode, input: Table, keyNames: readonly string[], scope: Scope, cell: GroupCell): () => readonly Value[] {
  const inner = scopeOver(scope, input.columns);
  const name = kindOf(node) === "FunctionCallExpression" ? nameOf(part(node, "Name")) : "";
  const args = name === "" ? [] : parts(part(node, "ArgumentList"), "Expressions");
  const rest = (without: readonly string[]): number[] =>
    input.columns.flatMap((column, index) => (without.includes(column.name) ? [] : [index]));
  if (name === "take_any" && args.some((arg) => kindOf(arg) === "StarExpression")) {
    const places = rest(keyNames);
    return () => places.map((place) => cell.rows[0]?.[place] ?? null);
  }
  const [first, ...others] = args;
  if ((name === "arg_max" || name === "arg_min") && first !== undefined) {
    const by = compileScalar(first, inner);
    const star = others.some((arg) => kindOf(arg) === "StarExpression");
    const values: Scalar[] = star
      ? rest([...keyNames, nameOf(first)]).map((place) => (row: Row) => row[place] ?? null)
      : others.map((arg) => compileScalar(unnamed(arg), inner));
    const sign = name === "arg_max" ? 1 : -1;
    return () => {
      const best = cell.rows.reduce<Row>((a, row) => (compareValues(by(row), by(a)) * sign > 0 ? row : a), cell.rows[0] ?? []);
      return [by(best), ...values.map((value) => value(best))];
    };
  }
  if (name !== "" && AGGREGATES.get(name) === undefined && !/[(]/.test(textOf(node).slice(name.length + 1))) {
    throw new Error(`aggregate ${name}() is not supported`);
  }
  const value = compileScalar(node, scopeOver(scope, input.columns, { group: cell }));
  return () => [value(cell.rows[0] ?? [])];
}

/** One expression at a time; an empty list gives no row, as in Kusto. */
function expand(operator: SyntaxNode, input: Table, columns: readonly ColumnType[], scope: Scope): Table {
  const expressions = parts(operator, "Expressions");
  const [one] = expressions;
  if (expressions.length !== 1 || one === undefined) throw new Error("mv-expand of several columns is not supported");
  const expression = part(one, "Expression");
  const value = compileScalar(expression, scopeOver(scope, input.columns));
  const at = columns.findIndex((column) => column.name === givenName(expression));
  const type = columns[at]?.type ?? "dynamic";
  const rows = input.rows.flatMap((row) => {
    const list = value(row);
    return (isArray(list) ? list : [list]).map((item) => {
      const wider = columns.map((_, index) => row[index] ?? null);
      wider[at] = converted(item, type);
      return wider;
    });
  });
  return { columns, rows };
}

function converted(value: Value, type: string): Value {
  if (type === "string") return textOfValue(value, "dynamic");
  if (type === "long" || type === "int" || type === "real") return numberOf(value);
  if (type === "datetime") return typeof value === "bigint" ? value : readDatetime(textOfValue(value, ""));
  return value;
}

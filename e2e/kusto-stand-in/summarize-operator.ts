/** `summarize`: rows in groups, each group a row. Groups are worked out once for the same keys over the same rows. */
import { AGGREGATES } from "./aggregates.ts";
import { compileScalar } from "./compile-scalar.ts";
import { computedColumn, unnamed } from "./computed-column.ts";
import { expressionKey, type GroupCell, type Scope, scopeOver } from "./kql-scope.ts";
import { type Column, lazyColumn, named, pickedColumn, rowKeys, type Table } from "./kql-table.ts";
import { compareValues, type Value } from "./kql-values.ts";
import { type ColumnType, kindOf, nameOf, optionalPart, part, parts, type SyntaxNode, textOf } from "./kusto-language.ts";

/** Places of rows, group by group. */
type Groups = readonly (readonly number[])[];

interface Grouped {
  readonly input: Table;
  readonly key: string;
  readonly groups: Groups;
  readonly inner: Scope;
}

export function summarize(operator: SyntaxNode, input: Table, columns: readonly ColumnType[], scope: Scope): Table {
  const clause = optionalPart(operator, "ByClause");
  const by = (clause === undefined ? [] : parts(clause, "Expressions")).map(unnamed);
  const inner = scopeOver(scope, input);
  const { memory } = scope.execution;
  const key = memory.keyOf(`by ${input.key} ${by.map((one) => expressionKey(one, inner)).join(" ")}`);
  const groups = memory.recall(`${key} groups`, input.count, () => groupsOf(input, by, inner));
  const grouped: Grouped = { input, key, groups, inner };
  const firsts = groups.map(([first = -1]) => first);
  const keyColumns = by.map((one): Column => {
    const same = kindOf(one) === "NameReference" ? inner.columns.get(nameOf(one)) : undefined;
    if (same !== undefined) return pickedColumn(memory, same, key, firsts);
    return lazyColumn(memory, ANY, memory.keyOf(`${key} key ${expressionKey(one, inner)}`), groups.length, () => {
      const value = compileScalar(one, inner);
      return firsts.map((row) => value(row));
    });
  });
  const keyNames = by.map((one) => nameOf(one));
  const made = [...keyColumns, ...parts(operator, "Aggregates").flatMap((one) => aggregated(unnamed(one), keyNames, grouped))];
  if (made.length !== columns.length) throw new Error(`summarize gives other columns than ${columns.map(({ name }) => name)}`);
  return { key, count: groups.length, columns: made.map((column, at) => named(column, columns[at] ?? column)) };
}

const ANY: ColumnType = { name: "", type: "dynamic" };

function groupsOf(input: Table, by: readonly SyntaxNode[], inner: Scope): Groups {
  if (by.length === 0) return [Array.from({ length: input.count }, (_, row) => row)];
  const lists = by.map((one) => {
    const value = compileScalar(one, inner);
    return Array.from({ length: input.count }, (_, row) => value(row));
  });
  const groups = new Map<unknown, number[]>();
  for (const [row, key] of rowKeys(lists, input.count).entries()) {
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

/** The columns of one aggregate expression; `arg_max(x, *)` and `take_any(*)` give several. */
function aggregated(node: SyntaxNode, keyNames: readonly string[], { input, key, groups, inner }: Grouped): readonly Column[] {
  const { memory } = inner.execution;
  const name = kindOf(node) === "FunctionCallExpression" ? nameOf(part(node, "Name")) : "";
  const args = name === "" ? [] : parts(part(node, "ArgumentList"), "Expressions");
  const rest = (without: readonly string[]): Column[] => input.columns.filter((column) => !without.includes(column.name));
  if (name === "take_any" && args.some(isStar)) {
    const firsts = groups.map(([first = -1]) => first);
    return rest(keyNames).map((column) => pickedColumn(memory, column, key, firsts));
  }
  const [first, ...others] = args;
  if ((name === "arg_max" || name === "arg_min") && first !== undefined) {
    const bestKey = memory.keyOf(`${key} ${name} ${expressionKey(first, inner)}`);
    const best = memory.recall(`${bestKey} places`, groups.length, () => bestOf(groups, first, inner, name === "arg_max" ? 1 : -1));
    const chosen = others.some(isStar) ? rest([...keyNames, nameOf(first)]) : others.map((one) => computedColumn(one, ANY, input, inner));
    return [computedColumn(first, ANY, input, inner), ...chosen].map((column) => pickedColumn(memory, column, bestKey, best));
  }
  if (name !== "" && AGGREGATES.get(name) === undefined && !/[(]/.test(textOf(node).slice(name.length + 1)))
    throw new Error(`aggregate ${name}() is not supported`);
  const columnKey = memory.keyOf(`${key} aggregate ${expressionKey(node, inner)}`);
  return [
    lazyColumn(memory, ANY, columnKey, groups.length, () => {
      const cell: GroupCell = { rows: [] };
      const value = compileScalar(node, { ...inner, group: cell });
      return groups.map((rows) => {
        cell.rows = rows;
        return value(rows[0] ?? -1);
      });
    }),
  ];
}

function isStar(node: SyntaxNode): boolean {
  return kindOf(node) === "StarExpression";
}

function bestOf(groups: Groups, by: SyntaxNode, inner: Scope, sign: number): readonly number[] {
  const value = compileScalar(by, inner);
  return groups.map((rows) => {
    let best = rows[0] ?? -1;
    let most: Value = best < 0 ? null : value(best);
    for (const row of rows) {
      const one = value(row);
      if (compareValues(one, most) * sign > 0) [best, most] = [row, one];
    }
    return best;
  });
}

/** Tabular operators over two or more tables, on equally named columns. */
import type { Scope } from "./kql-scope.ts";
import { type Column, lazyColumn, named, picked, pickedColumn, rowKeys, type Table } from "./kql-table.ts";
import { emptyOf } from "./kql-values.ts";
import { type ColumnType, kindOf, nameOf, optionalPart, part, parts, type SyntaxNode, textOf } from "./kusto-language.ts";

export function join(operator: SyntaxNode, left: Table, columns: readonly ColumnType[], scope: Scope): Table {
  const lookup = kindOf(operator) === "LookupOperator";
  const right = scope.execution.table(part(operator, "Expression"), scope);
  const parameters = optionalPart(operator, "Parameters");
  const kind = /kind\s*=\s*(\w+)/.exec(parameters === undefined ? "" : textOf(parameters))?.[1] ?? (lookup ? "leftouter" : "innerunique");
  if (!KINDS.includes(kind)) throw new Error(`join kind ${kind} is not supported`);
  const clause = optionalPart(operator, "ConditionClause") ?? part(operator, "LookupClause");
  const names = parts(clause, "Expressions").map((one) => nameOf(one));
  if (names.some((name) => name === "")) throw new Error("a join on anything but equally named columns is not supported");
  const { memory } = scope.execution;
  const [leftOn, rightOn] = [keyColumns(left, names), keyColumns(right, names)];
  const key = memory.keyOf([kind, left.key, right.key, ...[...leftOn, ...rightOn].map((column) => column.key)].join(" "));
  const { lefts, rights } = memory.recall(`${key} pairs`, left.count, () => pairs(kind, { left, leftOn, right, rightOn }));
  if (kind === "leftanti" || kind === "leftsemi") return picked(memory, left, key, lefts);
  const added = right.columns.filter((column) => !(lookup && names.includes(column.name)));
  const made = [
    ...left.columns.map((column) => pickedColumn(memory, column, `${key}<`, lefts)),
    ...added.map((column) => pickedColumn(memory, column, `${key}>`, rights)),
  ];
  return { key, count: lefts.length, columns: columns.map((column, at) => named(columnAt(made, at), column)) };
}

const KINDS = ["inner", "leftouter", "leftanti", "leftsemi"];

interface Sides {
  readonly left: Table;
  readonly leftOn: readonly Column[];
  readonly right: Table;
  readonly rightOn: readonly Column[];
}

/** Places of the rows that come out, left and right; -1 = none on the right. */
function pairs(kind: string, { left, leftOn, right, rightOn }: Sides): { readonly lefts: number[]; readonly rights: number[] } {
  const matches = new Map<unknown, number[]>();
  for (const [row, key] of keysOf(right, rightOn).entries()) {
    const found = matches.get(key);
    if (found) found.push(row);
    else matches.set(key, [row]);
  }
  const [lefts, rights]: [number[], number[]] = [[], []];
  const add = (row: number, other: number): void => {
    lefts.push(row);
    rights.push(other);
  };
  for (const [row, key] of keysOf(left, leftOn).entries()) {
    const found = matches.get(key);
    if (kind === "leftanti" || kind === "leftsemi") {
      if ((found !== undefined) === (kind === "leftsemi")) add(row, -1);
    } else if (found !== undefined) for (const other of found) add(row, other);
    else if (kind === "leftouter") add(row, -1);
  }
  return { lefts, rights };
}

function keysOf({ count }: Table, on: readonly Column[]): readonly unknown[] {
  return rowKeys(
    on.map((column) => column.read()),
    count,
  );
}

/** Columns are matched by name; one that a table lacks is empty. */
export function union(operator: SyntaxNode, input: Table | undefined, columns: readonly ColumnType[], scope: Scope): Table {
  const { memory } = scope.execution;
  const tables = [...(input ? [input] : []), ...parts(operator, "Expressions").map((one) => scope.execution.table(one, scope))];
  const key = memory.keyOf(`union ${tables.map((table) => table.key).join(" ")}`);
  const count = tables.reduce((sum, table) => sum + table.count, 0);
  return {
    key,
    count,
    columns: columns.map((column) => {
      const sources = tables.map((table) => table.columns.find((one) => one.name === column.name && one.type === column.type));
      return lazyColumn(memory, column, memory.keyOf(`${key} of ${sources.map((one) => one?.key ?? "nothing").join(" ")}`), count, () =>
        sources.flatMap((one, at) => one?.read() ?? Array.from({ length: tables[at]?.count ?? 0 }, () => emptyOf(column.type))),
      );
    }),
  };
}

function keyColumns(table: Table, names: readonly string[]): Column[] {
  const found = names.map((name) => table.columns.find((column) => column.name === name));
  return found.map((column) => {
    if (column === undefined) throw new Error(`${names} are not columns of both sides`);
    return column;
  });
}

function columnAt(columns: readonly Column[], at: number): Column {
  const column = columns[at];
  if (column === undefined) throw new Error("the join gives fewer columns than the parser says");
  return column;
}

/** What names mean while a query is executed: columns of the row at hand, parameters, `let` bindings, the state of a scan. */
import type { Memory } from "./kql-memory.ts";
import type { Column, Table } from "./kql-table.ts";
import { jsonOf, type Value } from "./kql-values.ts";
import { type SyntaxNode, textOf } from "./kusto-language.ts";

/** A compiled expression, over the place of a row in its table. */
export type Scalar = (row: number) => Value;

/** Of a key: where it is the same, what is bound is the same. */
export type Binding =
  | { readonly is: "scalar"; readonly scalar: Scalar; readonly key: string }
  | { readonly is: "table"; readonly table: () => Table }
  | { readonly is: "function"; readonly declaration: SyntaxNode; readonly scope: Scope; readonly key: string };

/** The rows that an aggregate sees; one cell per `summarize`, filled group by group. */
export interface GroupCell {
  rows: readonly number[];
}

/** What the step of a scan remembers of the row before, by column. */
export type ScanCell = ReadonlyMap<string, () => Value>;

/** What expressions need of the execution as a whole. */
export interface Execution {
  /** Ticks since 1970. */
  readonly now: bigint;
  /** Of this query and those before it. */
  readonly memory: Memory;
  table(node: SyntaxNode, scope: Scope): Table;
  /** What a `let` stands for, evaluated at its first use. */
  bind(expression: SyntaxNode, scope: Scope): Binding;
  /** Undefined = there is no such table. */
  stored(name: string): Table | undefined;
}

export interface Scope {
  readonly execution: Execution;
  /** The key of the table whose rows expressions see; empty = none. */
  readonly rows: string;
  readonly columns: ReadonlyMap<string, Column>;
  readonly names: ReadonlyMap<string, Binding>;
  readonly group: GroupCell | undefined;
  readonly scans: ReadonlyMap<string, ScanCell>;
}

export function emptyScope(execution: Execution): Scope {
  return { execution, rows: "", columns: new Map(), names: new Map(), group: undefined, scans: new Map() };
}

/** The scope in which expressions over this table's rows are compiled; without a table, those that see no row. */
export function scopeOver(scope: Scope, table?: Table, more: Partial<Pick<Scope, "group" | "scans">> = {}): Scope {
  const columns = new Map((table?.columns ?? []).map((column) => [column.name, column]));
  return { ...scope, rows: table?.key ?? "", columns, group: undefined, ...more };
}

export function withName(scope: Scope, name: string, binding: Binding): Scope {
  return { ...scope, names: new Map([...scope.names, [name, binding]]) };
}

/**
 * Equal where an expression has the same values for the same rows: its text, and what every word of it means here. A word inside a literal
 * counts as well, which forgets more than it must and nothing else.
 */
export function expressionKey(node: SyntaxNode, scope: Scope): string {
  const { execution, columns, names, rows } = scope;
  const text = textOf(node);
  const meanings = [text, rows];
  for (const word of new Set(text.match(/[A-Za-z_]\w*/g) ?? [])) {
    const column = columns.get(word);
    if (column !== undefined) meanings.push(`${word}=${column.key}`);
    const bound = names.get(word);
    if (bound !== undefined) meanings.push(`${word}:${bound.is === "table" ? tableKey(bound.table()) : bound.key}`);
    else if (column === undefined) {
      const table = execution.stored(word);
      if (table !== undefined) meanings.push(tableKey(table));
      else if (word === "now" || word === "ago") meanings.push(String(execution.now));
    }
  }
  return execution.memory.keyOf(meanings.join("\u0001"));
}

function tableKey({ key, columns }: Table): string {
  return `${key}(${columns.map((column) => `${column.name}=${column.key}`).join()})`;
}

/** The key of a value that is known. */
export function valueKey(value: Value): string {
  return typeof value === "object" ? jsonOf(value) : `${typeof value} ${String(value)}`;
}

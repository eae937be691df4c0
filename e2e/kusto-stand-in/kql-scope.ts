/** What names mean while a query is executed: columns of the row at hand, parameters, `let` bindings, the state of a scan. */

import type { Row, Value } from "./kql-values.ts";
import type { ColumnType, SyntaxNode } from "./kusto-language.ts";

export interface Table {
  readonly columns: readonly ColumnType[];
  readonly rows: readonly Row[];
}

/** A compiled expression. */
export type Scalar = (row: Row) => Value;

export type Binding =
  | { readonly is: "scalar"; readonly scalar: Scalar; readonly isConstant?: boolean }
  | { readonly is: "table"; readonly table: () => Table }
  | { readonly is: "function"; readonly declaration: SyntaxNode; readonly scope: Scope };

/** The rows that an aggregate sees; one cell per `summarize`, filled group by group. */
export interface GroupCell {
  rows: readonly Row[];
}

/** What the step of a scan remembers of the row before. */
export interface ScanCell {
  row: Row;
  readonly columns: ReadonlyMap<string, number>;
}

/** What expressions need of the execution as a whole. */
export interface Execution {
  /** Ticks since 1970. */
  readonly now: bigint;
  table(node: SyntaxNode, scope: Scope): Table;
  /** What a `let` stands for, evaluated at its first use. */
  bind(expression: SyntaxNode, scope: Scope): Binding;
  stored(name: string): Table;
  /** Results of row-wise operators, by the rows they were made of: the same row gives the same again. */
  remembered(operator: string): WeakMap<Row, Row>;
}

export interface Scope {
  readonly execution: Execution;
  readonly columns: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<string, Binding>;
  readonly group: GroupCell | undefined;
  readonly scans: ReadonlyMap<string, ScanCell>;
  /** Told when an expression reads anything but the row: then its value may not be remembered. */
  readonly outside: { read: boolean };
}

export function emptyScope(execution: Execution): Scope {
  return { execution, columns: new Map(), names: new Map(), group: undefined, scans: new Map(), outside: { read: false } };
}

/** The scope in which expressions over this table's rows are compiled. */
export function scopeOver(scope: Scope, columns: readonly ColumnType[], more: Partial<Pick<Scope, "group" | "scans">> = {}): Scope {
  return { ...scope, columns: indexOf(columns), group: undefined, ...more, outside: { read: false } };
}

export function withName(scope: Scope, name: string, binding: Binding): Scope {
  return { ...scope, names: new Map([...scope.names, [name, binding]]) };
}

export function indexOf(columns: readonly ColumnType[]): ReadonlyMap<string, number> {
  return new Map(columns.map((column, index) => [column.name, index]));
}

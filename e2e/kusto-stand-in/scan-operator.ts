/** `scan` with one step that every row passes: a fold over ordered rows, whose step remembers the row before. */
import { compileScalar } from "./compile-scalar.ts";
import { expressionKey, type ScanCell, type Scope, scopeOver } from "./kql-scope.ts";
import { lazyColumn, named, type Table } from "./kql-table.ts";
import { emptyOf, type Value } from "./kql-values.ts";
import { type ColumnType, nameOf, optionalPart, part, parts, type SyntaxNode, textOf } from "./kusto-language.ts";

/** A row sees, under the step's name, the row before as it came out; before the first row every column is empty or null. */
export function scan(operator: SyntaxNode, input: Table, columns: readonly ColumnType[], scope: Scope): Table {
  const steps = parts(operator, "Steps");
  const [step] = steps;
  if (step === undefined || steps.length !== 1 || textOf(part(step, "Condition")) !== "true")
    throw new Error("a scan with other than one step that is always true is not supported");
  if (optionalPart(operator, "PartitionByClause") !== undefined || optionalPart(operator, "OrderByClause") !== undefined)
    throw new Error("a scan with its own order or partition is not supported");
  const { memory } = scope.execution;
  const assignments = parts(part(step, "ComputationClause"), "Assignments");
  const stepName = nameOf(part(step, "Name"));
  const key = expressionKey(operator, scopeOver(scope, input));
  const assigned = (): ReadonlyMap<string, readonly Value[]> =>
    memory.recall(`${key} scanned`, input.count * assignments.length, () => fold(input, columns, assignments, stepName, scope));
  return {
    key: input.key,
    count: input.count,
    columns: columns.map((column) => {
      const known = input.columns.find(({ name }) => name === column.name);
      if (known !== undefined) return named(known, column);
      return lazyColumn(memory, column, `${key}.${column.name}`, input.count, () => assigned().get(column.name) ?? []);
    }),
  };
}

function fold(input: Table, columns: readonly ColumnType[], assignments: readonly SyntaxNode[], stepName: string, scope: Scope) {
  const out = new Map<string, Value[]>();
  let before = -1;
  const cell: ScanCell = new Map(
    columns.map((column) => {
      const known = input.columns.find(({ name }) => name === column.name);
      const made: Value[] = [];
      if (known === undefined) out.set(column.name, made);
      const empty = emptyOf(column.type);
      let values: readonly Value[] | undefined;
      const read = (): Value => {
        if (before < 0) return empty;
        values ??= known?.read() ?? made;
        return values[before] ?? empty;
      };
      return [column.name, read];
    }),
  );
  const inner = scopeOver(scope, input, { scans: new Map([[stepName, cell]]) });
  const assigned = assignments.map((one) => {
    const name = nameOf(part(one, "Name"));
    const into = out.get(name);
    if (into === undefined) throw new Error(`the scan assigns ${name}, which it does not declare`);
    return { into, value: compileScalar(part(one, "Expression"), inner) };
  });
  for (let row = 0; row < input.count; row++) {
    for (const { into, value } of assigned) into[row] = value(row);
    before = row;
  }
  return out;
}

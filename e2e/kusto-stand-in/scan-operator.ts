/** `scan` with one step that every row passes: a fold over ordered rows, whose step remembers the row before. */
import { compileScalar } from "./compile-scalar.ts";
import { indexOf, type ScanCell, type Scope, scopeOver, type Table } from "./kql-scope.ts";
import { emptyOf } from "./kql-values.ts";
import { type ColumnType, nameOf, optionalPart, part, parts, type SyntaxNode, textOf } from "./kusto-language.ts";

/** A row sees, under the step's name, the row before as it came out; before the first row every column is empty or null. */
export function scan(operator: SyntaxNode, input: Table, columns: readonly ColumnType[], scope: Scope): Table {
  const steps = parts(operator, "Steps");
  const [step] = steps;
  if (step === undefined || steps.length !== 1 || textOf(part(step, "Condition")) !== "true")
    throw new Error("a scan with other than one step that is always true is not supported");
  if (optionalPart(operator, "PartitionByClause") !== undefined || optionalPart(operator, "OrderByClause") !== undefined)
    throw new Error("a scan with its own order or partition is not supported");
  const cell: ScanCell = { row: columns.map((column) => emptyOf(column.type)), columns: indexOf(columns) };
  const inner = scopeOver(scope, input.columns, { scans: new Map([[nameOf(part(step, "Name")), cell]]) });
  const assigned = parts(part(step, "ComputationClause"), "Assignments").map((one) => ({
    at: columns.findIndex((column) => column.name === nameOf(part(one, "Name"))),
    value: compileScalar(part(one, "Expression"), inner),
  }));
  const rows = input.rows.map((row) => {
    const wider = columns.map((column, index) => row[index] ?? emptyOf(column.type));
    for (const { at, value } of assigned) wider[at] = value(row);
    cell.row = wider;
    return wider;
  });
  return { columns, rows };
}

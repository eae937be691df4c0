/** Executes KQL over rows in memory, on the tree that Microsoft's parser bound. Knows the operators and functions this product writes; throws on anything else. */
import { callFunction, withLet } from "./call-function.ts";
import { compileScalar } from "./compile-scalar.ts";
import { unnamed } from "./computed-column.ts";
import { join, union } from "./joining-operators.ts";
import { literalValue, parameterValue } from "./kql-literals.ts";
import type { Memory } from "./kql-memory.ts";
import { type Binding, type Execution, emptyScope, expressionKey, type Scope, scopeOver, valueKey, withName } from "./kql-scope.ts";
import { type Table, tableOfRows } from "./kql-table.ts";
import type { Value } from "./kql-values.ts";
import { columnsOf, isTable, kindOf, nameOf, optionalPart, part, parts, type SyntaxNode, textOf } from "./kusto-language.ts";
import { scan } from "./scan-operator.ts";
import { TABLE_OPERATORS } from "./table-operators.ts";

export interface ExecuteOptions {
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Ticks since 1970. */
  readonly now: bigint;
  readonly memory: Memory;
  /** Undefined = there is no such table. */
  stored(name: string): Table | undefined;
}

/** One table per tabular statement, in order. */
export function executeQuery(syntax: SyntaxNode, options: ExecuteOptions): Table[] {
  const execution: Execution = { ...options, table: evaluateTable, bind };
  let scope = emptyScope(execution);
  const results: Table[] = [];
  for (const statement of parts(syntax, "Statements")) {
    switch (kindOf(statement)) {
      case "QueryParametersStatement":
        for (const parameter of parts(statement, "Parameters")) scope = withParameter(scope, parameter, options.parameters);
        break;
      case "LetStatement":
        scope = withLet(scope, statement);
        break;
      case "ExpressionStatement":
        results.push(evaluateTable(part(statement, "Expression"), scope));
        break;
      default:
        throw new Error(`statement ${kindOf(statement)} is not supported`);
    }
  }
  return results;
}

function withParameter(scope: Scope, parameter: SyntaxNode, given: Readonly<Record<string, unknown>>): Scope {
  const declared = part(parameter, "NameAndType");
  const name = nameOf(part(declared, "Name"));
  const type = textOf(part(declared, "Type"));
  const fallback = optionalPart(parameter, "DefaultValue");
  if (!Object.hasOwn(given, name) && fallback === undefined) throw new Error(`the query parameter ${name} has no value`);
  const value: Value = Object.hasOwn(given, name)
    ? parameterValue(given[name], type)
    : compileScalar(part(part(parameter, "DefaultValue"), "Value"), scope)(-1);
  return withName(scope, name, { is: "scalar", scalar: () => value, key: `${type} ${valueKey(value)}` });
}

/** Evaluated at its first use; nothing here depends on how often that is. */
function bind(expression: SyntaxNode, scope: Scope): Binding {
  if (isTable(expression)) {
    let table: Table | undefined;
    return {
      is: "table",
      table: () => {
        table ??= evaluateTable(expression, scope);
        return table;
      },
    };
  }
  const constant = literalValue(expression, kindOf(expression));
  if (constant !== undefined) return { is: "scalar", scalar: () => constant, key: textOf(expression) };
  let value: Value | undefined;
  return {
    is: "scalar",
    key: expressionKey(expression, scopeOver(scope)),
    scalar: () => {
      value ??= compileScalar(expression, scopeOver(scope))(-1);
      return value;
    },
  };
}

function evaluateTable(node: SyntaxNode, scope: Scope): Table {
  const kind = kindOf(node);
  switch (kind) {
    case "PipeExpression":
      return applyOperator(part(node, "Operator"), evaluateTable(part(node, "Expression"), scope), node, scope);
    case "ParenthesizedExpression":
    case "MaterializeExpression":
      return evaluateTable(part(node, "Expression"), scope);
    case "NameReference": {
      const bound = scope.names.get(nameOf(node));
      if (bound?.is === "table") return bound.table();
      if (bound?.is === "function") return evaluateTable(...callFunction(bound, [], scope));
      const stored = scope.execution.stored(nameOf(node));
      if (stored === undefined) throw new Error(`there is no table ${nameOf(node)}`);
      return stored;
    }
    case "FunctionCallExpression":
      return callTable(node, scope);
    case "DataTableExpression": {
      const columns = columnsOf(node);
      const values = parts(node, "Values").map((one) => compileScalar(one, scopeOver(scope))(-1));
      const rows = Array.from({ length: values.length / columns.length }, (_, row) =>
        values.slice(row * columns.length, (row + 1) * columns.length),
      );
      return tableOfRows(scope.execution.memory, columns, rows);
    }
    case "PrintOperator": {
      const row = parts(node, "Expressions").map((one) => compileScalar(unnamed(one), scopeOver(scope))(-1));
      return tableOfRows(scope.execution.memory, columnsOf(node), [row]);
    }
    case "UnionOperator":
      return union(node, undefined, columnsOf(node), scope);
    default:
      throw new Error(`tabular expression ${kind} is not supported: ${textOf(node).slice(0, 80)}`);
  }
}

function applyOperator(operator: SyntaxNode, input: Table, pipe: SyntaxNode, scope: Scope): Table {
  const kind = kindOf(operator);
  const columns = columnsOf(pipe);
  if (kind === "JoinOperator" || kind === "LookupOperator") return join(operator, input, columns, scope);
  if (kind === "UnionOperator") return union(operator, input, columns, scope);
  if (kind === "ScanOperator") return scan(operator, input, columns, scope);
  if (kind === "InvokeOperator") {
    const call = part(operator, "Function");
    return callTable(call, scope, [{ is: "table", table: () => input }]);
  }
  const known = TABLE_OPERATORS.get(kind);
  if (known === undefined) throw new Error(`operator ${kind} is not supported`);
  return known(operator, input, columns, scope);
}

function callTable(node: SyntaxNode, scope: Scope, first: readonly Binding[] = []): Table {
  const name = nameOf(part(node, "Name"));
  const bound = scope.names.get(name);
  const args = parts(part(node, "ArgumentList"), "Expressions");
  if (name === "materialize" && args[0] !== undefined) return evaluateTable(args[0], scope);
  if (bound?.is !== "function") throw new Error(`tabular function ${name}() is not supported`);
  return evaluateTable(...callFunction(bound, [...first, ...args.map((arg) => bind(arg, scope))], scope));
}

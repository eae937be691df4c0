/** Turns a bound scalar expression into a function of a row. What is not known throws by name. */
import { AGGREGATES } from "./aggregates.ts";
import { binaryOperator } from "./binary-operators.ts";
import { callFunction } from "./call-function.ts";
import { SCALAR_FUNCTIONS } from "./general-functions.ts";
import { literalValue } from "./kql-literals.ts";
import { expressionKey, type Scalar, type Scope } from "./kql-scope.ts";
import { firstValue } from "./kql-table.ts";
import { bagMember, isArray, keyOf, type Value } from "./kql-values.ts";
import { isTable, kindOf, nameOf, optionalPart, part, parts, type SyntaxNode, textOf, typeOf } from "./kusto-language.ts";

export function compileScalar(node: SyntaxNode, scope: Scope): Scalar {
  const kind = kindOf(node);
  if (kind === "ParenthesizedExpression" || kind === "SimpleNamedExpression") return compileScalar(part(node, "Expression"), scope);
  if (kind === "NameReference") return compileName(nameOf(node), scope);
  if (kind === "PathExpression") return compilePath(node, scope);
  if (kind === "ElementExpression") return compileElement(node, scope);
  if (kind === "FunctionCallExpression") return compileCall(node, scope);
  if (kind === "ToScalarExpression") return once(() => firstValue(scope.execution.table(part(node, "Expression"), scope)));
  if (kind === "UnaryMinusExpression") {
    const inner = compileScalar(part(node, "Expression"), scope);
    return (row) => {
      const value = inner(row);
      return typeof value === "number" || typeof value === "bigint" ? -value : null;
    };
  }
  const literal = literalValue(node, kind);
  if (literal !== undefined) return () => literal;
  if (optionalPart(node, "Left") !== undefined && optionalPart(node, "Right") !== undefined) return compileBinary(node, scope);
  throw new Error(`expression ${kind} is not supported: ${textOf(node).slice(0, 80)}`);
}

function compileName(name: string, scope: Scope): Scalar {
  const column = scope.columns.get(name);
  if (column !== undefined) {
    const values = column.read();
    return (row) => values[row] ?? null;
  }
  const bound = scope.names.get(name);
  if (bound?.is === "scalar") return bound.scalar;
  if (bound?.is === "table") return once(() => firstValue(bound.table()));
  throw new Error(`the name ${name} has no value here`);
}

function compilePath(node: SyntaxNode, scope: Scope): Scalar {
  const owner = part(node, "Expression");
  const selector = part(node, "Selector");
  const scan = kindOf(owner) === "NameReference" ? scope.scans.get(nameOf(owner)) : undefined;
  if (scan !== undefined) {
    const before = scan.get(nameOf(selector));
    if (before === undefined) throw new Error(`${textOf(node)} is no column of the scan`);
    return before;
  }
  if (kindOf(selector) !== "NameReference") throw new Error(`the path ${textOf(node).slice(0, 80)} is not supported`);
  const [bag, key] = [compileScalar(owner, scope), nameOf(selector)];
  return (row) => bagMember(bag(row), key);
}

function compileElement(node: SyntaxNode, scope: Scope): Scalar {
  const owner = compileScalar(part(node, "Expression"), scope);
  const selector = compileScalar(part(part(node, "Selector"), "Expression"), scope);
  return (row) => {
    const [value, key] = [owner(row), selector(row)];
    if (isArray(value)) return typeof key === "number" ? (value.at(key) ?? null) : null;
    return typeof key === "string" ? bagMember(value, key) : null;
  };
}

function compileCall(node: SyntaxNode, scope: Scope): Scalar {
  const name = nameOf(part(node, "Name"));
  const args = parts(part(node, "ArgumentList"), "Expressions");
  const { group, execution } = scope;
  const aggregate = AGGREGATES.get(name);
  if (group !== undefined && aggregate !== undefined) {
    const inner = args.map((arg) => compileScalar(arg, { ...scope, group: undefined }));
    return () => aggregate(group.rows, inner);
  }
  if (name === "now" && args.length === 0) return () => execution.now;
  if (name === "ago") {
    const [back] = args.map((arg) => compileScalar(arg, scope));
    return once(() => {
      const span = back?.(-1);
      return typeof span === "bigint" ? execution.now - span : null;
    });
  }
  if (name === "toscalar" && args[0] !== undefined) {
    const [table] = args;
    return once(() => firstValue(execution.table(table, scope)));
  }
  const compiled = args.map((arg) => compileScalar(arg, scope));
  const bound = scope.names.get(name);
  if (bound?.is === "function")
    return compileScalar(
      ...callFunction(
        bound,
        compiled.map((scalar, at) => ({ is: "scalar", scalar, key: args[at] === undefined ? "" : expressionKey(args[at], scope) })),
        scope,
      ),
    );
  const known = SCALAR_FUNCTIONS.get(name);
  if (known === undefined) throw new Error(`function ${name}() is not supported`);
  const types = args.map(typeOf);
  // a choice evaluates what it chooses only, as a person reading the query expects
  if (name === "iff" || name === "iif" || name === "case") return lazyCase(compiled);
  return (row) =>
    known(
      compiled.map((arg) => arg(row)),
      types,
    );
}

function lazyCase(args: readonly Scalar[]): Scalar {
  return (row) => {
    for (let index = 0; index + 1 < args.length; index += 2) if (args[index]?.(row) === true) return args[index + 1]?.(row) ?? null;
    return args.at(-1)?.(row) ?? null;
  };
}

function compileBinary(node: SyntaxNode, scope: Scope): Scalar {
  const operator = textOf(part(node, "Operator")).toLowerCase();
  const right = part(node, "Right");
  const left = compileScalar(part(node, "Left"), scope);
  if (operator === "in" || operator === "!in") return compileIn(left, parts(right, "Expressions"), operator === "in", scope);
  if (kindOf(right) === "ExpressionCouple") {
    const [low, high] = [compileScalar(part(right, "First"), scope), compileScalar(part(right, "Second"), scope)];
    const [atLeast, atMost] = [binaryOperator(">=", ["", ""]), binaryOperator("<=", ["", ""])];
    if (operator !== "between") throw new Error(`operator ${operator} is not supported`);
    return (row) => atLeast(left(row), low(row)) === true && atMost(left(row), high(row)) === true;
  }
  if (operator === "and" || operator === "or") return compileLogic(operator, left, compileScalar(right, scope));
  const list = parts(right, "Expressions");
  const types = [typeOf(part(node, "Left")), typeOf(right)] as const;
  const apply = binaryOperator(operator, types);
  if (list.length > 0) {
    const values = list.map((one) => compileScalar(one, scope));
    return (row) =>
      apply(
        left(row),
        values.flatMap((value) => flat(value(row))),
      );
  }
  const other = compileScalar(right, scope);
  return (row) => apply(left(row), other(row));
}

/** False and true decide at once; else null wins. */
function compileLogic(operator: "and" | "or", left: Scalar, right: Scalar): Scalar {
  const decides = operator === "or";
  return (row) => {
    const one = left(row);
    if (one === decides) return decides;
    const other = right(row);
    if (other === decides) return decides;
    return one === null || other === null ? null : !decides;
  };
}

function compileIn(left: Scalar, list: readonly SyntaxNode[], wanted: boolean, scope: Scope): Scalar {
  const tables = list.filter(isTable);
  const values = list.filter((one) => !isTable(one)).map((one) => compileScalar(one, scope));
  let keys: ReadonlySet<unknown> | undefined;
  let of: readonly Value[] | undefined;
  return (row) => {
    const now = values.map((value) => value(row));
    if (keys === undefined || of === undefined || now.some((value, index) => value !== of?.[index])) {
      of = now;
      const stored = tables.flatMap((table) => scope.execution.table(table, scope).columns[0]?.read() ?? []);
      keys = new Set([...now.flatMap(flat), ...stored].map(keyOf));
    }
    return keys.has(keyOf(left(row))) === wanted;
  };
}

function flat(value: Value): readonly Value[] {
  return isArray(value) ? value : [value];
}

/** Evaluated at its first use and never again. */
function once(evaluate: () => Value): Scalar {
  let value: Value | undefined;
  return () => {
    value ??= evaluate();
    return value;
  };
}

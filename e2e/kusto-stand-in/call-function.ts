/** Calls of functions that a query or the database declares. */
import { type Binding, emptyScope, type Scope, withName } from "./kql-scope.ts";
import { kindOf, nameOf, optionalPart, part, parts, type SyntaxNode } from "./kusto-language.ts";

/** The body's expression and the scope it is evaluated in. A parameter that was not given and has no default throws. */
export function callFunction(
  fn: Extract<Binding, { is: "function" }>,
  args: readonly Binding[],
  caller: Scope,
): readonly [SyntaxNode, Scope] {
  const declared = parts(part(fn.declaration, "Parameters"), "Parameters");
  const body = part(fn.declaration, "Body");
  let scope: Scope = { ...emptyScope(caller.execution), names: fn.scope.names };
  for (const [index, parameter] of declared.entries()) {
    const name = nameOf(part(part(parameter, "NameAndType"), "Name"));
    const given = args[index];
    if (given === undefined) throw new Error(`the parameter ${name} was not given`);
    scope = withName(scope, name, given);
  }
  for (const statement of parts(body, "Statements")) {
    if (kindOf(statement) !== "LetStatement") throw new Error(`${kindOf(statement)} inside a function is not supported`);
    scope = withLet(scope, statement);
  }
  return [part(body, "Expression"), scope];
}

let functions = 0;

/** A `let`, evaluated when it is first used. */
export function withLet(scope: Scope, statement: SyntaxNode): Scope {
  const name = nameOf(part(statement, "Name"));
  const expression = part(statement, "Expression");
  if (optionalPart(expression, "Body") !== undefined) {
    // a scope of its own to every query: what it makes is not looked up by the next
    functions += 1;
    return withName(scope, name, { is: "function", declaration: expression, scope, key: `function ${functions}` });
  }
  return withName(scope, name, scope.execution.bind(expression, scope));
}

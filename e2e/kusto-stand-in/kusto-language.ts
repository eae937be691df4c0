/** Microsoft's own KQL parser and binder (`@kusto/language-service-next`), seen through the few members the stand-in needs. */
import { createRequire } from "node:module";

/** A node of the bound syntax tree. */
export interface SyntaxNode {
  readonly Kind: number;
  readonly ChildCount: number;
  GetChild(index: number): unknown;
  ToString(includeTrivia: number): string;
}

export interface ColumnType {
  readonly name: string;
  readonly type: string;
}

export interface Diagnostic {
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly length: number;
}

export interface BoundQuery {
  readonly kind: string;
  readonly syntax: SyntaxNode;
  readonly diagnostics: readonly Diagnostic[];
  /** Of the last statement. */
  readonly columns: readonly ColumnType[];
}

/** What a database declares; schemas and parameters as KQL writes them, `(a:long, b:string)`. */
export interface DeclaredNames {
  readonly tables: ReadonlyMap<string, string>;
  readonly functions: ReadonlyMap<string, { readonly parameters: string; readonly body: string }>;
  /** Materialized views; for checking, they are not executed. */
  readonly views?: ReadonlyMap<string, { readonly schema: string; readonly query: string }>;
}

// The scripts put Bridge, System and Kusto on globalThis; the order matters, and the package's own `main` throws without the first
// (microsoft/Kusto-Query-Language#89).
const require = createRequire(import.meta.url);
require("@kusto/language-service-next/bridge.min.js");
require("@kusto/language-service-next/Kusto.Language.Bridge.min.js");

const language = member(member(globalThis, "Kusto"), "Language");
const symbols = member(language, "Symbols");
const tableSymbolType = member(symbols, "TableSymbol");
const bridge = member(globalThis, "Bridge");
const kindNames = new Map(
  Object.entries(Object(member(member(language, "Syntax"), "SyntaxKind"))).flatMap(([name, number]) =>
    typeof number === "number" ? [[number, name] as const] : [],
  ),
);

export function bindQuery(text: string, globals: unknown): BoundQuery {
  const code = call(member(language, "KustoCode"), "ParseAndAnalyze", text, globals);
  const syntax = member(code, "Syntax");
  if (!isNode(syntax)) throw new Error("the parser gave no tree");
  return {
    kind: String(member(code, "Kind")),
    syntax,
    diagnostics: items(call(code, "GetDiagnostics")).map((one) => ({
      severity: String(member(one, "Severity")),
      code: String(member(one, "Code")),
      message: String(member(one, "Message")),
      start: Number(member(one, "Start")),
      length: Number(member(one, "Length")),
    })),
    columns: columnsOfType(member(code, "ResultType")),
  };
}

/** The kinds of a text's syntax nodes and tokens, in order, whatever their words: what a query is made of. */
export function shapeOf(text: string): string {
  return [...descendants(parseQuery(text))].map(kindOf).join(" ");
}

/** The tree alone: nothing is looked up, so nothing needs to be declared. */
export function parseQuery(text: string): SyntaxNode {
  const syntax = member(call(member(language, "KustoCode"), "Parse", text), "Syntax");
  if (!isNode(syntax)) throw new Error("the parser gave no tree");
  return syntax;
}

const declared = new Map<string, unknown>();

/** The globals that `bindQuery` takes; equal names are declared once, with all that the parser has worked out over them. */
export function declareDatabase(name: string, names: DeclaredNames): unknown {
  const key = JSON.stringify([name, [...names.tables], [...names.functions], [...(names.views ?? [])]]);
  const known = declared.get(key) ?? newDatabase(name, names);
  declared.set(key, known);
  return known;
}

/** Bridge numbers constructor overloads, so a new release of the parser may need other numbers here. */
function newDatabase(name: string, { tables, functions, views = new Map() }: DeclaredNames): unknown {
  const members = [
    ...[...tables].map(([table, schema]) => {
      const symbol = construct(member(symbols, "TableSymbol"), "$ctor7", table, schema, null);
      if (member(symbol, "Name") !== table || columnsOfType(symbol).length === 0) throw new Error(`table ${table} could not be declared`);
      return symbol;
    }),
    ...[...functions].map(([fn, { parameters, body }]) =>
      construct(member(symbols, "FunctionSymbol"), "$ctor16", fn, parameters, body, null),
    ),
    ...[...views].map(([view, { schema, query }]) =>
      construct(member(symbols, "MaterializedViewSymbol"), "$ctor3", view, schema, query, null),
    ),
  ];
  const database = construct(member(symbols, "DatabaseSymbol"), "ctor", name, members);
  // with a cache, the grammar and what functions take are worked out once instead of with every query
  return call(call(member(member(language, "GlobalState"), "Default"), "WithDatabase", database), "WithCache");
}

export function kindOf(node: SyntaxNode): string {
  return kindNames.get(node.Kind) ?? String(node.Kind);
}

/** As it is written, spaces between words too: without asking for these (IncludeTrivia.Interior) words run together. */
export function textOf(node: SyntaxNode): string {
  return node.ToString(1).trim();
}

/** A named part of a node; throws when the node has none. */
export function part(node: SyntaxNode, name: string): SyntaxNode {
  const found = optionalPart(node, name);
  if (found === undefined) throw new Error(`${kindOf(node)} has no ${name}: ${textOf(node).slice(0, 80)}`);
  return found;
}

export function optionalPart(node: SyntaxNode, name: string): SyntaxNode | undefined {
  const value = member(node, name);
  return isNode(value) ? value : undefined;
}

/** The elements of a list part, without their separators. */
export function parts(node: SyntaxNode, name: string): SyntaxNode[] {
  const list = optionalPart(node, name);
  return list === undefined ? [] : children(list).map((child) => (kindOf(child) === "SeparatedElement" ? part(child, "Element") : child));
}

export function children(node: SyntaxNode): SyntaxNode[] {
  return Array.from({ length: node.ChildCount }, (_, index) => node.GetChild(index)).filter(isNode);
}

export function* descendants(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  for (const child of children(node)) yield* descendants(child);
}

/** The name that a reference, a declaration or a call carries; empty where there is none. */
export function nameOf(node: SyntaxNode): string {
  const name = member(node, "SimpleName");
  return typeof name === "string" ? name : "";
}

export function literalText(node: SyntaxNode): string {
  return String(member(node, "LiteralValue"));
}

/** The name of the bound type of an expression: `string`, `long`, …; empty for tables and what could not be bound. */
export function typeOf(node: SyntaxNode): string {
  const type = member(node, "ResultType");
  return type === null || type === undefined || isTable(node) ? "" : String(member(type, "Name"));
}

export function isTable(node: SyntaxNode): boolean {
  const type = member(node, "ResultType");
  return type !== null && type !== undefined && call(bridge, "is", type, tableSymbolType) === true;
}

export function columnsOf(node: SyntaxNode): ColumnType[] {
  return columnsOfType(member(node, "ResultType"));
}

/** Of every tabular statement of a query, in order. */
export function resultColumns(syntax: SyntaxNode): ColumnType[][] {
  return parts(syntax, "Statements")
    .filter((statement) => kindOf(statement) === "ExpressionStatement")
    .map((statement) => columnsOf(part(statement, "Expression")));
}

function columnsOfType(type: unknown): ColumnType[] {
  if (type === null || type === undefined) return [];
  return items(member(type, "Columns")).map((column) => ({
    name: String(member(column, "Name")),
    type: String(member(member(column, "Type"), "Name")),
  }));
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "ChildCount" in value && "Kind" in value;
}

function member(owner: unknown, name: string): unknown {
  return owner === null || owner === undefined ? undefined : Reflect.get(Object(owner), name);
}

function call(owner: unknown, name: string, ...args: readonly unknown[]): unknown {
  const method = member(owner, name);
  if (typeof method !== "function") throw new Error(`the parser has no ${name}; was it updated?`);
  return Reflect.apply(method, owner, args);
}

function construct(owner: unknown, overload: string, ...args: readonly unknown[]): unknown {
  const made = member(owner, overload);
  if (typeof made !== "function") throw new Error(`the parser has no ${overload}; was it updated?`);
  return Reflect.construct(made, args);
}

function items(list: unknown): unknown[] {
  if (Array.isArray(list)) return list;
  if (list === null || list === undefined) return [];
  return Array.from({ length: Number(member(list, "Count")) }, (_, index) => call(list, "getItem", index));
}

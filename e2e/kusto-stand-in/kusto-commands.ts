/** The few management commands with which `npm run contract-adx` makes tables. Tables are declared beforehand: a command says which are there. */

import type { Value } from "./kql-values.ts";
import type { KustoDatabase } from "./kusto-database.ts";

export interface CommandAnswer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

const DONE: CommandAnswer = { columns: ["Result"], rows: [] };
const CREATE = /^\.create table (\w+) \([^)]*\) with \(docstring = ("(?:[^"\\]|\\.)*")\)$/;
const FILL = /^\.set-or-append (\w+) <\|\n/;
const DROP = /^\.drop table (\w+) ifexists$/;
const LIST = /^\.show tables \| where TableName in \(([^)]*)\) \| project TableName, DocString$/;

/** By database: what the docstrings of made tables say. */
const made = new WeakMap<KustoDatabase, Map<string, string>>();

/** Throws for what the parser refuses, and for what the stand-in does not know. */
export function runCommand(database: KustoDatabase, text: string): CommandAnswer {
  const tables = made.get(database) ?? new Map<string, string>();
  made.set(database, tables);
  const [, created, docstring = '""'] = CREATE.exec(text) ?? [];
  const [start = "", filled] = FILL.exec(text) ?? [];
  const [, dropped] = DROP.exec(text) ?? [];
  const [, listed] = LIST.exec(text) ?? [];
  if ((created ?? filled ?? dropped ?? listed) === undefined)
    throw new Error("only .cancel query and the commands of the contract are known");
  // a table that is not there yet is no fault of `.drop … ifexists`
  const [wrong] = dropped === undefined ? database.checkCommand(text) : [];
  if (wrong !== undefined) throw new Error(`${wrong.code}: ${wrong.message}`);
  if (created !== undefined) {
    if (tables.has(created)) throw new Error(`there is a table ${created} already`);
    tables.set(created, String(JSON.parse(docstring)));
  } else if (filled !== undefined) {
    if (!tables.has(filled)) throw new Error(`there is no table ${filled}`);
    const [result] = database.query(text.slice(start.length), {});
    const names = result?.columns.map(({ name }) => name) ?? [];
    database.insert(filled, result?.rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? null]))) ?? []);
  } else if (dropped !== undefined) {
    tables.delete(dropped);
    database.clear(dropped);
  } else if (listed !== undefined) {
    const wanted: unknown = JSON.parse(`[${listed}]`);
    const rows = [...tables].filter(([name]) => Array.isArray(wanted) && wanted.includes(name));
    return { columns: ["TableName", "DocString"], rows };
  }
  return DONE;
}

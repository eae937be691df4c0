/** The contract's own tables on a cluster: how they are made, filled and dropped, as commands that a person could run as well. */

import type { FlowShape } from "#lib/stores/adx/adx-settings.ts";
import { FLOW_COLUMNS, isFlowColumn } from "#lib/stores/adx/flow-columns.ts";
import { stringLiteral } from "#lib/stores/adx/kusto-query.ts";
import { columnsNeeded, rawRows } from "#lib/stores/adx/table-rows.ts";
import { type LoggedLine, storedRows } from "../../e2e/kusto-stand-in/hubble-tables.ts";

/** Stands in the docstring of every table that is made here; nothing without it is touched. */
export const MARK = "Made by npm run contract-adx of Weir, which drops it";
const ROWS_PER_COMMAND = 50;

const NAMES: { readonly [S in FlowShape]: string } = {
  typed: "WeirContractTyped",
  "container-logs": "WeirContractContainerLogs",
  "fluent-bit": "WeirContractFluentBit",
  "container-log-v2": "WeirContractContainerLogV2",
};

/** The typed table is filled from the one of container logs, so that comes first. */
export const SHAPES: readonly FlowShape[] = ["container-logs", "fluent-bit", "container-log-v2", "typed"];

export interface ContractTable {
  readonly shape: FlowShape;
  readonly name: string;
  /** `(a:long, b:string)` */
  readonly schema: string;
  readonly create: string;
  readonly fill: readonly string[];
  readonly drop: string;
}

export function contractTable(shape: FlowShape, lines: readonly LoggedLine[]): ContractTable {
  const name = NAMES[shape];
  const columns = Object.entries(columnsNeeded({ shape, table: "" }));
  const schema = `(${columns.map(([column, type]) => `${column}:${type}`).join(", ")})`;
  return {
    shape,
    name,
    schema,
    create: `.create table ${name} ${schema} with (docstring = ${stringLiteral(MARK)})`,
    fill: shape === "typed" ? [fillTyped()] : fillRaw(shape, columns, lines),
    drop: `.drop table ${name} ifexists`,
  };
}

/** Tables of the contract's names, with what their docstring says. */
export function listCommand(): string {
  const names = Object.values(NAMES).map(stringLiteral).join(", ");
  return `.show tables | where TableName in (${names}) | project TableName, DocString`;
}

/** As an update policy does it. */
function fillTyped(): string {
  const columns = Object.keys(FLOW_COLUMNS).filter(isFlowColumn);
  return `.set-or-append ${NAMES.typed} <|\n${rawRows("container-logs", columns, NAMES["container-logs"])}`;
}

type Columns = readonly (readonly [name: string, type: string])[];

/** Dynamic values travel as JSON in a text: a text that holds JSON stays one. */
function fillRaw(shape: Exclude<FlowShape, "typed">, columns: Columns, lines: readonly LoggedLine[]): readonly string[] {
  const sent = columns.map(([name, type]) => `${name}:${type === "dynamic" ? "string" : type}`).join(", ");
  const read = columns.map(([name, type]) => (type === "dynamic" ? `${name} = parse_json(${name})` : name)).join(", ");
  const rows = storedRows(shape, lines).map((row) => columns.map(([name, type]) => literal(row[name], type)).join(", "));
  return Array.from({ length: Math.ceil(rows.length / ROWS_PER_COMMAND) }, (_, at) => {
    const some = rows.slice(at * ROWS_PER_COMMAND, (at + 1) * ROWS_PER_COMMAND);
    return `.set-or-append ${NAMES[shape]} <|\ndatatable(${sent})[\n${some.join(",\n")}\n]\n| project ${read}`;
  });
}

function literal(value: unknown, type: string): string {
  if (type === "datetime") return `datetime(${String(value)})`;
  return stringLiteral(type === "dynamic" ? JSON.stringify(value) : String(value));
}

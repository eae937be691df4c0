/** Answers as the V2 query endpoint and the V1 management endpoint put them on the wire. */
import { randomUUID } from "node:crypto";
import { type Value, writeDatetime, writeTimespan } from "./kql-values.ts";
import type { QueryResult } from "./kusto-database.ts";

export interface WireFault {
  readonly code: string;
  readonly message: string;
  readonly permanent?: boolean;
}

/** The error envelope of Kusto: in the body of a 4xx or 5xx, in `OneApiErrors`, and inside `Rows`. */
export function oneApiError({ code, message, permanent = true }: WireFault): object {
  return {
    error: {
      code,
      message: "Request is invalid and cannot be executed.",
      "@type": "Kusto.Data.Exceptions.KustoBadRequestException",
      "@message": message,
      "@context": { timestamp: new Date(0).toISOString(), activityId: randomUUID() },
      "@permanent": permanent,
    },
  };
}

/** `fault` = the query failed after it had begun to answer. */
export function queryFrames(results: readonly QueryResult[], requestId: string, fault?: WireFault): readonly object[] {
  const activity = randomUUID();
  return [
    { FrameType: "DataSetHeader", IsProgressive: false, Version: "v2.0" },
    dataTable(0, "QueryProperties", "@ExtendedProperties", PROPERTY_COLUMNS, []),
    ...results.map((result, index) => dataTable(index + 1, "PrimaryResult", "PrimaryResult", columnPairs(result), wireRows(result))),
    dataTable(results.length + 1, "QueryCompletionInformation", "QueryCompletionInformation", COMPLETION_COLUMNS, [
      [new Date(0).toISOString(), requestId, activity, 4, "Info", 0, "S_OK (0)", JSON.stringify({ Count: 1, Text: "Query completed" })],
    ]),
    {
      FrameType: "DataSetCompletion",
      HasErrors: fault !== undefined,
      Cancelled: false,
      ...(fault && { OneApiErrors: [oneApiError(fault)] }),
    },
  ];
}

/** What the default error placement does: HTTP 200, no error flag, and an error object where a row should be. */
export function errorInsideRows(frames: readonly object[], fault: WireFault): readonly object[] {
  return frames.map((frame) =>
    "TableKind" in frame && frame.TableKind === "PrimaryResult" ? { ...frame, Rows: [{ OneApiErrors: [oneApiError(fault)] }] } : frame,
  );
}

export function managementAnswer(columns: readonly (readonly [name: string, type: string])[], rows: readonly (readonly Value[])[]): object {
  return {
    Tables: [
      {
        TableName: "Table_0",
        Columns: columns.map(([ColumnName, ColumnType]) => ({ ColumnName, DataType: "String", ColumnType })),
        Rows: rows,
      },
    ],
  };
}

const PROPERTY_COLUMNS = [
  ["TableId", "int"],
  ["Key", "string"],
  ["Value", "dynamic"],
] as const;
const COMPLETION_COLUMNS = [
  ["Timestamp", "datetime"],
  ["ClientRequestId", "string"],
  ["ActivityId", "guid"],
  ["Level", "int"],
  ["LevelName", "string"],
  ["StatusCode", "int"],
  ["StatusCodeName", "string"],
  ["Payload", "string"],
] as const;

type Columns = readonly (readonly [name: string, type: string])[];

function dataTable(TableId: number, TableKind: string, TableName: string, columns: Columns, Rows: readonly unknown[]): object {
  return {
    FrameType: "DataTable",
    TableId,
    TableKind,
    TableName,
    Columns: columns.map(([ColumnName, ColumnType]) => ({ ColumnName, ColumnType })),
    Rows,
  };
}

function columnPairs({ columns }: QueryResult): Columns {
  return columns.map(({ name, type }) => [name, type]);
}

function wireRows({ columns, rows }: QueryResult): readonly (readonly unknown[])[] {
  return rows.map((row) => columns.map(({ type }, index) => wireValue(row[index] ?? null, type)));
}

function wireValue(value: Value, type: string): unknown {
  if (typeof value === "bigint") return type === "timespan" ? writeTimespan(value) : writeDatetime(value);
  return value === null && type === "string" ? "" : value;
}

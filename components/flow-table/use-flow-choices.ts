"use client";
/** What changes how the flow list looks and not what it asks: the open row and the columns. Kept in the address bar, without asking the server. */
import { createParser, parseAsString, useQueryStates } from "nuqs";
import { useCallback } from "react";
import { type ColumnChoice, printColumns, readColumns } from "#lib/url/read-columns.ts";
import { choiceToKeep } from "./column-list.ts";

const parseAsColumns = createParser<readonly ColumnChoice[]>({
  parse: (text) => readColumns(text, () => undefined),
  serialize: printColumns,
  eq: (a, b) => printColumns(a) === printColumns(b),
});

const CHOICES = { row: parseAsString.withDefault(""), cols: parseAsColumns.withDefault([]) };

export interface FlowChoices {
  /** Id of the open flow, empty = none. */
  readonly row: string;
  readonly columns: readonly ColumnChoice[];
  readonly openRow: (id: string) => void;
  readonly chooseColumns: (columns: readonly ColumnChoice[]) => void;
}

export function useFlowChoices(): FlowChoices {
  const [{ row, cols }, set] = useQueryStates(CHOICES, { history: "replace", shallow: true, scroll: false });
  const openRow = useCallback((id: string) => void set({ row: id === "" ? null : id }), [set]);
  const chooseColumns = useCallback((columns: readonly ColumnChoice[]) => void set({ cols: emptyToNull(choiceToKeep(columns)) }), [set]);
  return { row, columns: cols, openRow, chooseColumns };
}

function emptyToNull(columns: readonly ColumnChoice[]): readonly ColumnChoice[] | null {
  return columns.length === 0 ? null : columns;
}

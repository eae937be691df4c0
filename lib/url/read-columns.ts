/** Chosen table columns: which, in which order, how wide. `cols=key:360,attempts,last`. */
import type { Complain } from "./read-choices.ts";

export interface ColumnChoice {
  readonly id: string;
  /** Pixels; undefined = the column's own. */
  readonly width?: number;
}

export const MIN_COLUMN_WIDTH = 40;
export const MAX_COLUMN_WIDTH = 1600;

export function printColumns(columns: readonly ColumnChoice[]): string {
  return columns.map(({ id, width }) => (width === undefined ? id : `${id}:${width}`)).join(",");
}

export function readColumns(text: string | undefined, complain: Complain): readonly ColumnChoice[] {
  if (text === undefined) return [];
  const columns = new Map<string, ColumnChoice>();
  for (const part of text.split(",")) {
    const column = readColumn(part);
    if (column === undefined || columns.has(column.id)) {
      complain(
        part,
        column === undefined ? `A column is a name, or name:width (${MIN_COLUMN_WIDTH}-${MAX_COLUMN_WIDTH}).` : "It is there already.",
      );
    } else columns.set(column.id, column);
  }
  return [...columns.values()];
}

function readColumn(text: string): ColumnChoice | undefined {
  const [, id, digits] = /^([a-z][a-zA-Z0-9-]{0,39})(?::([1-9]\d{0,3}))?$/.exec(text) ?? [];
  if (id === undefined) return undefined;
  if (digits === undefined) return { id };
  const width = Number(digits);
  return width >= MIN_COLUMN_WIDTH && width <= MAX_COLUMN_WIDTH ? { id, width } : undefined;
}

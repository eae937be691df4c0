/** How wide a person may make a column. */
import type { ColumnChoice } from "#lib/url/read-columns.ts";

export const MIN_WIDTH = 56;
export const MAX_WIDTH = 900;

export function withWidth(columns: readonly ColumnChoice[], id: string, width: number): readonly ColumnChoice[] {
  const fitting = Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)));
  return columns.map((choice) => (choice.id === id ? { id, width: fitting } : choice));
}

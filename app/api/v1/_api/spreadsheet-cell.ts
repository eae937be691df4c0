/** Cells of a CSV file that a spreadsheet cannot take for a formula and that no value can break out of. */
import { visibleText } from "#lib/format/visible-text.ts";
import type { FieldValue } from "./export-fields.ts";

/** Excel's longest cell is 32,767 characters. */
const LONGEST = 32_000;
/** What spreadsheets take for the beginning of a formula, full-width forms included. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

export function csvCell(value: FieldValue): string {
  if (value === null) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : value.join(" ");
  const shown = `${FORMULA.test(text) ? "'" : ""}${visibleText(text, LONGEST)}`;
  return /[",;\n\r\t']|^\s|\s$/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}

export function csvLine(values: readonly FieldValue[]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}

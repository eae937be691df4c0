/** The class of a cell, by its column. */
import { flowColumn } from "./column-list.ts";
import css from "./flow-table.module.css";

export function columnClass(id: string): string {
  return `${css.cell} ${flowColumn(id)?.isNumeric === true ? css.numeric : ""}`;
}

/** The class of a cell, by its column. */
import { groupColumn } from "./group-column-list.ts";
import css from "./groups-table.module.css";

export function groupCellClass(id: string): string {
  const kind = groupColumn(id)?.isNumeric === true ? css.numeric : "";
  return `${css.cell} ${kind} ${css[`column-${id}`] ?? ""}`.trimEnd();
}

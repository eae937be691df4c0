/** The flow list's columns as TanStack Table sees them. Registered once: its methods exist only for registered features. */
import {
  columnOrderingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
} from "@tanstack/react-table";
import type { FlowRow } from "#lib/questions/answer.ts";
import type { ColumnChoice } from "#lib/url/read-columns.ts";
import { FLOW_COLUMNS } from "./column-list.ts";
import { CELLS } from "./flow-cells.tsx";

export const flowFeatures = tableFeatures({ columnVisibilityFeature, columnOrderingFeature, columnSizingFeature });

const helper = createColumnHelper<typeof flowFeatures, FlowRow>();

export const flowColumns = helper.columns(
  FLOW_COLUMNS.map((column) =>
    helper.display({ id: column.id, header: column.title, size: column.width, cell: ({ row }) => CELLS[column.id](row.original) }),
  ),
);

/** The chosen columns as the table's own state. */
export function columnState(columns: readonly ColumnChoice[]) {
  const chosen = new Set(columns.map((choice) => choice.id));
  return {
    columnOrder: [...columns.map((choice) => choice.id), ...FLOW_COLUMNS.map((column) => column.id).filter((id) => !chosen.has(id))],
    columnVisibility: Object.fromEntries(FLOW_COLUMNS.map((column) => [column.id, chosen.has(column.id)])),
    columnSizing: Object.fromEntries(columns.flatMap(({ id, width }) => (width === undefined ? [] : [[id, width]]))),
  };
}

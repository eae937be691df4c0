/** The groups table's columns as TanStack Table sees them. Registered once: its methods exist only for registered features. */
import {
  columnOrderingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  createExpandedRowModel,
  rowExpandingFeature,
  tableFeatures,
} from "@tanstack/react-table";
import type { ColumnChoice } from "#lib/url/read-columns.ts";
import { GroupCell } from "./group-cell.tsx";
import { GROUP_COLUMNS } from "./group-column-list.ts";
import { type GroupPath, pathId } from "./group-path.ts";
import type { GroupNode } from "./group-tree.ts";

export const groupFeatures = tableFeatures({
  columnVisibilityFeature,
  columnOrderingFeature,
  columnSizingFeature,
  rowExpandingFeature,
  expandedRowModel: createExpandedRowModel(),
});

const helper = createColumnHelper<typeof groupFeatures, GroupNode>();

export const groupColumns = helper.columns(
  GROUP_COLUMNS.map((column) =>
    helper.display({
      id: column.id,
      header: column.title,
      size: column.width,
      cell: ({ row: { original, depth } }) =>
        original.is === "note" ? null : <GroupCell column={column.id} row={original.row} depth={depth} />,
    }),
  ),
);

/** The chosen columns and opened groups as the table's own state. */
export function groupTableState(columns: readonly ColumnChoice[], open: readonly GroupPath[]) {
  const chosen = new Set(columns.map(({ id }) => id));
  return {
    columnOrder: [...columns.map(({ id }) => id), ...GROUP_COLUMNS.map(({ id }) => id).filter((id) => !chosen.has(id))],
    columnVisibility: Object.fromEntries(GROUP_COLUMNS.map(({ id }) => [id, chosen.has(id)])),
    columnSizing: Object.fromEntries(columns.flatMap(({ id, width }) => (width === undefined ? [] : [[id, width]]))),
    expanded: Object.fromEntries(open.map((path) => [pathId(path), true])),
  };
}

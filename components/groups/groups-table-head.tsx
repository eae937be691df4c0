"use client";
/** The column heads: links that order the answer by their column, with an edge to drag. */
import type { ReactTable } from "@tanstack/react-table";
import Link from "next/link";
import { ColumnResizer } from "#components/grid/column-resizer.tsx";
import type { ColumnChoice } from "#lib/url/read-columns.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";
import { groupCellClass } from "./group-cell-class.ts";
import { groupColumn } from "./group-column-list.ts";
import type { groupFeatures } from "./group-columns.tsx";
import type { GroupNode } from "./group-tree.ts";
import css from "./groups-table.module.css";

interface Props {
  readonly table: ReactTable<typeof groupFeatures, GroupNode>;
  readonly columns: readonly ColumnChoice[];
  readonly search: Search;
  /** Heads of the two columns that are not always the same. */
  readonly titles: { readonly key: string; readonly spark: string };
  readonly onDrag: (id: string, width: number) => void;
  readonly onWidth: (id: string, width: number) => void;
}

export function GroupsTableHead({ table, columns, search, titles, onDrag, onWidth }: Props) {
  return (
    <div role="rowgroup" className={css.head}>
      <div role="row" aria-rowindex={1} className={css.headRow}>
        {table.getHeaderGroups().flatMap((group) =>
          group.headers.map((header) => {
            const { id } = header.column;
            const column = groupColumn(id);
            const title = id === "key" ? titles.key : id === "spark" ? titles.spark : (column?.title ?? id);
            const isOrder = column?.order !== undefined && column.order === search.order;
            return (
              <div
                key={header.id}
                role="columnheader"
                aria-sort={isOrder ? (search.descending ? "descending" : "ascending") : undefined}
                className={groupCellClass(id)}
              >
                {column?.order === undefined ? (
                  title
                ) : (
                  <Link
                    href={hrefOf("/groups", {
                      ...search,
                      order: column.order,
                      descending: isOrder ? !search.descending : column.order !== "key",
                    })}
                    prefetch={false}
                    scroll={false}
                    className={isOrder ? css.sorted : css.sort}
                  >
                    {title}
                    {isOrder && <span aria-hidden="true"> {search.descending ? "↓" : "↑"}</span>}
                  </Link>
                )}
                <ColumnResizer
                  title={title}
                  width={columns.find((choice) => choice.id === id)?.width}
                  onDrag={(width) => onDrag(id, width)}
                  onWidth={(width) => onWidth(id, width)}
                />
              </div>
            );
          }),
        )}
      </div>
    </div>
  );
}

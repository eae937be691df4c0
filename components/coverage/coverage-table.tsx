/** A table of the coverage page: its head from a list of columns, its rows from whoever knows them. */
import type { ReactNode } from "react";
import { Panel } from "#components/ui/panel.tsx";
import css from "./coverage-page.module.css";

export interface TableColumn {
  readonly words: string;
  readonly isNumber: boolean;
  readonly className?: string | undefined;
  /** The rows are in its order, the greatest first. */
  readonly isSorted?: boolean;
}

export function textColumn(words: string, className?: string): TableColumn {
  return { words, isNumber: false, className };
}

export function numberColumn(words: string): TableColumn {
  return { words, isNumber: true };
}

interface Props {
  readonly title?: string;
  readonly columns: readonly TableColumn[];
  readonly children: ReactNode;
}

export function CoverageTable({ title, columns, children }: Props) {
  return (
    <Panel {...(title === undefined ? {} : { title })} isFlush>
      <table className={css.table}>
        <thead>
          <tr>
            {columns.map(({ words, isNumber, className, isSorted }) => (
              <th
                key={words}
                scope="col"
                className={className}
                data-number={isNumber ? "" : undefined}
                aria-sort={isSorted ? "descending" : undefined}
              >
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Panel>
  );
}

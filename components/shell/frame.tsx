/** The page around its content: header, filter bar, then facets beside coverage line and content. */
import type { ReactNode } from "react";
import css from "./frame.module.css";

interface Props {
  readonly header: ReactNode;
  readonly bar?: ReactNode;
  /** Beside the content from 1200 px on, a drawer below. */
  readonly facets?: ReactNode;
  /** The facets stay a drawer at any width. */
  readonly isWide?: boolean;
  readonly coverage?: ReactNode;
  /** The content fills the window and scrolls inside itself, without a gutter: tables. */
  readonly isFlush?: boolean;
  readonly children: ReactNode;
}

export function Frame({ header, bar, facets, isWide = false, coverage, isFlush = false, children }: Props) {
  return (
    <div className={css.frame} data-flush={isFlush}>
      {header}
      {bar}
      <div className={css.below}>
        {facets !== undefined && (
          <aside id="facets" className={css.facets} popover="auto" aria-label="Facets" data-wide={isWide}>
            {facets}
          </aside>
        )}
        <main id="content" className={css.main} tabIndex={-1}>
          {coverage}
          <div className={css.content}>{children}</div>
        </main>
      </div>
    </div>
  );
}

/** A box with a title and something at its right end. Panels never stand inside panels. */
import type { ReactNode } from "react";
import css from "./panel.module.css";

interface Props {
  readonly title?: string;
  /** Beside the title. */
  readonly lead?: ReactNode;
  /** At the right end of the head. */
  readonly tools?: ReactNode;
  /** Without inner padding: for tables. */
  readonly isFlush?: boolean;
  readonly children: ReactNode;
}

export function Panel({ title, lead, tools, isFlush = false, children }: Props) {
  return (
    <section className={css.panel} aria-label={title}>
      {title !== undefined && (
        <header className={css.head}>
          <h2>{title}</h2>
          {lead}
          {tools !== undefined && <div className={css.tools}>{tools}</div>}
        </header>
      )}
      <div className={isFlush ? undefined : css.body}>{children}</div>
    </section>
  );
}

/** One part of the panel: a small head, a note at its right end, and what it tells. */
import type { ReactNode } from "react";
import css from "./flow-panel.module.css";

interface Props {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

export function PanelSection({ title, note, children }: Props) {
  return (
    <section className={css.section} aria-label={title}>
      <h3 className={css.sectionHead}>
        {title}
        <span className={css.grow} />
        {note !== undefined && <span className={css.note}>{note}</span>}
      </h3>
      {children}
    </section>
  );
}

/** One total: what it counts, the number, and a line of context. */
import type { ReactNode } from "react";
import css from "./figure.module.css";

interface Props {
  readonly title: string;
  /** As shown. */
  readonly value: string;
  readonly unit?: string;
  readonly children?: ReactNode;
}

export function Figure({ title, value, unit, children }: Props) {
  return (
    <div className={css.figure}>
      <p className={css.title}>{title}</p>
      <p className={css.value}>
        {value}
        {unit !== undefined && <span> {unit}</span>}
      </p>
      {children !== undefined && <p className={css.note}>{children}</p>}
    </div>
  );
}

/** Something about the document as a whole that a person has to know, above the panes. */
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import css from "#components/filter-bar/filter-bar.module.css";

export function WorkshopNotice({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={css.notice} role="status">
      <IconAlertTriangle size={14} stroke={1.6} aria-hidden="true" />
      <div>
        <b>{title}</b> {children}
      </div>
    </div>
  );
}

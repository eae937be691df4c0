/** One row of a menu that cannot be chosen, and why. */
import type { ReactNode } from "react";
import css from "./menu-items.module.css";

export function MenuUnavailable({ why, children }: { readonly why: string; readonly children: ReactNode }) {
  return (
    <div className={css.unavailable} aria-disabled="true">
      {children}
      <small>Not available. {why}</small>
    </div>
  );
}

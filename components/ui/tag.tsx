/** A quiet word that says what kind of thing stands before it: "CIDR group". */
import type { ReactNode } from "react";
import css from "./marks.module.css";

export function Tag({ children }: { readonly children: ReactNode }) {
  return <span className={css.tag}>{children}</span>;
}

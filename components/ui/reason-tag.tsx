/** Mark and a short text on the reason's wash: the code beside the word, such as 181. */
import type { ReactNode } from "react";
import type { Reason } from "#lib/flows/reason.ts";
import css from "./reason.module.css";
import { ReasonMark } from "./reason-mark.tsx";

export function ReasonTag({ reason, children }: { readonly reason: Reason; readonly children: ReactNode }) {
  return (
    <span className={css.tag} data-reason={reason}>
      <ReasonMark reason={reason} size={11} />
      {children}
    </span>
  );
}

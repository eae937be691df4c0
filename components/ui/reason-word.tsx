/** Mark and word of a reason, plain in rows and lists. */

import type { Reason } from "#lib/flows/reason.ts";
import { REASON_WORDS } from "#lib/flows/reason-words.ts";
import { capital } from "./capital.ts";
import css from "./reason.module.css";
import { ReasonMark } from "./reason-mark.tsx";

export function ReasonWord({ reason }: { readonly reason: Reason }) {
  return (
    <span className={css.word}>
      <ReasonMark reason={reason} />
      {capital(REASON_WORDS[reason].short)}
    </span>
  );
}

/** What an agent of the target version does with the document, in one line. */
import { IconAlertCircle, IconCheck } from "@tabler/icons-react";
import { visibleText } from "#lib/format/visible-text.ts";
import css from "./verdict-line.module.css";
import type { Verdict } from "./workshop-view.ts";

export function VerdictLine({ verdict: { isAccepted, words, error } }: { readonly verdict: Verdict }) {
  const Icon = isAccepted ? IconCheck : IconAlertCircle;
  return (
    <p className={css.verdict} data-ok={isAccepted}>
      <Icon size={14} stroke={1.8} aria-hidden="true" />
      <b>{visibleText(words, 200)}</b>
      {error !== "" && <code title="In the agent's own words">{visibleText(error, 400)}</code>}
    </p>
  );
}

/** Why it was stopped: a sentence, what it means, and what helps. */

import { dropReasonText } from "#lib/flows/drop-reasons.ts";
import { explain } from "#lib/flows/explain.ts";
import { addressNote } from "#lib/format/address-note.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { FlowRow } from "#lib/questions/answer.ts";
import css from "./flow-panel.module.css";
import { PanelSection } from "./panel-section.tsx";

const LONGEST = 1200;

export function Why({ row }: { readonly row: FlowRow }) {
  const { sentence, meaning, helps } = explain(row);
  const note = addressNote(row.destinationIp);
  const code = row.dropReason === 0 ? "" : `${row.dropReason} ${row.dropReasonName}`;
  return (
    <PanelSection
      title="Why"
      note={
        code !== "" && (
          <span className={css.code} title={dropReasonText(row.dropReason)}>
            {visibleText(code)}
          </span>
        )
      }
    >
      <p className={css.sentence}>{visibleText(sentence, LONGEST)}</p>
      {meaning !== "" && <p className={css.prose}>{visibleText(meaning, LONGEST)}</p>}
      {helps.length > 0 && (
        <ul className={css.helps}>
          {helps.map((help) => (
            <li key={help}>{visibleText(help, LONGEST)}</li>
          ))}
        </ul>
      )}
      {note !== undefined && (
        <p className={css.prose}>
          {row.destinationIp}: {note.detail}
        </p>
      )}
    </PanelSection>
  );
}

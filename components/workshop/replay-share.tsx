/** How much of what is stored the entry would log. */
import { capital } from "#components/ui/capital.ts";
import { ReasonMark } from "#components/ui/reason-mark.tsx";
import { ShareBar } from "#components/ui/share-bar.tsx";
import type { ReplayReport } from "#lib/exporter/replay-report.ts";
import { REASONS } from "#lib/flows/reason.ts";
import { REASON_WORDS } from "#lib/flows/reason-words.ts";
import { formatCount, formatShare } from "#lib/format/format-count.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import css from "./replay-pane.module.css";
import { toldEntry } from "./told-entry.ts";

export function ReplayShare({ told, entry }: { readonly told: ReplayReport; readonly entry: number }) {
  const { now } = toldEntry(told, entry);
  if (told.flows === 0) {
    return (
      <div className={css.part}>
        <b>{told.undecoded > 0 ? "No stored line of this window could be read again." : "No stored flows in this window."}</b> What the
        entry would log of it is unknown.
      </div>
    );
  }
  if (now === undefined) return null;
  if (now.refused !== undefined) {
    return (
      <div className={css.part}>
        <b>The agent would not run this entry.</b> {visibleText(now.refused, 300)}
      </div>
    );
  }
  const reasons = now.reasons ?? {};
  const counted = REASONS.filter((reason) => (reasons[reason] ?? 0) > 0);
  return (
    <div className={css.part}>
      <p className={css.share}>
        <b>{formatShare(now.matched, told.flows)}</b> of {formatCount(told.flows)} stored flows match
      </p>
      <ShareBar reasons={counted.length > 0 ? reasons : { other: now.matched }} of={told.flows} />
      {counted.length > 0 && (
        <ul className={css.legend}>
          {counted.map((reason) => (
            <li key={reason}>
              <ReasonMark reason={reason} size={11} />
              {capital(REASON_WORDS[reason].short)} <b>{formatCount(reasons[reason] ?? 0)}</b>
            </li>
          ))}
        </ul>
      )}
      {told.undecoded > 0 && (
        <p className={css.note}>
          {formatCount(told.undecoded)} stored {told.undecoded === 1 ? "line" : "lines"} could not be read again, and no number here holds{" "}
          {told.undecoded === 1 ? "it" : "them"}.
        </p>
      )}
      {now.unsized > 0 && (
        <p className={css.note}>
          {formatCount(now.unsized)} of the matched flows are not stored as JSON, so they add nothing to the volume.
        </p>
      )}
      {told.cut !== undefined && (
        <p className={css.note}>
          The newest {formatCount(told.flows)} of {formatCount(told.total)} flows, back to {instantWords(told.looked.from)}; the rest was
          left out {told.cut === "flows" ? "as too many" : "as too slow"}.
        </p>
      )}
    </div>
  );
}

function instantWords(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

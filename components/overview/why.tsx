/** Attempts by reason, and what is left out of every number on the page, one click away. */
import Link from "next/link";
import { ReasonMark } from "#components/ui/reason-mark.tsx";
import { ReasonWord } from "#components/ui/reason-word.tsx";
import { ShareBar } from "#components/ui/share-bar.tsx";
import { withOnly } from "#lib/filters/edit-filter.ts";
import { REASONS, type Reason } from "#lib/flows/reason.ts";
import { formatCount } from "#lib/format/format-count.ts";
import type { Summary } from "#lib/questions/answer.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";
import css from "./totals.module.css";

export function Why({ summary, search }: { summary: Summary; search: Search }) {
  const { reasons, notCounted } = summary;
  const shown = REASONS.filter((reason) => (reasons[reason] ?? 0) > 0);
  const sum = shown.reduce((total, reason) => total + (reasons[reason] ?? 0), 0);
  const only = (reason: Reason): string => hrefOf("/", { ...search, filter: withOnly(search.filter, "reason", reason) });
  return (
    <div className={css.why}>
      <h2>Why</h2>
      <ShareBar reasons={reasons} of={Math.max(1, sum)} />
      <ul className={css.reasons}>
        {shown.map((reason) => (
          <li key={reason}>
            <Link href={only(reason)} prefetch={false} scroll={false}>
              <ReasonWord reason={reason} />
            </Link>
            <b>{formatCount(reasons[reason] ?? 0)}</b>
          </li>
        ))}
      </ul>
      {sum > summary.attempts && (
        <p className={css.left}>
          <span>{formatCount(sum - summary.attempts)} more than all attempts: an attempt that met two reasons counts under both.</span>
        </p>
      )}
      {notCounted.audit + notCounted.other > 0 && (
        <p className={css.left}>
          Not counted here:
          {notCounted.audit > 0 && (
            <Link href={only("audit")} prefetch={false} scroll={false}>
              <ReasonMark reason="audit" />
              <span>
                {formatCount(notCounted.audit)} {notCounted.audit === 1 ? "would-be drop" : "would-be drops"}
              </span>
            </Link>
          )}
          {notCounted.other > 0 && (
            <Link href={only("other")} prefetch={false} scroll={false}>
              <ReasonMark reason="other" />
              <span>{formatCount(notCounted.other)} other</span>
            </Link>
          )}
        </p>
      )}
    </div>
  );
}

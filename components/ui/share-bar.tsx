/** How much of the largest row, split by reason in a fixed order. Never without its number beside it, so it is silent to screen readers. */
import { REASONS } from "#lib/flows/reason.ts";
import type { ReasonCounts } from "#lib/questions/answer.ts";
import css from "./share-bar.module.css";

interface Props {
  readonly reasons: ReasonCounts;
  /** What a full bar stands for: the largest row on screen. */
  readonly of: number;
}

export function ShareBar({ reasons, of }: Props) {
  const parts = REASONS.map((reason) => ({ reason, count: reasons[reason] ?? 0 })).filter(({ count }) => count > 0);
  return (
    <span className={css.bar} aria-hidden="true">
      {parts.map(({ reason, count }) => (
        <span key={reason} className={css.part} data-reason={reason} style={{ width: `${partOf(count, of)}%` }} />
      ))}
    </span>
  );
}

function partOf(count: number, of: number): number {
  return of > 0 ? Math.min(100, Math.round((count / of) * 10_000) / 100) : 0;
}

/** One shape per reason, readable in grey. Its word stands beside it, or in `label` where a column head gives the word. */
import type { ReactNode } from "react";
import type { Reason } from "#lib/flows/reason.ts";
import { REASON_WORDS } from "#lib/flows/reason-words.ts";
import css from "./reason.module.css";

const SHAPES: { readonly [R in Reason]: ReactNode } = {
  deny: (
    <>
      <circle cx="6" cy="6" r="5.5" fill="currentColor" />
      <path d="M3.2 6h5.6" stroke="var(--surface)" strokeWidth="1.8" />
    </>
  ),
  default: <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="2.2" />,
  auth: (
    <>
      <rect x="1.5" y="1.5" width="9" height="9" rx="1.5" fill="currentColor" />
      <path d="M6 4v4" stroke="var(--surface)" strokeWidth="1.6" />
    </>
  ),
  l7: <path d="M6 .2 11.8 6 6 11.8.2 6Z" fill="currentColor" />,
  audit: <circle cx="6" cy="6" r="4.8" fill="none" stroke="currentColor" strokeWidth="1.7" strokeDasharray="2 1.77" />,
  other: <circle cx="6" cy="6" r="2.6" fill="currentColor" />,
  none: <circle cx="6" cy="6" r="2.1" fill="none" stroke="currentColor" strokeWidth="1.4" />,
};

interface Props {
  readonly reason: Reason;
  /** Pixels. */
  readonly size?: number;
  /** The mark stands without its word and says it itself. */
  readonly isAlone?: boolean;
}

export function ReasonMark({ reason, size = 12, isAlone = false }: Props) {
  const word = REASON_WORDS[reason].short;
  return (
    <svg
      className={css.mark}
      data-reason={reason}
      width={size}
      height={size}
      viewBox="0 0 12 12"
      role="img"
      aria-label={isAlone ? word : undefined}
      aria-hidden={!isAlone}
    >
      {SHAPES[reason]}
    </svg>
  );
}

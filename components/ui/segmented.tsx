/** A choice of a few, all visible; each is a link, so it works before scripts arrive and can be opened in a new tab. */
import Link from "next/link";
import css from "./segmented.module.css";

interface Props {
  /** What is chosen, for screen readers. */
  readonly label: string;
  readonly options: readonly { readonly href: string; readonly words: string; readonly count?: string; readonly isChosen: boolean }[];
}

export function Segmented({ label, options }: Props) {
  return (
    <nav className={css.segments} aria-label={label}>
      {options.map(({ href, words, count, isChosen }) => (
        <Link key={words} href={href} prefetch={false} scroll={false} aria-current={isChosen ? "true" : undefined}>
          {words}
          {count !== undefined && <small>{count}</small>}
        </Link>
      ))}
    </nav>
  );
}

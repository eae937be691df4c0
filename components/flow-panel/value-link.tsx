"use client";
/** A value in the panel: a click filters by it, Alt-click excludes it, and both are links for the keyboard. */
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { MouseEvent, ReactNode } from "react";
import type { ValueLinks } from "./filter-links.ts";
import css from "./value-link.module.css";

interface Props {
  readonly links: ValueLinks;
  /** What it is, for the names of the two links. */
  readonly what: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

export function ValueLink({ links, what, className, children }: Props) {
  const router = useRouter();
  function exclude(event: MouseEvent): void {
    if (!event.altKey) return;
    event.preventDefault();
    router.push(links.exclude, { scroll: false });
  }
  return (
    <span className={css.value}>
      <Link href={links.only} prefetch={false} scroll={false} className={className} title={`Only ${what}`} onClick={exclude}>
        {children}
      </Link>
      <Link href={links.exclude} prefetch={false} scroll={false} className={css.exclude} aria-label={`Exclude ${what}`}>
        not
      </Link>
    </span>
  );
}

/** One row of a menu that leads somewhere. */
import Link from "next/link";
import type { ReactNode } from "react";
import css from "./menu-items.module.css";

interface Props {
  readonly href: string;
  readonly isChosen?: boolean;
  readonly children: ReactNode;
  /** At the right end, lighter. */
  readonly aside?: string;
  /** A file to save or a page of another kind: no client navigation. */
  readonly isPlain?: boolean;
}

export function MenuLink({ href, isChosen = false, children, aside, isPlain = false }: Props) {
  const inside = (
    <>
      {children}
      {aside !== undefined && <small>{aside}</small>}
    </>
  );
  const rest = { className: css.item, "aria-current": isChosen ? ("true" as const) : undefined };
  return isPlain ? (
    <a href={href} {...rest}>
      {inside}
    </a>
  ) : (
    <Link href={href} prefetch={false} scroll={false} {...rest}>
      {inside}
    </Link>
  );
}

/** A link that looks like a button: for a change of the address bar that is drawn as an action. */
import Link from "next/link";
import type { ReactNode } from "react";
import css from "./button.module.css";

interface Props {
  readonly href: string;
  readonly look?: "bordered" | "plain" | "main";
  readonly size?: "small";
  readonly children: ReactNode;
}

export function LinkButton({ href, look = "bordered", size, children }: Props) {
  return (
    <Link href={href} prefetch={false} scroll={false} className={css.button} data-look={look} data-size={size}>
      {children}
    </Link>
  );
}

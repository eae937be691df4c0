"use client";
/** The name of a row: a click anywhere in the row narrows to it, Alt-click leaves it out; both are also links for the keyboard. */
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { MouseEvent } from "react";
import css from "./ranked-panel.module.css";

interface Props {
  readonly name: string;
  readonly detail: string;
  readonly only: string;
  readonly exclude: string | undefined;
  readonly flows: string;
}

export function RowLink({ name, detail, only, exclude, flows }: Props) {
  const router = useRouter();
  function leaveOut(event: MouseEvent): void {
    if (!event.altKey || exclude === undefined) return;
    event.preventDefault();
    router.push(exclude, { scroll: false });
  }
  return (
    <span className={css.nameBox}>
      <Link href={only} prefetch={false} scroll={false} className={css.name} onClick={leaveOut}>
        {name}
        {detail !== "" && <small>{detail}</small>}
      </Link>
      <span className={css.actions}>
        {exclude !== undefined && (
          <Link href={exclude} prefetch={false} scroll={false} aria-label={`Exclude ${name}`}>
            Exclude
          </Link>
        )}
        <Link href={flows} prefetch={false} aria-label={`Flows of ${name}`}>
          Flows
        </Link>
      </span>
    </span>
  );
}

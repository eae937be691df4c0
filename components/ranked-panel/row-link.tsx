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

/** Letters that a long name never loses: they tell pods of one workload apart. */
const TAIL = 6;

export function RowLink({ name, detail, only, exclude, flows }: Props) {
  const router = useRouter();
  const tail = Math.min(name.length, TAIL);
  function leaveOut(event: MouseEvent): void {
    if (!event.altKey || exclude === undefined) return;
    event.preventDefault();
    router.push(exclude, { scroll: false });
  }
  return (
    <span className={css.nameBox}>
      <Link href={only} prefetch={false} scroll={false} className={css.name} onClick={leaveOut} aria-label={`${name} ${detail}`.trim()}>
        <span>{name.slice(0, -tail)}</span>
        <span className={css.tail}>{name.slice(-tail)}</span>
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

"use client";
/** The name of a row: a click anywhere in the row narrows to it, Alt-click leaves it out; both are also links for the keyboard. */
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { MouseEvent } from "react";
import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";
import css from "./ranked-panel.module.css";

interface Props {
  readonly name: string;
  readonly detail: string;
  readonly only: string;
  readonly exclude: string | undefined;
  readonly flows: string;
}

/** From this length on a name may lose its middle, never its last letters: they tell pods of one workload apart. */
const LONG = 18;
const TAIL = 6;

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
        <RowName name={name} />
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

/** Two pieces would be read as two words, so the whole name stands beside them for screen readers. */
function RowName({ name }: { readonly name: string }) {
  if (name.length < LONG) return <span>{name}</span>;
  return (
    <>
      <VisuallyHidden>{name}</VisuallyHidden>
      <span aria-hidden="true">{name.slice(0, -TAIL)}</span>
      <span aria-hidden="true" className={css.tail}>
        {name.slice(-TAIL)}
      </span>
    </>
  );
}

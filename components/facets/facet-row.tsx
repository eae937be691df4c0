"use client";
/** One value of a facet: a click includes it, Alt-click excludes it, and both are also links that the keyboard reaches. */
import { IconCheck, IconMinus } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { MouseEvent } from "react";
import { ReasonMark } from "#components/ui/reason-mark.tsx";
import { formatCount } from "#lib/format/format-count.ts";
import type { FacetRowModel } from "./facet-model.ts";
import css from "./facets.module.css";

const SAID = { included: "included", excluded: "excluded", open: "" } as const;

export function FacetRow({ row }: { readonly row: FacetRowModel }) {
  const { text, note, reason, attempts, choice, toggleHref, excludeHref, onlyHref } = row;
  const router = useRouter();
  function exclude(event: MouseEvent): void {
    if (!event.altKey) return;
    event.preventDefault();
    router.push(excludeHref, { scroll: false });
  }
  return (
    <li className={css.row} data-choice={choice} data-dim={attempts === 0 || row.isLeftOut}>
      <Link className={css.value} href={toggleHref} prefetch={false} scroll={false} onClick={exclude} title={text}>
        <span className={css.check} aria-hidden="true">
          {choice === "included" && <IconCheck size={12} stroke={2} />}
          {choice === "excluded" && <IconMinus size={12} stroke={2} />}
        </span>
        {reason !== undefined && <ReasonMark reason={reason} />}
        <span className={css.text}>
          <bdi>{text}</bdi>
          {note !== "" && <small>{note}</small>}
        </span>
        <span className={css.count}>{formatCount(attempts)}</span>
        {SAID[choice] !== "" && <span className={css.said}>{SAID[choice]}</span>}
      </Link>
      <span className={css.actions}>
        <Link href={onlyHref} prefetch={false} scroll={false} aria-label={`Only ${text}`}>
          only
        </Link>
        {" · "}
        <Link
          href={excludeHref}
          prefetch={false}
          scroll={false}
          aria-label={choice === "excluded" ? `Do not exclude ${text}` : `Exclude ${text}`}
        >
          {choice === "excluded" ? "back" : "exclude"}
        </Link>
      </span>
    </li>
  );
}

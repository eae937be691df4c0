"use client";
/** The first cell of a group: opener, name, what it is, and its actions at the end. */
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import Link from "next/link";
import { ReasonWord } from "#components/ui/reason-word.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { isReason } from "#lib/flows/reason-words.ts";
import type { GroupRow } from "#lib/questions/answer.ts";
import { cellName } from "./cell-name.ts";
import { pathOf } from "./group-path.ts";
import { useGroupRow } from "./group-row-state.ts";
import { useGroupScale } from "./group-scale.ts";
import css from "./groups-table.module.css";

export function GroupName({ row, depth }: { readonly row: GroupRow; readonly depth: number }) {
  const { by } = useGroupScale();
  const { isHot, isOpen } = useGroupRow();
  const Opener = isOpen === true ? IconChevronDown : IconChevronRight;
  const grouping = by[depth] ?? "workload";
  const value = row.key[depth] ?? null;
  const { name, tag, detail, title, isAddress } = cellName(grouping, value, row.about);
  return (
    <span className={css.name} data-depth={depth}>
      <span className={css.opener}>{isOpen !== undefined && <Opener size={14} stroke={1.6} aria-hidden="true" />}</span>
      <span className={css.words} title={title === "" ? undefined : title}>
        {grouping === "reason" && value !== null && isReason(value) ? (
          <ReasonWord reason={value} />
        ) : (
          <bdi
            className={isAddress ? css.address : css.text}
            data-strong={depth === 0 || grouping === "port" || undefined}
            data-none={value === null || undefined}
          >
            <LongName name={name} />
          </bdi>
        )}
        {tag !== "" && <Tag>{tag}</Tag>}
        {detail !== "" && <span className={css.detail}>{detail}</span>}
      </span>
      {isHot && <Actions row={row} name={name} />}
    </span>
  );
}

/** Where room is short, a long name loses its middle and keeps the end that tells it apart. */
const KEPT_END = 8;
const LONG = 12;

function LongName({ name }: { readonly name: string }) {
  const characters = [...name];
  const kept = Math.min(KEPT_END, Math.floor(characters.length / 2));
  if (characters.length < LONG) return <span className={css.start}>{name}</span>;
  return (
    <>
      <span className={css.start}>{characters.slice(0, -kept).join("")}</span>
      <span className={css.end}>{characters.slice(-kept).join("")}</span>
    </>
  );
}

function Actions({ row, name }: { readonly row: GroupRow; readonly name: string }) {
  const { linksOf } = useGroupScale();
  const { only, exclude, flows } = linksOf(pathOf(row));
  return (
    // The row itself opens on a click; its links do only what they say.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <span className={css.actions} onClick={(event) => event.stopPropagation()}>
      <Link href={only} prefetch={false} scroll={false} aria-label={`Only ${name}`}>
        Only
      </Link>
      <Link href={exclude} prefetch={false} scroll={false} aria-label={`Exclude ${name}`}>
        Exclude
      </Link>
      <Link href={flows} prefetch={false} aria-label={`Flows of ${name}`}>
        Flows
      </Link>
    </span>
  );
}

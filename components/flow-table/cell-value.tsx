"use client";
/** One value of a row with its two actions, Only and Exclude, which appear while the row is pointed at or has the cursor. */
import type { MouseEvent, ReactNode } from "react";
import { visibleText } from "#lib/format/visible-text.ts";
import css from "./flow-table.module.css";
import { NARROW_WORDS, type NarrowCriterion, type NarrowHow, useIsHot, useNarrow } from "./narrow.ts";

interface Props {
  readonly criterion: NarrowCriterion;
  /** As the filter takes it; the empty text means "has none". */
  readonly value: string;
  readonly className?: string | undefined;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

export function CellValue({ criterion, value, className, icon, children }: Props) {
  const isHot = useIsHot();
  return (
    <span className={className === undefined ? css.value : `${css.value} ${className}`}>
      {icon}
      <span className={css.text}>{children}</span>
      {isHot && <Actions criterion={criterion} value={value} />}
    </span>
  );
}

function Actions({ criterion, value }: { readonly criterion: NarrowCriterion; readonly value: string }) {
  const narrow = useNarrow();
  const what = `${NARROW_WORDS[criterion]} ${value === "" ? "none" : visibleText(value)}`;
  const act = (how: NarrowHow) => (event: MouseEvent) => {
    event.stopPropagation();
    narrow(criterion, value, how);
  };
  return (
    <span className={css.actions}>
      <button type="button" onClick={act("only")} aria-label={`Only ${what}`}>
        Only
      </button>
      <button type="button" onClick={act("exclude")} aria-label={`Exclude ${what}`}>
        Exclude
      </button>
    </span>
  );
}

/** A long name gives up its middle when room is short: the end is what tells pods apart. */
export function LongName({ name }: { readonly name: string }) {
  if (name.length <= KEPT_END * 3) return name;
  return (
    <>
      <span className={css.start}>{name.slice(0, -KEPT_END)}</span>
      <span className={css.end}>{name.slice(-KEPT_END)}</span>
    </>
  );
}

/** An address gives up its middle, too, and keeps its port. */
export function LongAddress({ address }: { readonly address: string }) {
  const portAt = address.lastIndexOf(":");
  if (address.length <= SHORT_ADDRESS || portAt < 0) return address;
  return (
    <>
      <span className={css.start}>{address.slice(0, portAt)}</span>
      <span className={css.end}>{address.slice(portAt)}</span>
    </>
  );
}

const KEPT_END = 6;
/** An IPv4 address with its port. */
const SHORT_ADDRESS = 21;

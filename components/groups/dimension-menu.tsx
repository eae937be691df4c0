"use client";
import { capital } from "#components/ui/capital.ts";
/** One dimension of the grouping: another level, a label key, another place, or none of it. Every choice is a link. */
import { Dropdown } from "#components/ui/dropdown.tsx";
import items from "#components/ui/menu-items.module.css";
import { MenuLink } from "#components/ui/menu-link.tsx";
import { MenuUnavailable } from "#components/ui/menu-unavailable.tsx";
import type { Grouping } from "#lib/flows/dimension.ts";
import { type Unavailable, whyUnavailable } from "#lib/questions/unavailable.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";
import { levelsOf, moved, removed, replaced } from "./by-choices.ts";
import { groupingWord, sideOf } from "./dimension-words.ts";
import css from "./groups-toolbar.module.css";
import { LabelKeyField } from "./label-key-field.tsx";

interface Props {
  readonly search: Search;
  readonly by: readonly Grouping[];
  readonly at: number;
  readonly unavailable: Unavailable;
}

export function DimensionMenu({ search, by, at, unavailable }: Props) {
  const grouping = by[at];
  if (grouping === undefined) return null;
  const side = sideOf(grouping);
  const word = groupingWord(grouping);
  const href = (next: readonly Grouping[]): string => hrefOf("/groups", { ...search, by: next, open: [], row: "" });
  return (
    <Dropdown
      className={css.dimension}
      name={`${side === "" ? capital(word) : `${side} ${word}`}, change`}
      label={
        <>
          {side !== "" && <span>{side} </span>}
          <b>{side === "" ? capital(word) : word}</b>
        </>
      }
    >
      <div className={css.menu}>
        {levelsOf(grouping).map((level) => {
          const why = whyUnavailable(unavailable, level);
          return why === undefined ? (
            <MenuLink key={level} href={href(replaced(by, at, level))} isChosen={level === grouping}>
              by {groupingWord(level)}
            </MenuLink>
          ) : (
            <MenuUnavailable key={level} why={why}>
              by {groupingWord(level)}
            </MenuUnavailable>
          );
        })}
        {side === "Sender" && unavailable.label !== undefined && <MenuUnavailable why={unavailable.label}>by label</MenuUnavailable>}
        {side === "Sender" && unavailable.label === undefined && <LabelKeyField search={search} by={by} at={at} />}
        {by.length > 1 && <div className={items.rule} />}
        {at > 0 && <MenuLink href={href(moved(by, at, -1))}>Move to the left</MenuLink>}
        {at < by.length - 1 && <MenuLink href={href(moved(by, at, 1))}>Move to the right</MenuLink>}
        {by.length > 1 && <MenuLink href={href(removed(by, at))}>Take it out</MenuLink>}
      </div>
    </Dropdown>
  );
}

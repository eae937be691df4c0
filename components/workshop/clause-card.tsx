"use client";
/** One clause: its criteria with their values; a click on one opens its input in place. */
import { IconCheck, IconDots, IconX } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { Dropdown } from "#components/ui/dropdown.tsx";
import items from "#components/ui/menu-items.module.css";
import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";
import { visibleText } from "#lib/format/visible-text.ts";
import css from "./clause-card.module.css";
import { type ClausePlace, clausesOf, withClauseTurned, withNewClause, withoutClause } from "./edit-config.ts";
import { LIST_WORDS } from "./list-words.ts";
import type { Edit } from "./use-workshop.ts";
import { ValueChip } from "./value-chip.tsx";
import type { ShownClause, ShownRow, WorkshopView } from "./workshop-view.ts";

/** With all criteria and their schemas, so only fetched when somebody edits. */
const CriterionEditor = lazy(async () => ({ default: (await import("./criterion-editor.tsx")).CriterionEditor }));
const CriterionMenu = lazy(async () => ({ default: (await import("./criterion-menu.tsx")).CriterionMenu }));

interface Props {
  readonly place: ClausePlace;
  readonly clause: ShownClause;
  readonly view: WorkshopView;
  /** Which input of the pane is open. */
  readonly wanted: string | undefined;
  readonly onWanted: (wanted: string | undefined) => void;
  readonly onEdit: Edit;
}

export function ClauseCard({ place, clause, view, wanted, onWanted, onEdit }: Props) {
  const words = LIST_WORDS[place.list];
  const name = `${words.one} ${place.clause + 1}`;
  const key = (criterion: string): string => `${place.list} ${place.clause} ${criterion}`;
  const entry = view.config.entries[place.entry];
  const own = entry && clausesOf(entry, place.list)[place.clause];
  const Icon = place.list === "include" ? IconCheck : IconX;
  const opened = wanted?.startsWith(key("")) ? wanted.slice(key("").length) : undefined;
  const edited = opened === "+" ? undefined : opened;
  if (own === undefined) return null;
  const editor = (criterion: string) => (
    <Suspense fallback={<p className={css.wait}>Opening</p>}>
      <CriterionEditor place={place} clause={own} criterion={criterion} view={view} onEdit={onEdit} onClose={() => onWanted(undefined)} />
    </Suspense>
  );
  return (
    <section className={css.card} aria-label={name} data-tone={clause.tone}>
      <header className={css.head}>
        <Icon size={14} stroke={1.8} aria-hidden="true" />
        <h3>{name}</h3>
        <Dropdown
          label={<IconDots size={16} stroke={1.8} aria-hidden="true" />}
          name={`More for ${name}`}
          look="plain"
          size="icon"
          align="right"
          hasArrow={false}
        >
          <ul className={items.items}>
            <Item onDo={() => onEdit((config) => withNewClause(config, place.entry, place.list, own))}>Duplicate</Item>
            <Item onDo={() => onEdit((config) => withClauseTurned(config, place))}>{words.turn}</Item>
            <Item onDo={() => onEdit((config) => withoutClause(config, place))}>Remove</Item>
          </ul>
        </Dropdown>
      </header>
      {clause.rows.length === 0 && edited === undefined && (
        <p className={css.all}>
          {place.list === "include" ? "Everything: no criterion narrows it." : "Everything: nothing would be logged."}
        </p>
      )}
      {clause.rows.map(
        (row) => row.criterion !== edited && <Row key={row.criterion} row={row} onOpen={() => onWanted(key(row.criterion))} />,
      )}
      {/* always here: a criterion without values has no row, and its input must not lose the caret */}
      {edited !== undefined && editor(edited)}
      <div className={css.foot}>
        {opened === "+" ? (
          <Suspense fallback={<p className={css.wait}>Opening</p>}>
            <CriterionMenu
              target={view.target}
              used={clause.rows.map(({ criterion }) => criterion)}
              onChoose={(criterion) => onWanted(key(criterion))}
              onClose={() => onWanted(undefined)}
            />
          </Suspense>
        ) : (
          <button type="button" className={css.add} onClick={() => onWanted(key("+"))}>
            Add a criterion
          </button>
        )}
      </div>
    </section>
  );
}

const MOST_VALUES = 12;

function Row({ row, onOpen }: { readonly row: ShownRow; readonly onOpen: () => void }) {
  const more = row.values.length - MOST_VALUES;
  return (
    <div className={css.row}>
      <span className={css.label} title={row.criterion}>
        {visibleText(row.label, 60)}
      </span>
      <button type="button" className={css.values} onClick={onOpen}>
        <VisuallyHidden>Edit {row.label}: </VisuallyHidden>
        {row.values.length === 0 && <ValueChip value={{ text: "none", note: "not set", tone: row.tone }} />}
        {row.values.slice(0, MOST_VALUES).map((value, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: values may be double
          <ValueChip key={index} value={value} />
        ))}
        {more > 0 && <span className={css.more}>and {more} more</span>}
      </button>
    </div>
  );
}

function Item({ onDo, children }: { readonly onDo: () => void; readonly children: string }) {
  return (
    <li>
      <button type="button" className={items.item} data-closes onClick={onDo}>
        {children}
      </button>
    </li>
  );
}

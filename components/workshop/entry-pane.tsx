"use client";
/** The left pane: which entry, where it writes, and its clauses as cards. */
import { IconPlus } from "@tabler/icons-react";
import { Fragment, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { visibleText } from "#lib/format/visible-text.ts";
import { ClauseCard } from "./clause-card.tsx";
import { withNewClause, withNewEntry } from "./edit-config.ts";
import css from "./entry-pane.module.css";
import { EntrySettings } from "./entry-settings.tsx";
import { LIST_WORDS } from "./list-words.ts";
import { newEntry } from "./template-named.ts";
import type { Edit } from "./use-workshop.ts";
import frame from "./workshop.module.css";
import type { WorkshopView } from "./workshop-view.ts";

interface Props {
  readonly view: WorkshopView;
  readonly entry: number;
  readonly onEntry: (entry: number) => void;
  readonly onEdit: Edit;
}

const LISTS = ["include", "exclude"] as const;

export function EntryPane({ view, entry: at, onEntry, onEdit }: Props) {
  const [wanted, setWanted] = useState<string>();
  const shown = view.entries[at];
  const entry = view.config.entries[at];
  function addEntry(): void {
    onEdit((config) => withNewEntry(config, newEntry(view.target)), { entry: view.entries.length });
  }
  return (
    <section className={frame.pane} aria-label="Entries">
      <div className={frame.head} data-side="left">
        <h2>{view.entries.length > 1 ? "Entries" : "Entry"}</h2>
        <div className={frame.end}>
          <Button look="plain" size="small" onClick={addEntry}>
            <IconPlus size={14} stroke={1.6} aria-hidden="true" />
            Entry
          </Button>
        </div>
      </div>
      <div className={frame.body}>
        <div className={css.inside}>
          {view.entries.length > 0 && (
            <fieldset className={css.entries} aria-label="Entry">
              {view.entries.map(({ name }, index) => (
                <button
                  // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place; names may be double
                  key={index}
                  type="button"
                  aria-pressed={index === at}
                  title={visibleText(name)}
                  onClick={() => onEntry(index)}
                >
                  {name === "" ? "no name" : visibleText(name, 60)}
                </button>
              ))}
            </fieldset>
          )}
          {shown === undefined || entry === undefined ? (
            <p className={css.nothing}>
              {view.verdict.isAccepted
                ? "No entry: an agent that reads this removes every exporter it has. Add an entry, or start from a template."
                : view.findings[0]?.kind === "too-much"
                  ? "No cards: this is more than Weir reads. The text is kept as it came. Bring a part of it, or start from a template."
                  : "No cards: the text cannot be read, and an agent would keep what it has. Mend the text, or start from a template."}
            </p>
          ) : (
            <>
              <EntrySettings key={`${at} ${entry.name} ${entry.filePath}`} view={view} at={at} onEdit={onEdit} />
              {LISTS.map((list) => (
                <Fragment key={list}>
                  <p className={css.list}>
                    <b>{LIST_WORDS[list].head}</b> {LIST_WORDS[list].rest(shown[list].length)}
                  </p>
                  {shown[list].map((clause, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a clause is its place
                    <Fragment key={index}>
                      {index > 0 && <div className={css.or}>or</div>}
                      <ClauseCard
                        place={{ entry: at, list, clause: index }}
                        clause={clause}
                        view={view}
                        wanted={wanted}
                        onWanted={setWanted}
                        onEdit={onEdit}
                      />
                    </Fragment>
                  ))}
                  <button
                    type="button"
                    className={css.add}
                    onClick={() => {
                      onEdit((config) => withNewClause(config, at, list, {}));
                      setWanted(`${list} ${shown[list].length} +`);
                    }}
                  >
                    <IconPlus size={14} stroke={1.6} aria-hidden="true" />
                    {LIST_WORDS[list].add}
                  </button>
                </Fragment>
              ))}
            </>
          )}
        </div>
      </div>
    </section>
  );
}

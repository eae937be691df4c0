"use client";
/** What an entry is called, where it writes and which fields: shown as two lines, edited in place. */
import { lazy, type ReactNode, Suspense, useState } from "react";
import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";
import { withEntry, withoutEntry } from "./edit-config.ts";
import css from "./entry-settings.module.css";
import type { Edit } from "./use-workshop.ts";
import { ValueChip } from "./value-chip.tsx";
import type { WorkshopView } from "./workshop-view.ts";

const SettingsForm = lazy(async () => ({ default: (await import("./settings-form.tsx")).SettingsForm }));

interface Props {
  readonly view: WorkshopView;
  readonly at: number;
  readonly onEdit: Edit;
}

export function EntrySettings({ view, at, onEdit }: Props) {
  const [isOpen, setOpen] = useState(false);
  const shown = view.entries[at];
  const entry = view.config.entries[at];
  if (shown === undefined || entry === undefined) return null;
  if (isOpen) {
    return (
      <section className={css.card} aria-label="Entry settings">
        <Suspense fallback={<p className={css.wait}>Opening</p>}>
          <SettingsForm
            entry={entry}
            target={view.target}
            onChange={(change) => onEdit((config) => withEntry(config, at, change))}
            onRemove={() => onEdit((config) => withoutEntry(config, at), { entry: Math.max(0, at - 1) })}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      </section>
    );
  }
  const mask = entry.fieldMask.length === 0 ? "all" : `${entry.fieldMask.length} of the flow's fields`;
  return (
    <section className={css.card} aria-label="Entry settings">
      <Line label="Name" onOpen={() => setOpen(true)}>
        <ValueChip value={{ text: entry.name === "" ? "no name" : entry.name, note: "", tone: shown.nameTone }} />
      </Line>
      <Line label="Writes to" onOpen={() => setOpen(true)}>
        <ValueChip value={{ text: entry.filePath === "" ? "no path" : entry.filePath, note: "", tone: shown.pathTone }} />
        <span className={css.note}>{shown.pathNote}</span>
      </Line>
      <Line label="Fields" onOpen={() => setOpen(true)}>
        <ValueChip value={{ text: mask, note: "", tone: undefined }} />
        {entry.end !== undefined && <ValueChip value={{ text: entry.end, note: "ends", tone: undefined }} />}
        {entry.fieldAggregate && entry.fieldAggregate.length > 0 && (
          <ValueChip value={{ text: entry.aggregationInterval ?? "no interval", note: "aggregated", tone: undefined }} />
        )}
      </Line>
    </section>
  );
}

function Line({ label, onOpen, children }: { readonly label: string; readonly onOpen: () => void; readonly children: ReactNode }) {
  return (
    <div className={css.line}>
      <span className={css.label}>{label}</span>
      <button type="button" className={css.values} onClick={onOpen}>
        <VisuallyHidden>Edit {label.toLowerCase()}: </VisuallyHidden>
        {children}
      </button>
    </div>
  );
}

"use client";
/** Everything of an entry that is no clause: name, path, end, fields, rotation, aggregation. Fields are taken when they are left. */
import { useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ENTRY_KEYS, type EntryKey, type ExporterEntry, isAtLeast, type TargetVersion } from "#lib/exporter/config.ts";
import { safeFilePath } from "#lib/exporter/templates.ts";
import { MASKS, maskOf } from "./masks.ts";
import css from "./settings-form.module.css";

interface Props {
  readonly entry: ExporterEntry;
  readonly target: TargetVersion;
  readonly onChange: (change: Partial<ExporterEntry>) => void;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

export function SettingsForm({ entry, target, onChange, onRemove, onClose }: Props) {
  const rest = { target };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape in any field closes the form
    <div
      className={css.form}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <Line
        {...rest}
        of="name"
        label="Name"
        value={entry.name}
        note="Unique; it names the exporter in logs and metrics."
        onTake={(name) => onChange({ name })}
      />
      <Line
        {...rest}
        of="filePath"
        label="Writes to"
        value={entry.filePath}
        known={[safeFilePath(entry.name, target), `/var/run/cilium/hubble/${entry.name}.log`]}
        note="The word stdout for the container log, or a path on the node; unique."
        onTake={(filePath) => onChange({ filePath })}
      />
      <Line
        {...rest}
        of="end"
        label="Ends"
        value={entry.end ?? ""}
        placeholder="2026-12-31T00:00:00Z"
        note="From then on nothing is written."
        onTake={(end) => onChange({ end: end === "" ? undefined : end })}
      />
      <MaskLine entry={entry} target={target} onChange={onChange} />
      <Line
        {...rest}
        of="fileMaxSizeMb"
        label="File size"
        value={numberText(entry.fileMaxSizeMb)}
        placeholder="10"
        note="MB, then a new file."
        pattern="\d*"
        onTake={(text) => onChange({ fileMaxSizeMb: numberOf(text) })}
      />
      <Line
        {...rest}
        of="fileMaxBackups"
        label="Old files"
        value={numberText(entry.fileMaxBackups)}
        placeholder="5"
        note="How many are kept."
        pattern="\d*"
        onTake={(text) => onChange({ fileMaxBackups: numberOf(text) })}
      />
      <label className={css.check}>
        <input
          type="checkbox"
          checked={entry.fileCompress === true}
          onChange={(event) => onChange({ fileCompress: event.target.checked || undefined })}
        />
        Compress old files <Since of="fileCompress" target={target} />
      </label>
      <Line
        {...rest}
        of="fieldAggregate"
        label="Aggregate by"
        value={(entry.fieldAggregate ?? []).join(" ")}
        placeholder="source.namespace IP.destination"
        note="Flows alike in these fields become one line per interval."
        onTake={(text) => onChange({ fieldAggregate: listOf(text) })}
      />
      <Line
        {...rest}
        of="aggregationInterval"
        label="Interval"
        value={entry.aggregationInterval ?? ""}
        placeholder="30s"
        note="As Go writes durations."
        onTake={(text) => onChange({ aggregationInterval: text === "" ? undefined : text })}
      />
      <div className={css.foot}>
        <Button size="small" onClick={onClose}>
          Done
        </Button>
        <Button size="small" look="plain" onClick={onRemove}>
          Remove entry
        </Button>
      </div>
    </div>
  );
}

interface LineProps {
  readonly of: EntryKey;
  readonly target: TargetVersion;
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly placeholder?: string;
  readonly pattern?: string;
  readonly known?: readonly string[];
  readonly onTake: (text: string) => void;
}

function Line({ of, target, label, value, note, placeholder, pattern, known = [], onTake }: LineProps) {
  const [typed, setTyped] = useState(value);
  const id = useId();
  function take(text: string): void {
    const clean = text.trim();
    const isWrong = pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(clean);
    if (isWrong) setTyped(value);
    else if (clean !== value) onTake(clean);
  }
  return (
    <div className={css.line}>
      <label htmlFor={id}>
        {label} <Since of={of} target={target} />
      </label>
      <input
        id={id}
        aria-describedby={`${id}note`}
        value={typed}
        placeholder={placeholder}
        list={known.length > 0 ? `${id}known` : undefined}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => take(typed)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          take(typed);
        }}
      />
      {known.length > 0 && (
        <datalist id={`${id}known`}>
          {[...new Set(known)].map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
      <small id={`${id}note`}>{note}</small>
    </div>
  );
}

function MaskLine({ entry, target, onChange }: Pick<Props, "entry" | "target" | "onChange">) {
  const id = useId();
  const chosen = maskOf(entry.fieldMask, target);
  return (
    <>
      <div className={css.line}>
        <label htmlFor={id}>Fields</label>
        <select
          id={id}
          value={chosen}
          onChange={(event) => {
            const mask = MASKS.find(({ name }) => name === event.target.value);
            if (mask !== undefined) onChange({ fieldMask: mask.paths(target) });
          }}
        >
          {MASKS.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
          {chosen === "own" && <option value="own">A list of your own</option>}
        </select>
        <small>{MASKS.find(({ name }) => name === chosen)?.about ?? "Filters see the whole flow; only what is written is masked."}</small>
      </div>
      <Line
        of="fieldMask"
        target={target}
        key={entry.fieldMask.join(" ")}
        label="Field list"
        value={entry.fieldMask.join(" ")}
        placeholder="all"
        note="Names of the flow message, such as source.pod_name, separated by spaces."
        onTake={(text) => onChange({ fieldMask: listOf(text) })}
      />
    </>
  );
}

function Since({ of, target }: { readonly of: EntryKey; readonly target: TargetVersion }) {
  const since = ENTRY_KEYS[of];
  if (since === "1.15") return null;
  return <small data-new={!isAtLeast(target, since)}>{isAtLeast(target, since) ? `since ${since}` : `needs ${since}`}</small>;
}

function numberText(value: number | undefined): string {
  return value === undefined ? "" : String(value);
}

function numberOf(text: string): number | undefined {
  return text === "" ? undefined : Number(text);
}

function listOf(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((one) => one !== "");
}

"use client";
/** "Add a filter": the field is here at once and takes what is typed; what it suggests arrives when it is first wanted. */
import { type ComponentType, useEffect, useRef, useState } from "react";
import { useHotkey } from "#components/shell/use-hotkey.ts";
import { KeyHint } from "#components/ui/key-hint.tsx";
import type { Search } from "#lib/url/search.ts";
import css from "./add-filter.module.css";
import { onAskForValue, type WantedValue } from "./ask-for-value.ts";

interface Props {
  readonly path: string;
  readonly search: Search;
}

type FieldProps = Props & {
  readonly wanted: WantedValue | undefined;
  readonly early: string;
  readonly onClose: (isByKey: boolean) => void;
};

export function AddFilter({ path, search }: Props) {
  const [isWanted, setWanted] = useState(false);
  const [wanted, setValue] = useState<WantedValue>();
  const [early, setEarly] = useState("");
  const [Field, setField] = useState<ComponentType<FieldProps>>();
  const opener = useRef<HTMLButtonElement>(null);
  async function load(): Promise<void> {
    const { FilterField } = await import("./filter-field.tsx");
    setField(() => FilterField);
  }
  function open(): void {
    setWanted(true);
    void load();
  }
  useHotkey({ key: "/" }, open);
  useEffect(
    () =>
      onAskForValue((value) => {
        setValue(value);
        setWanted(true);
        void import("./filter-field.tsx").then(({ FilterField }) => setField(() => FilterField));
      }),
    [],
  );
  function close(isByKey: boolean): void {
    setWanted(false);
    setValue(undefined);
    setEarly("");
    if (isByKey) requestAnimationFrame(() => opener.current?.focus());
  }
  if (isWanted && Field !== undefined) return <Field path={path} search={search} wanted={wanted} early={early} onClose={close} />;
  if (isWanted) {
    return (
      <div className={css.field}>
        <div className={css.box}>
          {/* biome-ignore lint/a11y/noAutofocus: the field stands where the button was that was just pressed */}
          <input autoFocus aria-label="Add a filter" value={early} onChange={(event) => setEarly(event.target.value)} />
        </div>
      </div>
    );
  }
  return (
    <button ref={opener} type="button" className={css.opener} aria-keyshortcuts="/" onPointerEnter={load} onClick={open}>
      Add a filter <KeyHint keys="/" />
    </button>
  );
}

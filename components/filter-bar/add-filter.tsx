"use client";
/** "Add a filter": the field is here at once, what it suggests arrives when it gets the caret. */
import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import { useHotkey } from "#components/shell/use-hotkey.ts";
import { KeyHint } from "#components/ui/key-hint.tsx";
import type { Search } from "#lib/url/search.ts";
import css from "./add-filter.module.css";
import { onAskForValue, type WantedValue } from "./ask-for-value.ts";

const FilterField = dynamic(() => import("./filter-field.tsx").then((module) => module.FilterField), { ssr: false });

interface Props {
  readonly path: string;
  readonly search: Search;
}

export function AddFilter({ path, search }: Props) {
  const [isWanted, setWanted] = useState(false);
  const [wanted, setValue] = useState<WantedValue>();
  const opener = useRef<HTMLButtonElement>(null);
  useHotkey({ key: "/" }, () => setWanted(true));
  useEffect(
    () =>
      onAskForValue((value) => {
        setValue(value);
        setWanted(true);
      }),
    [],
  );
  function close(isByKey: boolean): void {
    setWanted(false);
    setValue(undefined);
    if (isByKey) requestAnimationFrame(() => opener.current?.focus());
  }
  if (isWanted) return <FilterField path={path} search={search} wanted={wanted} onClose={close} />;
  return (
    <button ref={opener} type="button" className={css.opener} aria-keyshortcuts="/" onClick={() => setWanted(true)}>
      Add a filter <KeyHint keys="/" />
    </button>
  );
}

"use client";
/** Single keys that work anywhere on the page, but never while somebody types or a dialog or menu is open. */
import { useEffect, useEffectEvent } from "react";

const BUSY = "input, textarea, select, dialog, [contenteditable], [role=dialog], [role=menu], [role=listbox], [role=combobox]";
const OPEN_ABOVE = "[role=dialog][aria-modal=true], dialog[open], [role=menu], :popover-open";

/** Keys in lower case, as `KeyboardEvent.key` says them. */
export function usePageKeys(acts: { readonly [key: string]: () => void }): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target instanceof Element && event.target.closest(BUSY) !== null) return;
    if (document.querySelector(OPEN_ABOVE) !== null) return;
    const key = event.key.toLowerCase();
    if (!Object.hasOwn(acts, key)) return;
    event.preventDefault();
    acts[key]?.();
  });
  useEffect(() => {
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

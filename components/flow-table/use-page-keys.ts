"use client";
/** Single keys that work anywhere on the page, but never while somebody types or a dialog or menu is open. */
import { useEffect, useEffectEvent } from "react";

const BUSY = "input, textarea, select, dialog, [contenteditable], [role=dialog], [role=menu], [role=listbox], [role=combobox]";

/** `act` returns whether the key was for it. */
export function usePageKeys(act: (key: string) => boolean): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target instanceof Element && event.target.closest(BUSY) !== null) return;
    if (document.querySelector("[role=dialog][aria-modal=true], dialog[open]") !== null) return;
    if (act(event.key)) event.preventDefault();
  });
  useEffect(() => {
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

"use client";
/** Calls back on a key anywhere on the page, except while somebody types. */
import { useEffect, useEffectEvent } from "react";

export interface Hotkey {
  /** As `KeyboardEvent.key` says it: `k`, `/`, `?`. */
  readonly key: string;
  /** With Ctrl, or Cmd on a Mac; such keys work while typing too. */
  readonly isCommand?: boolean;
}

export function useHotkey({ key, isCommand = false }: Hotkey, act: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== key || event.defaultPrevented || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) !== isCommand) return;
    if (!isCommand && isTyping(event.target)) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest("input, textarea, select, dialog") !== null);
}

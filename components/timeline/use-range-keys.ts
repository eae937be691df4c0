"use client";
/** Z and Enter zoom into the chosen range, Esc leaves it, wherever the focus is but in a text field. */
import { useEffect, useEffectEvent } from "react";

export function useRangeKeys(isChosen: boolean, onZoom: () => void, onLeave: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    const isZoom = event.key.toLowerCase() === "z" || (event.key === "Enter" && !isControl(event.target));
    if (isZoom) onZoom();
    else if (event.key === "Escape") onLeave();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    if (!isChosen) return;
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [isChosen]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("a, button, summary, [role=menuitem]");
}

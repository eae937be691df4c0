"use client";
/** Placeholder until the palette is drawn. */
import type { Search } from "#lib/url/search.ts";

export function Palette(_: { readonly search: Search; readonly isOpen: boolean; readonly onClose: () => void }) {
  return null;
}

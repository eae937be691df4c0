"use client";
/** The field-like button that opens the palette, and Ctrl K; the palette itself arrives when first asked for. */
import { IconSearch } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { KeyHint } from "#components/ui/key-hint.tsx";
import type { Search } from "#lib/url/search.ts";
import css from "./header.module.css";
import { useHotkey } from "./use-hotkey.ts";

const Palette = dynamic(() => import("#components/palette/palette.tsx").then((module) => module.Palette), { ssr: false });

export function PaletteButton({ search }: { readonly search: Search }) {
  const [isOpen, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);
  function open(): void {
    setWanted(true);
    setOpen(true);
  }
  useHotkey({ key: "k", isCommand: true }, open);
  return (
    <>
      <button type="button" className={css.find} onClick={open} aria-haspopup="dialog" aria-keyshortcuts="Control+K Meta+K">
        <IconSearch size={14} stroke={1.5} aria-hidden="true" />
        <span>Find a pod, group, address or page</span>
        <KeyHint keys="Ctrl K" />
      </button>
      {isWanted && <Palette search={search} isOpen={isOpen} onClose={() => setOpen(false)} />}
    </>
  );
}

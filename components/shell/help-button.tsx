"use client";
/** The `?` of the header and of the keyboard; the list itself arrives when asked for. */
import { IconHelpCircle } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { useHotkey } from "./use-hotkey.ts";

const KeyboardList = dynamic(() => import("./keyboard-list.tsx").then((module) => module.KeyboardList), { ssr: false });

export function HelpButton() {
  const [isOpen, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);
  function open(): void {
    setWanted(true);
    setOpen(true);
  }
  useHotkey({ key: "?" }, open);
  return (
    <>
      <Button look="plain" size="icon" aria-label="Keyboard and help" title="Keyboard and help (?)" aria-haspopup="dialog" onClick={open}>
        <IconHelpCircle size={16} stroke={1.5} />
      </Button>
      {isWanted && <KeyboardList isOpen={isOpen} onClose={() => setOpen(false)} />}
    </>
  );
}

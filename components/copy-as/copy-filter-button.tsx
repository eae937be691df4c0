"use client";
/** The face of "Copy filter", and how copying went. */
import { IconCheck, IconChevronDown, IconCopy } from "@tabler/icons-react";
import type { ComponentProps } from "react";
import { Button } from "#components/ui/button.tsx";
import type { Copied } from "./use-copy.ts";

const WORDS: { readonly [C in Copied]: string } = { no: "Copy filter", done: "Copied", failed: "Not copied" };

type Props = Omit<ComponentProps<typeof Button>, "children"> & { readonly copied: Copied };

export function CopyFilterButton({ copied, ...rest }: Props) {
  return (
    <Button {...rest} look="plain">
      {copied === "done" ? <IconCheck size={14} stroke={1.8} aria-hidden /> : <IconCopy size={14} stroke={1.5} aria-hidden />}
      <span aria-live="polite">{WORDS[copied]}</span>
      <IconChevronDown size={12} stroke={1.8} aria-hidden />
    </Button>
  );
}

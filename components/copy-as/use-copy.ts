"use client";
/** Copying text, and how it went, for as long as a person needs to see it. */
import { useCallback, useEffect, useRef, useState } from "react";
import { copyText } from "#components/ui/copy-text.ts";

export type Copied = "no" | "done" | "failed";

const SHOWN_MS = 1600;

export function useCopy(): { readonly copied: Copied; readonly copy: (text: string) => void } {
  const [copied, setCopied] = useState<Copied>("no");
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = useCallback((text: string) => {
    void copyText(text).then((isDone) => {
      setCopied(isDone ? "done" : "failed");
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopied("no"), SHOWN_MS);
    });
  }, []);
  return { copied, copy };
}

"use client";
/** A field for a configuration. Browsers lay out what is put into one line by line, which takes minutes for a long text: it goes in at once here. */
import { type ClipboardEvent, useEffect, useEffectEvent, useRef } from "react";
import css from "./paste-dialog.module.css";

interface Props {
  readonly label: string;
  readonly text: string;
  /** Also more than a field should hold: the caller keeps that elsewhere. */
  readonly onText: (text: string) => void;
  readonly onFile: (file: File) => void;
  /** More than this is not laid out in the field. */
  readonly most: number;
}

/** Shorter texts come in the browser's own way, which can be undone. */
const SLOW_LETTERS = 2_000;

export function PasteField({ label, text, onText, onFile, most }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  function put(fresh: string): void {
    const area = field.current;
    if (area === null) return;
    const { selectionStart: from, selectionEnd: to, value } = area;
    const next = value.slice(0, from) + fresh + value.slice(to);
    if (next.length <= most) {
      area.setRangeText(fresh, from, to, "end");
      area.scrollTop = 0;
    }
    onText(next);
  }
  const onBeforeInput = useEffectEvent((event: InputEvent) => {
    if (event.data === null || event.data.length < SLOW_LETTERS || !event.cancelable) return;
    event.preventDefault();
    put(event.data);
  });
  useEffect(() => {
    const area = field.current;
    // React's own onBeforeInput is made of other events, and comes when it is too late to prevent
    area?.addEventListener("beforeinput", onBeforeInput);
    return () => area?.removeEventListener("beforeinput", onBeforeInput);
  }, []);
  function onPaste(event: ClipboardEvent): void {
    const fresh = event.clipboardData.getData("text/plain");
    const [file] = event.clipboardData.files;
    if (fresh === "" && file !== undefined) {
      event.preventDefault();
      onFile(file);
    } else if (fresh.length >= SLOW_LETTERS) {
      event.preventDefault();
      put(fresh);
    }
  }
  return (
    <textarea
      ref={field}
      className={css.text}
      aria-label={label}
      value={text}
      spellCheck={false}
      autoComplete="off"
      placeholder={"flowLogs:\n  - name: …"}
      onPaste={onPaste}
      onChange={(event) => onText(event.target.value)}
    />
  );
}

"use client";
/** Where an existing configuration comes in: pasted, chosen as a file, or dropped. */
import { IconUpload } from "@tabler/icons-react";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { formatBytes } from "#lib/format/format-bytes.ts";
import { HeldText } from "./held-text.tsx";
import css from "./paste-dialog.module.css";
import { PasteField } from "./paste-field.tsx";
import { MOST_IN_FIELD, type PastedText, pastedText, retyped, startInField, wholeText } from "./pasted-text.ts";
import { readFileText } from "./read-file-text.ts";

interface Props {
  /** What the field begins with. */
  readonly text: string;
  readonly onOpen: (text: string) => void;
  readonly onClose: () => void;
}

export function PasteDialog({ text: given, onOpen, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const [held, setHeld] = useState(() => pastedText(given));
  const [trouble, setTrouble] = useState("");
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const { inField, behind } = held;
  const isEmpty = useMemo(() => !/\S/.test(wholeText(held)), [held]);
  function take(next: PastedText): void {
    setTrouble("");
    setHeld(next);
  }
  async function takeFile(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    const read = await readFileText(file);
    if (read.text === undefined) setTrouble(read.trouble);
    else take(pastedText(read.text));
  }
  return (
    <dialog
      ref={dialog}
      className={css.dialog}
      aria-labelledby={title}
      onClose={onClose}
      onPaste={(event) => {
        // with the text kept aside there is no field that a paste could go to
        const fresh = event.clipboardData.getData("text/plain");
        if (inField === undefined && fresh !== "") take(pastedText(fresh));
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void takeFile(event.dataTransfer.files[0]);
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onOpen(wholeText(held));
          dialog.current?.close();
        }}
      >
        <h2 id={title}>Bring a configuration</h2>
        <p className={css.about}>
          A whole ConfigMap, flowlogs.yaml alone, Helm values, or what kubectl get cm -o yaml prints. It is read here, and nothing is sent
          to a cluster.
        </p>
        {inField === undefined ? (
          <HeldText text={behind} onEditStart={() => take(startInField(held))} onDrop={() => take(pastedText(""))} />
        ) : (
          <PasteField
            label="Configuration"
            text={inField}
            most={MOST_IN_FIELD}
            onText={(text) => take(retyped(held, text))}
            onFile={(file) => void takeFile(file)}
          />
        )}
        {inField !== undefined && behind !== "" && (
          <p className={css.behind} role="status">
            <b>{formatBytes(new Blob([behind]).size)}</b> follow this start, unchanged.{" "}
            <Button size="small" look="plain" onClick={() => take(pastedText(""))}>
              Drop this text
            </Button>
          </p>
        )}
        {trouble !== "" && (
          <p className={css.trouble} role="alert">
            {trouble}
          </p>
        )}
        <div className={css.foot}>
          <label className={css.file}>
            <IconUpload size={14} stroke={1.5} aria-hidden="true" />
            Choose a file
            <input type="file" accept=".yaml,.yml,.json,.txt,text/*" onChange={(event) => void takeFile(event.target.files?.[0])} />
          </label>
          <Button look="plain" onClick={() => dialog.current?.close()}>
            Cancel
          </Button>
          <button type="submit" className={css.open} disabled={isEmpty}>
            Read it
          </button>
        </div>
      </form>
    </dialog>
  );
}

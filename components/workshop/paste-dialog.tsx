"use client";
/** Where an existing configuration comes in: pasted, chosen as a file, or dropped. */
import { IconUpload } from "@tabler/icons-react";
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { formatBytes } from "#lib/format/format-bytes.ts";
import css from "./paste-dialog.module.css";
import { readFileText } from "./read-file-text.ts";

interface Props {
  /** What the field begins with. */
  readonly text: string;
  readonly onOpen: (text: string) => void;
  readonly onClose: () => void;
}

/** Longer text is not drawn in a field: laying out megabytes of it would stop the page. */
const MOST_IN_FIELD = 200_000;

export function PasteDialog({ text: given, onOpen, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const [text, setText] = useState(given.length > MOST_IN_FIELD ? "" : given);
  const [held, setHeld] = useState("");
  const [trouble, setTrouble] = useState("");
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const whole = held === "" ? text : held;
  function take(next: string): void {
    setTrouble("");
    setHeld(next.length > MOST_IN_FIELD ? next : "");
    setText(next.length > MOST_IN_FIELD ? "" : next);
  }
  async function takeFile(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    const read = await readFileText(file);
    if (read.text === undefined) setTrouble(read.trouble);
    else take(read.text);
  }
  return (
    <dialog
      ref={dialog}
      className={css.dialog}
      aria-labelledby={title}
      onClose={onClose}
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
          onOpen(whole);
          dialog.current?.close();
        }}
      >
        <h2 id={title}>Bring a configuration</h2>
        <p className={css.about}>
          A whole ConfigMap, flowlogs.yaml alone, Helm values, or what kubectl get cm -o yaml prints. It is read here, and nothing is sent
          to a cluster.
        </p>
        {held === "" ? (
          <textarea
            className={css.text}
            aria-label="Configuration"
            value={text}
            spellCheck={false}
            autoComplete="off"
            placeholder={"flowLogs:\n  - name: …"}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData("text/plain");
              if (pasted.length <= MOST_IN_FIELD) return;
              event.preventDefault();
              take(pasted);
            }}
            onChange={(event) => take(event.target.value)}
          />
        ) : (
          <div className={css.text} role="status">
            <p>{formatBytes(held.length)} of text are held here, too much to show in a field.</p>
            <Button size="small" onClick={() => take("")}>
              Drop it
            </Button>
          </div>
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
          <button type="submit" className={css.open} disabled={whole.trim() === ""}>
            Read it
          </button>
        </div>
      </form>
    </dialog>
  );
}

"use client";
/** Copies a text and says so in place for two seconds, to eyes and to screen readers. */
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "./button.tsx";
import css from "./copy-button.module.css";
import { copyText } from "./copy-text.ts";

interface Props {
  /** A function where the text is only known at the click. */
  readonly text: string | (() => string);
  readonly children: ReactNode;
  readonly look?: "bordered" | "plain";
  readonly size?: "small";
  readonly icon?: ReactNode;
}

export function CopyButton({ text, children, look = "plain", size, icon }: Props) {
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (said === "") return;
    const timer = setTimeout(() => setSaid(""), 2000);
    return () => clearTimeout(timer);
  }, [said]);
  async function copy(): Promise<void> {
    const isCopied = await copyText(typeof text === "string" ? text : text());
    setSaid(isCopied ? "Copied" : "Copying is not allowed here");
  }
  return (
    <Button look={look} size={size} onClick={copy}>
      {said === "Copied" ? <IconCheck size={14} stroke={1.6} /> : (icon ?? <IconCopy size={14} stroke={1.5} />)}
      <span className={css.words}>
        <span data-hidden={said !== ""}>{children}</span>
        <span className={css.said} role="status">
          {said}
        </span>
      </span>
    </Button>
  );
}

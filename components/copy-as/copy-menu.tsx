"use client";
/** "Copy as": one click puts the chosen text on the clipboard and says so in place. */
import { Menu } from "@mantine/core";
import { IconCheck, IconChevronDown, IconCopy } from "@tabler/icons-react";
import { Button } from "#components/ui/button.tsx";
import { KeyHint } from "#components/ui/key-hint.tsx";
import css from "./copy-menu.module.css";
import type { CopyText } from "./copy-texts.ts";
import { type Copied, useCopy } from "./use-copy.ts";

interface Props {
  /** Asked when the menu opens, with the page's own address, which only a browser knows. */
  readonly texts: (link: string) => readonly CopyText[];
}

export function CopyMenu({ texts }: Props) {
  const { copied, copy } = useCopy();
  return (
    <Menu position="top-end" width={224} shadow="none" classNames={{ dropdown: css.dropdown, item: css.item }}>
      <Menu.Target>
        <Button>
          {copied === "done" ? <IconCheck size={14} stroke={1.8} aria-hidden /> : <IconCopy size={14} stroke={1.6} aria-hidden />}
          <span aria-live="polite">{WORDS[copied]}</span>
          <IconChevronDown size={12} stroke={1.8} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Items texts={texts} onCopy={copy} />
      </Menu.Dropdown>
    </Menu>
  );
}

const WORDS: { readonly [C in Copied]: string } = { no: "Copy as", done: "Copied", failed: "Not copied" };

function Items({ texts, onCopy }: Props & { readonly onCopy: (text: string) => void }) {
  return texts(globalThis.location.href).map(({ id, title, text }) => (
    <Menu.Item key={id} onClick={() => onCopy(text)} rightSection={id === "link" ? <KeyHint keys="C" /> : undefined}>
      {title}
    </Menu.Item>
  ));
}

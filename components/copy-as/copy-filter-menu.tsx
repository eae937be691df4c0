"use client";
/** "Copy filter": the filter of the page in the languages of other tools, and why it cannot be said in one of them. */
import { Menu } from "@mantine/core";
import { IconCheck, IconChevronDown, IconCopy } from "@tabler/icons-react";
import { Button } from "#components/ui/button.tsx";
import css from "./copy-menu.module.css";
import type { FilterCopy } from "./filter-copy.ts";
import { type Copied, useCopy } from "./use-copy.ts";

const WORDS: { readonly [C in Copied]: string } = { no: "Copy filter", done: "Copied", failed: "Not copied" };

export function CopyFilterMenu({ copies }: { readonly copies: readonly FilterCopy[] }) {
  const { copied, copy } = useCopy();
  return (
    <Menu position="bottom-end" width={264} shadow="none" classNames={{ dropdown: css.dropdown, item: css.item }}>
      <Menu.Target>
        <Button look="plain">
          {copied === "done" ? <IconCheck size={14} stroke={1.8} aria-hidden /> : <IconCopy size={14} stroke={1.5} aria-hidden />}
          <span aria-live="polite">{WORDS[copied]}</span>
          <IconChevronDown size={12} stroke={1.8} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {copies.map(({ id, title, text, refusal }) =>
          text === undefined ? (
            <Menu.Item key={id} className={css.refused} aria-disabled closeMenuOnClick={false}>
              {title}
              <span className={css.reason}>{refusal}</span>
            </Menu.Item>
          ) : (
            <Menu.Item key={id} onClick={() => copy(text)}>
              {title}
            </Menu.Item>
          ),
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

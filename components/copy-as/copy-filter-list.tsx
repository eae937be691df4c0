"use client";
/** The menu behind "Copy filter", open as it arrives: one row for each language, and why the filter cannot be said in one of them. */
import { Menu } from "@mantine/core";
import { CopyFilterButton } from "./copy-filter-button.tsx";
import css from "./copy-menu.module.css";
import type { FilterCopy } from "./filter-copy.ts";
import { useCopy } from "./use-copy.ts";

export function CopyFilterList({ copies }: { readonly copies: readonly FilterCopy[] }) {
  const { copied, copy } = useCopy();
  return (
    <Menu defaultOpened position="bottom-end" width={264} shadow="none" classNames={{ dropdown: css.dropdown, item: css.item }}>
      <Menu.Target>
        <CopyFilterButton copied={copied} />
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

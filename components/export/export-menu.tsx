"use client";
/** The filtered rows as a file: fields are the columns on screen, and the cap is said before the click. */
import { IconDownload } from "@tabler/icons-react";
import { Dropdown } from "#components/ui/dropdown.tsx";
import { MenuLink } from "#components/ui/menu-link.tsx";
import { formatCount } from "#lib/format/format-count.ts";
import { apiHref, EXPORT_CAPS } from "#lib/url/api-links.ts";
import type { Search } from "#lib/url/search.ts";
import css from "./export-menu.module.css";

interface Props {
  readonly view: "groups" | "flows";
  readonly search: Search;
}

export function ExportMenu({ view, search }: Props) {
  const href = (format: "csv" | "ndjson"): string => apiHref("export", { ...search, row: "", open: [], tab: "" }, { view, format });
  const what = view === "groups" ? "Groups" : "Flows";
  return (
    <Dropdown
      look="plain"
      align="right"
      label={
        <>
          <IconDownload size={14} stroke={1.6} aria-hidden="true" /> Export
        </>
      }
    >
      <div className={css.menu}>
        <MenuLink href={href("csv")} aside="for spreadsheets" isPlain>
          {what} as CSV
        </MenuLink>
        <MenuLink href={href("ndjson")} aside="for scripts" isPlain>
          {what} as NDJSON
        </MenuLink>
        <p className={css.note}>
          At most {formatCount(EXPORT_CAPS[view])} rows, with the filter, order and columns of this table. A last line says where the cap
          cut them off.
        </p>
      </div>
    </Dropdown>
  );
}

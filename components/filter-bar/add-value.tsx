"use client";
/** "Add another value" in a chip's menu: hands the criterion to the field of the bar. */
import { IconPlus } from "@tabler/icons-react";
import items from "#components/ui/menu-items.module.css";
import type { TextCriterion } from "#lib/filters/edit-filter.ts";
import { askForValue } from "./ask-for-value.ts";

export function AddValue({ criterion, isExclude }: { readonly criterion: TextCriterion; readonly isExclude: boolean }) {
  return (
    <button type="button" className={items.item} data-closes="" onClick={() => askForValue({ criterion, isExclude })}>
      <IconPlus size={14} stroke={1.5} aria-hidden="true" />
      Add another value
    </button>
  );
}

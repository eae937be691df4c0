"use client";
/** "Copy filter": the filter of the page in the languages of other tools. What a menu needs arrives when it is first wanted. */
import { type ComponentType, useState } from "react";
import { CopyFilterButton } from "./copy-filter-button.tsx";
import type { FilterCopy } from "./filter-copy.ts";

interface Props {
  readonly copies: readonly FilterCopy[];
}

const loadList = () => import("./copy-filter-list.tsx");
const preload = (): void => void loadList();

export function CopyFilterMenu({ copies }: Props) {
  const [List, setList] = useState<ComponentType<Props>>();
  async function open(): Promise<void> {
    const { CopyFilterList } = await loadList();
    setList(() => CopyFilterList);
  }
  if (List !== undefined) return <List copies={copies} />;
  return (
    <CopyFilterButton
      copied="no"
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={preload}
      onFocus={preload}
      onClick={() => void open()}
    />
  );
}

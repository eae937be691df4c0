"use client";
/** A range of one's own for the page: a link to the same with another window. */
import { useRouter } from "next/navigation";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { RangeFields } from "./range-fields.tsx";
import { rangeQuery } from "./range-input.ts";

interface Props {
  readonly path: string;
  /** The query of everything but the window, with its question mark; may be empty. */
  readonly rest: string;
  readonly asked: ResolvedWindow;
  readonly zone: "utc" | "local";
}

export function CustomRange({ path, rest, asked, zone }: Props) {
  const router = useRouter();
  return (
    <RangeFields asked={asked} zone={zone} onTake={(from, to) => router.push(`${path}${rangeQuery(from, to, rest)}`, { scroll: false })} />
  );
}

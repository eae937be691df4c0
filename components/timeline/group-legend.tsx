"use client";
/** Which fill is which destination group; a click keeps only that group. */
import Link from "next/link";
import { withOnly } from "#lib/filters/edit-filter.ts";
import { formatCount } from "#lib/format/format-count.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";
import { seriesLabel } from "./series-label.ts";
import type { Stack } from "./stack.ts";
import css from "./timeline.module.css";

/** The store's name for what is left after the biggest groups; it is no group and cannot be chosen. */
const REST = "other groups";

export function GroupLegend({ stack, search }: { readonly stack: Stack; readonly search: Search }) {
  return (
    <ul className={css.groups} aria-label="Destination groups, biggest first">
      {stack.series.map(({ name, fill, sum }) => (
        <li key={name}>
          <span className={css.swatch} style={{ background: fill }} />
          {name === REST ? (
            <span>{REST}</span>
          ) : (
            <Link href={hrefOf("/", { ...search, filter: withOnly(search.filter, "group", name) })} prefetch={false} scroll={false}>
              {seriesLabel(name, "group")}
            </Link>
          )}
          <b>{formatCount(sum)}</b>
        </li>
      ))}
    </ul>
  );
}

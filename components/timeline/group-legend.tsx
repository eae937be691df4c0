"use client";
/** Which fill is which destination group; a click keeps only that group. */
import Link from "next/link";
import { formatCount } from "#lib/format/format-count.ts";
import { seriesLabel } from "./series-label.ts";
import type { Stack } from "./stack.ts";
import css from "./timeline.module.css";

interface Props {
  readonly stack: Stack;
  /** In the order of the series; undefined = cannot be chosen. */
  readonly links: readonly (string | undefined)[];
}

export function GroupLegend({ stack, links }: Props) {
  return (
    <ul className={css.groups} aria-label="Destination groups, biggest first">
      {stack.series.map(({ name, fill, sum }, index) => {
        const href = links[index];
        const label = seriesLabel(name, "group");
        return (
          <li key={name}>
            <i className={css.swatch} style={{ background: fill }} />
            {href === undefined ? (
              <span>{label}</span>
            ) : (
              <Link href={href} prefetch={false} scroll={false}>
                {label}
              </Link>
            )}
            <b>{formatCount(sum)}</b>
          </li>
        );
      })}
    </ul>
  );
}

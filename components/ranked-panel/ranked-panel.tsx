/** The biggest of one dimension: name, share, attempts, shape over the window, first and last seen. A click narrows to a row. */
import Link from "next/link";
import type { ReactNode } from "react";
import { NewMark } from "#components/ui/new-mark.tsx";
import { ShareBar } from "#components/ui/share-bar.tsx";
import { Sparkline } from "#components/ui/sparkline.tsx";
import { formatCount } from "#lib/format/format-count.ts";
import css from "./ranked-panel.module.css";
import type { RankedRow } from "./ranked-rows.ts";
import { RowLink } from "./row-link.tsx";
import { SeenAt } from "./seen-at.tsx";

interface Props {
  readonly title: string;
  /** Leaves the shape its place in a narrower panel. */
  readonly hasShortNames?: boolean;
  /** The switch beside the title. */
  readonly level: ReactNode;
  readonly rows: readonly RankedRow[];
  /** Length of the window, short: `24 h`. */
  readonly span: string;
  /** The end of the window and the time of asking, milliseconds since 1970. */
  readonly end: number;
  readonly now: number;
  readonly zone: "utc" | "local";
  /** Where every row of the answer is, and how many: `All 15 workloads`. */
  readonly all: { readonly href: string; readonly words: string };
}

export function RankedPanel({ title, hasShortNames, level, rows, span, end, now, zone, all }: Props) {
  const largest = Math.max(1, ...rows.map((row) => row.group.attempts));
  return (
    <section className={css.panel} aria-label={title} data-names={hasShortNames ? "short" : undefined}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">
              <h2>{title}</h2>
              {level}
            </th>
            <th scope="col" className={css.share}>
              Share
            </th>
            <th scope="col" className={css.attempts} aria-sort="descending">
              Attempts
            </th>
            <th scope="col" className={css.spark}>
              {span}
            </th>
            <th scope="col" className={css.first}>
              First
            </th>
            <th scope="col" className={css.last}>
              Last
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" title={row.title}>
                <RowLink name={row.name} detail={row.detail} only={row.only} exclude={row.exclude} flows={row.flows} />
              </th>
              <td>
                <ShareBar reasons={row.group.reasons} of={largest} />
              </td>
              <td className={css.attempts}>{formatCount(row.group.attempts)}</td>
              <td>
                <Sparkline values={row.group.spark} />
              </td>
              <td className={css.first}>
                {row.group.isNew && <NewMark />} <SeenAt at={row.group.firstStored} end={end} now={now} zone={zone} />
              </td>
              <td className={css.last}>
                <SeenAt at={row.group.lastSeen} end={end} now={now} zone={zone} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Link href={all.href} prefetch={false} className={css.all}>
        {all.words}
      </Link>
    </section>
  );
}

/** The timeline in words and numbers, for whoever does not see the picture or wants to read it exactly. */
import { formatCount } from "#lib/format/format-count.ts";
import type { Timeline } from "#lib/questions/answer.ts";
import { seriesLabel } from "./series-label.ts";
import type { Stack } from "./stack.ts";
import css from "./timeline.module.css";

interface Props {
  readonly timeline: Timeline;
  readonly stack: Stack;
  readonly split: "reason" | "group";
  readonly caption: string;
  /** The bucket's time in words. */
  readonly wordsOf: (bucket: number) => string;
}

export function TimelineTable({ timeline, stack, split, caption, wordsOf }: Props) {
  const { before } = timeline;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className={css.tableBox} tabIndex={0} aria-label={caption}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Attempts</th>
            {stack.series.map((series) => (
              <th key={series.name} scope="col">
                {seriesLabel(series.name, split)}
              </th>
            ))}
            {before && <th scope="col">Window before</th>}
          </tr>
        </thead>
        <tbody>
          {stack.totals.map((total, bucket) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a bucket's number is what it is
            <tr key={bucket}>
              <th scope="row">{wordsOf(bucket)}</th>
              <td>{formatCount(total)}</td>
              {stack.series.map((series) => (
                <td key={series.name}>{formatCount(series.values[bucket] ?? 0)}</td>
              ))}
              {before && <td>{formatCount(before[bucket] ?? 0)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

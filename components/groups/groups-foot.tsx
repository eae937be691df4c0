/** Under the table: how many groups there are, and whether all of them are shown. */
import { Button } from "#components/ui/button.tsx";
import type { Grouping } from "#lib/flows/dimension.ts";
import { formatCount } from "#lib/format/format-count.ts";
import type { GroupTable, Problem } from "#lib/questions/answer.ts";
import { countedGroups } from "./dimension-words.ts";
import css from "./groups-foot.module.css";

interface Props {
  readonly by: readonly Grouping[];
  readonly table: GroupTable;
  /** Outermost groups that are loaded. */
  readonly shown: number;
  readonly combinations: number | undefined;
  readonly problem: Problem | undefined;
  readonly onMore: () => void;
  /** A part of the store cannot be asked. */
  readonly isPart?: boolean;
}

export function GroupsFoot({ by, table, shown, combinations, problem, onMore, isPart = false }: Props) {
  const { total, totals } = table;
  const [outermost = "workload"] = by;
  return (
    <div className={css.foot}>
      <span>
        <b>{countedGroups(formatCount(total), total === 1, outermost)}</b>
        {combinations !== undefined &&
          by.length > 1 &&
          `, ${formatCount(combinations)} ${combinations === 1 ? "combination" : "combinations"}`}
      </span>
      <span>
        {formatCount(totals.attempts)} {totals.attempts === 1 ? "attempt" : "attempts"}
      </span>
      <span>
        {formatCount(totals.packets)} {totals.packets === 1 ? "packet" : "packets"}
      </span>
      <span className={css.said} role="status">
        {problem !== undefined ? (
          <>
            {problem.title} {formatCount(shown)} of {formatCount(total)} are shown.{" "}
            <Button size="small" onClick={onMore}>
              Try again
            </Button>
          </>
        ) : shown >= total ? (
          isPart ? (
            "Only a part can be read now, and all of it is shown."
          ) : (
            "Everything is shown. Nothing is cut off."
          )
        ) : (
          `${formatCount(shown)} of ${formatCount(total)} are here. More come as you scroll.`
        )}
      </span>
    </div>
  );
}

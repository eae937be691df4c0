"use client";
/** The cells of a group's row, except its name: numbers right, the rest as the look says. */
import { SeenAt } from "#components/ranked-panel/seen-at.tsx";
import { NewMark } from "#components/ui/new-mark.tsx";
import { ShareBar } from "#components/ui/share-bar.tsx";
import { Sparkline } from "#components/ui/sparkline.tsx";
import { formatChange, isBigChange } from "#lib/format/format-change.ts";
import { formatCount, UNKNOWN } from "#lib/format/format-count.ts";
import type { GroupRow } from "#lib/questions/answer.ts";
import type { GroupColumnId } from "./group-column-list.ts";
import { GroupName } from "./group-name.tsx";
import { useGroupScale } from "./group-scale.ts";
import css from "./groups-table.module.css";

interface Props {
  readonly column: GroupColumnId;
  readonly row: GroupRow;
  readonly depth: number;
}

const SPARK_WIDTH = 84;

export function GroupCell({ column, row, depth }: Props) {
  const { largest, end, now, zone, unavailable } = useGroupScale();
  switch (column) {
    case "key":
      return <GroupName row={row} depth={depth} />;
    case "share":
      return <ShareBar reasons={row.reasons} of={largest} />;
    case "attempts":
      return <span className={css.attempts}>{formatCount(row.attempts)}</span>;
    case "packets":
      return formatCount(row.packets);
    case "pods":
      return <Told count={row.pods} why={unavailable.pod} />;
    case "addresses":
      return <Told count={row.addresses} why={unavailable.ip} />;
    case "change":
      return <Change row={row} />;
    case "spark":
      return <Sparkline values={row.spark} width={SPARK_WIDTH} />;
    case "first":
      return <SeenAt at={row.firstStored} end={end} now={now} zone={zone} />;
    case "last":
      return <SeenAt at={row.lastSeen} end={end} now={now} zone={zone} />;
  }
}

function Change({ row: { isNew, attempts, attemptsBefore } }: { readonly row: GroupRow }) {
  if (isNew) return <NewMark />;
  // NEW is for what was never stored before; this was, only not in the window before.
  const words = attemptsBefore === 0 && attempts > 0 ? "from 0" : formatChange(attempts, attemptsBefore);
  const before =
    attemptsBefore === undefined ? "Nothing is stored from the window before" : `${formatCount(attemptsBefore)} in the window before`;
  return (
    <span title={before} className={isBigChange(attempts, attemptsBefore) ? css.big : undefined}>
      {words}
    </span>
  );
}

function Told({ count, why }: { readonly count: number; readonly why: string | undefined }) {
  return why === undefined ? formatCount(count) : <span title={`Not available. ${why}`}>{UNKNOWN}</span>;
}

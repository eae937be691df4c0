/** Cells that the rows of agents and of nodes behind Hubble Relay share. */
import { IconAlertOctagon, IconAlertTriangle, IconCircle, IconCircleFilled } from "@tabler/icons-react";
import { LogText } from "#components/ui/log-text.tsx";
import { formatCount, UNKNOWN } from "#lib/format/format-count.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { SourceReport } from "#lib/questions/source-report.ts";
import css from "./coverage-page.module.css";
import { numberColumn, type TableColumn, textColumn } from "./coverage-table.tsx";
import { type HearingWords, hearingRank } from "./hearing-words.ts";

const ICONS = { ok: IconCircleFilled, idle: IconCircle, warn: IconAlertTriangle, bad: IconAlertOctagon } as const;

/** The worst first. */
export function worstFirst(sources: readonly SourceReport[]): readonly SourceReport[] {
  return [...sources].sort((a, b) => hearingRank(a.hearing) - hearingRank(b.hearing) || (a.node < b.node ? -1 : 1));
}

/** The node, and the pod or the address that it is heard by; `showsFeed`: and whose word it is, where several feeds know such nodes. */
export function SourceName({
  source: { node, name, feed },
  showsFeed = false,
}: {
  readonly source: SourceReport;
  readonly showsFeed?: boolean;
}) {
  return (
    <th scope="row" className={css.name} title={visibleText(node)}>
      <LogText text={node === "" ? "no node yet" : node} />
      <small>
        <LogText text={name} />
      </small>
      {showsFeed && (
        <small>
          <LogText text={feed} />
        </small>
      )}
    </th>
  );
}

/** A state in words, what it means, and the trouble in the words of whoever has it. */
export function HearingState({ words: { words, about, tone }, trouble }: { readonly words: HearingWords; readonly trouble: string }) {
  const Icon = ICONS[tone];
  return (
    <>
      <span className={css.state} data-tone={tone}>
        <Icon size={14} stroke={1.6} aria-hidden="true" />
        {words}
      </span>
      {about !== "" && <small>{about}</small>}
      {trouble !== "" && (
        <small>
          <LogText text={trouble} most={300} />
        </small>
      )}
    </>
  );
}

/** The heads of what `CountCells` shows. */
export const COUNT_COLUMNS: readonly TableColumn[] = [
  numberColumn("Not understood"),
  numberColumn("Lost"),
  numberColumn("Met twice"),
  numberColumn("Reopened"),
  numberColumn("Gaps"),
  textColumn("Cilium"),
];

export function CountCells({ source }: { readonly source: SourceReport }) {
  const { rejected, sample, lost, repeated, reopened, gaps, version } = source;
  return (
    <>
      <td data-number="" title={sample === "" ? undefined : visibleText(sample, 400)}>
        {formatCount(rejected)}
      </td>
      {[lost, repeated, reopened, gaps].map((count, index) => (
        <td key={COUNT_COLUMNS[index + 1]?.words} data-number="">
          {formatCount(count)}
        </td>
      ))}
      <td>
        <LogText text={version === "" ? UNKNOWN : version} most={40} />
      </td>
    </>
  );
}

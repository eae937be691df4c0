/** Every node behind Hubble Relay, the worst first: what is heard of it, what Hubble there sees, and what its ring had forgotten. */
import { formatCount, UNKNOWN } from "#lib/format/format-count.ts";
import type { HubbleReport, SourceReport } from "#lib/questions/source-report.ts";
import css from "./coverage-page.module.css";
import { CoverageTable, numberColumn, textColumn } from "./coverage-table.tsx";
import { agoWords, clockWords } from "./moments.ts";
import { relayWords } from "./relay-words.ts";
import { COUNT_COLUMNS, CountCells, HearingState, SourceName, worstFirst } from "./source-cells.tsx";

interface Props {
  readonly sources: readonly SourceReport[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

const COLUMNS = [
  textColumn("Node"),
  textColumn("State"),
  numberColumn("Last flow"),
  numberColumn("Flows/s"),
  numberColumn("Flows"),
  numberColumn("Hubble has seen"),
  numberColumn("Ring"),
  ...COUNT_COLUMNS,
];

export function RelayNodeTable({ sources, now }: Props) {
  const nodes = sources.filter(({ hubble }) => hubble !== undefined);
  if (nodes.length === 0) return null;
  const several = new Set(nodes.map(({ feed }) => feed)).size > 1;
  return (
    <CoverageTable title="Nodes behind Hubble Relay" columns={COLUMNS}>
      {worstFirst(nodes).map((source) => (
        <RelayNodeRow key={`${source.feed} ${source.node}`} source={source} now={now} showsFeed={several} />
      ))}
    </CoverageTable>
  );
}

function RelayNodeRow({ source, now, showsFeed }: { readonly source: SourceReport; readonly now: number; readonly showsFeed: boolean }) {
  const { lastGap, hubble } = source;
  return (
    <tr className={css.tall}>
      <SourceName source={source} showsFeed={showsFeed} />
      <td className={css.meaning}>
        <HearingState words={relayWords(source.hearing)} trouble={source.trouble} />
        {lastGap !== undefined && (
          <small>
            Flows may be missing between {clockWords(lastGap.from)} and {clockWords(lastGap.to)} UTC: Hubble&apos;s ring no longer held
            them.
          </small>
        )}
      </td>
      <td data-number="" title={source.lastFlow}>
        <b>{agoWords(source.lastFlow, now)}</b>
      </td>
      <td data-number="">{formatCount(source.flowsPerSecond)}</td>
      <td data-number="">{formatCount(source.flows)}</td>
      <td data-number="">{countOf(hubble?.seen)}</td>
      <td data-number="">{ringWords(hubble)}</td>
      <CountCells source={source} />
    </tr>
  );
}

function ringWords(hubble: HubbleReport | undefined): string {
  return hubble?.room === undefined ? UNKNOWN : `${countOf(hubble.held)} of ${formatCount(hubble.room)}`;
}

function countOf(count: number | undefined): string {
  return count === undefined ? UNKNOWN : formatCount(count);
}

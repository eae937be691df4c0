/** Every node behind Hubble Relay, the worst first: what is heard of it, what Hubble there sees, and what its ring had forgotten. */
import { LogText } from "#components/ui/log-text.tsx";
import { formatCount, UNKNOWN } from "#lib/format/format-count.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { HubbleReport, SourceReport } from "#lib/questions/answer.ts";
import css from "./coverage-page.module.css";
import { CoverageTable, numberColumn, textColumn } from "./coverage-table.tsx";
import { hearingRank } from "./hearing-words.ts";
import { agoWords, clockWords } from "./moments.ts";
import { relayWords } from "./relay-words.ts";
import { HearingState } from "./source-table.tsx";

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
  numberColumn("Not understood"),
  numberColumn("Lost"),
  numberColumn("Met twice"),
  numberColumn("Reopened"),
  numberColumn("Gaps"),
  textColumn("Cilium"),
];

export function RelayNodeTable({ sources, now }: Props) {
  const nodes = sources.filter(({ hubble }) => hubble !== undefined);
  if (nodes.length === 0) return null;
  const sorted = [...nodes].sort((a, b) => hearingRank(a.hearing) - hearingRank(b.hearing) || (a.node < b.node ? -1 : 1));
  return (
    <CoverageTable title="Nodes behind Hubble Relay" columns={COLUMNS}>
      {sorted.map((source) => (
        <RelayNodeRow key={`${source.feed} ${source.node}`} source={source} now={now} />
      ))}
    </CoverageTable>
  );
}

function RelayNodeRow({ source, now }: { readonly source: SourceReport; readonly now: number }) {
  const { lastGap, hubble } = source;
  return (
    <tr className={css.tall}>
      <th scope="row" title={visibleText(source.node)}>
        <LogText text={source.node} />
        <small>
          <LogText text={source.name} />
        </small>
      </th>
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
      <td data-number="" title={source.sample === "" ? undefined : visibleText(source.sample, 400)}>
        {formatCount(source.rejected)}
      </td>
      <td data-number="">{formatCount(source.lost)}</td>
      <td data-number="">{formatCount(source.repeated)}</td>
      <td data-number="">{formatCount(source.reopened)}</td>
      <td data-number="">{formatCount(source.gaps)}</td>
      <td>
        <LogText text={source.version === "" ? UNKNOWN : source.version} most={40} />
      </td>
    </tr>
  );
}

function ringWords(hubble: HubbleReport | undefined): string {
  return hubble?.room === undefined ? UNKNOWN : `${countOf(hubble.held)} of ${formatCount(hubble.room)}`;
}

function countOf(count: number | undefined): string {
  return count === undefined ? UNKNOWN : formatCount(count);
}

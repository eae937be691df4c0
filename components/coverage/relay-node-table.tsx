/** Every node behind Hubble Relay, the worst first: what is heard of it, what Hubble there sees, and what its ring had forgotten. */
import { LogText } from "#components/ui/log-text.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { formatAge } from "#lib/format/format-age.ts";
import { formatCount, UNKNOWN } from "#lib/format/format-count.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { HubbleReport, SourceReport } from "#lib/questions/answer.ts";
import css from "./coverage-page.module.css";
import { hearingRank } from "./hearing-words.ts";
import { relayWords } from "./relay-words.ts";
import { HearingState } from "./source-table.tsx";

interface Props {
  readonly sources: readonly SourceReport[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

const COLUMNS = [
  "Last flow",
  "Flows/s",
  "Flows",
  "Hubble has seen",
  "Ring",
  "Not understood",
  "Lost",
  "Met twice",
  "Left",
  "Gaps",
] as const;

export function RelayNodeTable({ sources, now }: Props) {
  const nodes = sources.filter(({ hubble }) => hubble !== undefined);
  if (nodes.length === 0) return null;
  const sorted = [...nodes].sort((a, b) => hearingRank(a.hearing) - hearingRank(b.hearing) || (a.node < b.node ? -1 : 1));
  return (
    <Panel title="Nodes behind Hubble Relay" isFlush>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">Node</th>
            <th scope="col">State</th>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" data-number="">
                {name}
              </th>
            ))}
            <th scope="col">Cilium</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((source) => (
            <RelayNodeRow key={`${source.feed} ${source.node}`} source={source} now={now} />
          ))}
        </tbody>
      </table>
    </Panel>
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
            Flows may be missing between {clock(lastGap.from)} and {clock(lastGap.to)} UTC: Hubble&apos;s ring no longer held them.
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

function agoWords(iso: string, now: number): string {
  if (iso === "") return "never";
  const age = formatAge(now - Date.parse(iso));
  return age === "now" ? age : `${age} ago`;
}

function clock(iso: string): string {
  return iso.slice(0, 19).replace("T", " ");
}

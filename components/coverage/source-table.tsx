/** Every agent that is followed, the worst first: what is heard of it, what its silence means, and what it said about its exporter. */
import { IconAlertOctagon, IconAlertTriangle, IconCircle, IconCircleFilled } from "@tabler/icons-react";
import Link from "next/link";
import { LogText } from "#components/ui/log-text.tsx";
import { formatCount, UNKNOWN } from "#lib/format/format-count.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { SourceReport } from "#lib/questions/answer.ts";
import css from "./coverage-page.module.css";
import { CoverageTable, numberColumn, textColumn } from "./coverage-table.tsx";
import { HEARING_WORDS, type HearingWords, hearingRank } from "./hearing-words.ts";
import { agoWords, clockWords } from "./moments.ts";
import { workshopLink } from "./workshop-link.ts";

const ICONS = { ok: IconCircleFilled, idle: IconCircle, warn: IconAlertTriangle, bad: IconAlertOctagon } as const;
const GAP_WORDS = {
  rotated: "the log was rotated",
  restarted: "the agent restarted",
  deleted: "the pod was deleted",
  forgotten: "Hubble no longer held them",
} as const;

const COLUMNS = [
  textColumn("Node"),
  textColumn("State"),
  numberColumn("Last line"),
  numberColumn("Last flow"),
  numberColumn("Flows/s"),
  numberColumn("Not understood"),
  numberColumn("Lost"),
  numberColumn("Met twice"),
  numberColumn("Reopened"),
  numberColumn("Gaps"),
  textColumn("Cilium"),
  textColumn("In the agent's own words"),
];

interface Props {
  readonly sources: readonly SourceReport[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function SourceTable({ sources, now }: Props) {
  const agents = sources.filter(({ hubble }) => hubble === undefined);
  if (agents.length === 0) return null;
  const sorted = [...agents].sort((a, b) => hearingRank(a.hearing) - hearingRank(b.hearing) || (a.node < b.node ? -1 : 1));
  return (
    <CoverageTable title="Agents" columns={COLUMNS}>
      {sorted.map((source) => (
        <SourceRow key={`${source.feed} ${source.name}`} source={source} now={now} />
      ))}
    </CoverageTable>
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

function SourceRow({ source, now }: { readonly source: SourceReport; readonly now: number }) {
  const said = source.exporter.at(-1);
  const { lastGap } = source;
  const link = workshopLink(source);
  return (
    <tr className={css.tall}>
      <th scope="row" title={visibleText(source.node)}>
        <LogText text={source.node === "" ? "no node yet" : source.node} />
        <small>
          <LogText text={source.name} />
        </small>
      </th>
      <td className={css.meaning}>
        <HearingState words={HEARING_WORDS[source.hearing]} trouble={source.trouble} />
        {link !== undefined && (
          <small>
            <Link href={link.href} prefetch={false}>
              {link.words}
            </Link>
          </small>
        )}
        {source.shed !== undefined && source.shed > 0 && (
          <small>
            {formatCount(source.shed)} {source.shed === 1 ? "line was" : "lines were"} left out: the store could not follow.
          </small>
        )}
        {lastGap !== undefined && (
          <small>
            Lines may be missing between {clockWords(lastGap.from)} and {clockWords(lastGap.to)} UTC: {GAP_WORDS[lastGap.why]}.
          </small>
        )}
      </td>
      <td data-number="" title={source.lastLine}>
        {agoWords(source.lastLine, now)}
      </td>
      <td data-number="" title={source.lastFlow}>
        <b>{agoWords(source.lastFlow, now)}</b>
      </td>
      <td data-number="">{formatCount(source.flowsPerSecond)}</td>
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
      <td className={css.said} title={said === undefined ? undefined : visibleText(said.text, 1_000)}>
        {said === undefined ? UNKNOWN : <LogText text={said.text} most={200} />}
      </td>
    </tr>
  );
}

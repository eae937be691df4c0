/** Every agent that is followed, the worst first: what is heard of it, what its silence means, and what it said about its exporter. */
import Link from "next/link";
import { LogText } from "#components/ui/log-text.tsx";
import { formatCount, UNKNOWN } from "#lib/format/format-count.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { SourceReport } from "#lib/questions/source-report.ts";
import css from "./coverage-page.module.css";
import { CoverageTable, numberColumn, textColumn } from "./coverage-table.tsx";
import { HEARING_WORDS } from "./hearing-words.ts";
import { agoWords, clockWords } from "./moments.ts";
import { COUNT_COLUMNS, CountCells, HearingState, SourceName, worstFirst } from "./source-cells.tsx";
import { workshopLink } from "./workshop-link.ts";

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
  ...COUNT_COLUMNS,
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
  return (
    <CoverageTable title="Agents" columns={COLUMNS}>
      {worstFirst(agents).map((source) => (
        <SourceRow key={`${source.feed} ${source.name}`} source={source} now={now} />
      ))}
    </CoverageTable>
  );
}

function SourceRow({ source, now }: { readonly source: SourceReport; readonly now: number }) {
  const said = source.exporter.at(-1);
  return (
    <tr className={css.tall}>
      <SourceName source={source} />
      <td className={css.meaning}>
        <HearingState words={HEARING_WORDS[source.hearing]} trouble={source.trouble} />
        <MoreWords source={source} />
      </td>
      <td data-number="" title={source.lastLine}>
        {source.goneSince === undefined ? agoWords(source.lastLine, now) : UNKNOWN}
      </td>
      <td data-number="" title={source.lastFlow}>
        {source.goneSince === undefined ? <b>{agoWords(source.lastFlow, now)}</b> : UNKNOWN}
      </td>
      <td data-number="">{formatCount(source.flowsPerSecond)}</td>
      <CountCells source={source} />
      <td className={css.said} title={said === undefined ? undefined : visibleText(said.text, 1_000)}>
        {said === undefined ? UNKNOWN : <LogText text={timeless(said.text)} most={200} />}
      </td>
    </tr>
  );
}

/** What stands below the state: where to mend it, and what is missing. */
function MoreWords({ source }: { readonly source: SourceReport }) {
  const { lastGap, shed = 0, goneSince } = source;
  const link = workshopLink(source);
  return (
    <>
      {link !== undefined && (
        <small>
          <Link href={link.href} prefetch={false}>
            {link.words}
          </Link>
        </small>
      )}
      {goneSince !== undefined && <small>Gone since {clockWords(goneSince)} UTC. What its log lacks stays missing.</small>}
      {shed > 0 && (
        <small>
          {formatCount(shed)} {shed === 1 ? "line was" : "lines were"} left out: the store could not follow.
        </small>
      )}
      {lastGap !== undefined && (
        <small>
          Lines may be missing between {clockWords(lastGap.from)} and {clockWords(lastGap.to)} UTC: {GAP_WORDS[lastGap.why]}.
        </small>
      )}
    </>
  );
}

/** Agents begin their lines with a time, which would be all that is seen of it. */
function timeless(text: string): string {
  return text.replace(/^time="?[^\s"]{1,40}"? /, "");
}

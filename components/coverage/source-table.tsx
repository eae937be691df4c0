/** Every agent that is followed, the worst first: what is heard of it, what its silence means, and what it said about its exporter. */
import { IconAlertOctagon, IconAlertTriangle, IconCircle, IconCircleFilled } from "@tabler/icons-react";
import Link from "next/link";
import { LogText } from "#components/ui/log-text.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { formatAge } from "#lib/format/format-age.ts";
import { formatCount, UNKNOWN } from "#lib/format/format-count.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { SourceReport } from "#lib/questions/answer.ts";
import css from "./coverage-page.module.css";
import { HEARING_WORDS, type HearingWords, hearingRank } from "./hearing-words.ts";

const ICONS = { ok: IconCircleFilled, idle: IconCircle, warn: IconAlertTriangle, bad: IconAlertOctagon } as const;
const GAP_WORDS = {
  rotated: "the log was rotated",
  restarted: "the agent restarted",
  deleted: "the pod was deleted",
  forgotten: "Hubble no longer held them",
} as const;

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
    <Panel title="Agents" isFlush>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">Node</th>
            <th scope="col">State</th>
            <th scope="col" data-number="">
              Last line
            </th>
            <th scope="col" data-number="">
              Last flow
            </th>
            <th scope="col" data-number="">
              Flows/s
            </th>
            <th scope="col" data-number="">
              Not understood
            </th>
            <th scope="col" data-number="">
              Lost
            </th>
            <th scope="col" data-number="">
              Met twice
            </th>
            <th scope="col" data-number="">
              Reopened
            </th>
            <th scope="col" data-number="">
              Gaps
            </th>
            <th scope="col">Cilium</th>
            <th scope="col">In the agent's own words</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((source) => (
            <SourceRow key={`${source.feed} ${source.name}`} source={source} now={now} />
          ))}
        </tbody>
      </table>
    </Panel>
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
        {source.shed !== undefined && source.shed > 0 && (
          <small>
            {formatCount(source.shed)} {source.shed === 1 ? "line was" : "lines were"} left out: the store could not follow.
          </small>
        )}
        {lastGap !== undefined && (
          <small>
            Lines may be missing between {clock(lastGap.from)} and {clock(lastGap.to)} UTC: {GAP_WORDS[lastGap.why]}.
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

function agoWords(iso: string, now: number): string {
  if (iso === "") return "never";
  const age = formatAge(now - Date.parse(iso));
  return age === "now" ? age : `${age} ago`;
}

function clock(iso: string): string {
  return iso.slice(0, 19).replace("T", " ");
}

/** What brings lines in: each feed's state in a word, how far it got, and its trouble in its own sentence. */
import { IconAlertOctagon, IconCheck, IconCircle, IconClock, IconPlayerPause, IconRefresh } from "@tabler/icons-react";
import { LogText } from "#components/ui/log-text.tsx";
import { formatDuration } from "#lib/format/format-age.ts";
import { formatBytes } from "#lib/format/format-bytes.ts";
import { formatRate, UNKNOWN } from "#lib/format/format-count.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { FeedReport } from "#lib/questions/answer.ts";
import css from "./coverage-page.module.css";
import { CoverageTable, numberColumn, textColumn } from "./coverage-table.tsx";

const KINDS = { file: "file", stdin: "standard input", demo: "made up", "agent-logs": "agent logs", relay: "Hubble Relay" } as const;

const STATES = {
  waiting: { words: "Waiting", Icon: IconClock, tone: "idle" },
  reading: { words: "Reading", Icon: IconRefresh, tone: "accent" },
  following: { words: "Following", Icon: IconCircle, tone: "ok" },
  done: { words: "Read to its end", Icon: IconCheck, tone: "ok" },
  failed: { words: "Failed", Icon: IconAlertOctagon, tone: "bad" },
  stopped: { words: "Stopped", Icon: IconPlayerPause, tone: "idle" },
} as const;

const COLUMNS = [
  textColumn("Feed"),
  textColumn("Kind"),
  textColumn("State"),
  numberColumn("Read"),
  numberColumn("Of"),
  numberColumn("Flows/s"),
  numberColumn("Time left"),
  textColumn("Trouble"),
];

export function FeedTable({ feeds, store }: { readonly feeds: readonly FeedReport[]; readonly store: string }) {
  return (
    <>
      {feeds.length === 0 ? (
        <p className={css.none}>No feed is running: what you see is what the store held already.</p>
      ) : (
        <CoverageTable columns={COLUMNS}>
          {feeds.map((feed) => (
            <FeedRow key={feed.name} feed={feed} />
          ))}
        </CoverageTable>
      )}
      <p className={css.footnote}>
        Everything is stored in <LogText text={store} />.
      </p>
    </>
  );
}

function FeedRow({ feed }: { readonly feed: FeedReport }) {
  const { words, Icon, tone } = STATES[feed.state];
  const isReading = feed.state === "reading";
  return (
    <tr>
      <th scope="row" title={visibleText(feed.name)}>
        <LogText text={feed.name} />
      </th>
      <td>{KINDS[feed.kind]}</td>
      <td>
        <span className={css.state} data-tone={tone}>
          <Icon size={14} stroke={1.6} aria-hidden="true" />
          {words}
        </span>
      </td>
      <td data-number="">{formatBytes(feed.bytesRead)}</td>
      <td data-number="">{feed.bytesTotal > 0 ? formatBytes(feed.bytesTotal) : UNKNOWN}</td>
      <td data-number="">{isReading || feed.state === "following" ? formatRate(feed.flowsPerSecond).replace("/s", "") : UNKNOWN}</td>
      <td data-number="">{feed.secondsLeft === undefined ? UNKNOWN : formatDuration(Math.max(1, Math.round(feed.secondsLeft)) * 1000)}</td>
      <td className={css.words}>{feed.trouble === "" ? UNKNOWN : <LogText text={feed.trouble} />}</td>
    </tr>
  );
}

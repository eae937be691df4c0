/** What was really looked at, as one phrase: pure, so that no answer can say more than its coverage knows. */
import { formatAgo, formatDuration } from "#lib/format/format-age.ts";
import { formatBytes } from "#lib/format/format-bytes.ts";
import { formatCount, formatCountInProse } from "#lib/format/format-count.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { Coverage, FeedReport } from "#lib/questions/answer.ts";
import { filledMissing, filledPhrase, historyName, onlyFeeds } from "./filled-words.ts";

export type CoverageTone = "ok" | "warn" | "bad" | "reading" | "demo";

export interface CoveragePhrase {
  readonly tone: CoverageTone;
  /** One bold sentence. */
  readonly headline: string;
  /** What stands behind it, separated by dots; parts that are zero are left out. */
  readonly parts: readonly string[];
  /** Between 0 and 1 while a feed is read and its size is known. */
  readonly progress: number | undefined;
}

/** `now` in milliseconds since 1970. */
export function coveragePhrase(coverage: Coverage, now: number): CoveragePhrase {
  const reading = coverage.feeds.filter((feed) => feed.state === "reading");
  const { tone, headline, parts } = headOf(coverage, reading);
  return { tone, headline, parts: [...parts, ...partsOf(coverage, now)], progress: progressOf(reading) };
}

/** Whether every answer lacks something: a failed or unfinished feed, lost events, lines not understood, rows left out. */
export function isMissingSomething(coverage: Coverage): boolean {
  return missingParts(coverage).length > 0;
}

/** What every answer lacks, one clause each; empty = nothing that is known of. */
export function missingParts(coverage: Coverage): readonly string[] {
  const { lines, truncated, feeds } = coverage;
  const lost = lostEvents(coverage);
  const parts = feeds.flatMap((feed) => {
    const name = visibleText(feed.name, 60);
    if (feed.state === "failed") return `${name} could not be read`;
    if (feed.state === "reading") return `${name} is still being read`;
    return feed.trouble === "" ? [] : `${name}: ${visibleText(feed.trouble, 160)}`;
  });
  parts.push(...filledMissing(coverage));
  const { all, heard, withGaps, shed } = sourceSums(feeds);
  if (shed > 0) parts.push(shedWords(shed));
  if (heard < all) parts.push(`${formatCount(all - heard)} of ${formatCount(all)} agents are not heard`);
  if (withGaps > 0) parts.push(`${gapWords(feeds)} in which lines may be missing`);
  if (truncated !== undefined) parts.push(`${formatCount(truncated.total - truncated.shown)} rows were left out`);
  if (lines.rejected > 0) parts.push(`${formatCount(lines.rejected)} of ${formatCount(lines.total)} lines were not understood`);
  if (lost > 0) parts.push(`Hubble lost ${formatCount(lost)} ${lost === 1 ? "event" : "events"}`);
  return parts;
}

export function lostEvents(coverage: Coverage): number {
  return Object.values(coverage.lost).reduce((sum, count) => sum + count, 0);
}

interface Head {
  readonly tone: CoverageTone;
  readonly headline: string;
  readonly parts: readonly string[];
}

function headOf(coverage: Coverage, reading: readonly FeedReport[]): Head {
  const { filled } = coverage;
  if (filled?.alone !== undefined) {
    const { title, detail } = filled.alone;
    return {
      tone: "bad",
      headline: `A part only: ${historyName(filled)} cannot be asked.`,
      parts: [onlyFeeds(coverage.feeds), visibleText(`${title} ${detail}`, 200)],
    };
  }
  const failed = coverage.feeds.filter((feed) => feed.state === "failed");
  if (failed.length > 0) return failedHead(failed);
  if (reading.length > 0) return readingHead(reading);
  if (coverage.demo !== undefined) return { tone: "demo", headline: "Demo data.", parts: [`Made up, seed ${coverage.demo.seed}`] };
  if (coverage.span === undefined) return { tone: "warn", headline: "No flow is stored yet.", parts: [] };
  if (coverage.truncated !== undefined) {
    const { shown, total } = coverage.truncated;
    return { tone: "warn", headline: `First ${formatCountInProse(shown)} of ${formatCountInProse(total)} rows only.`, parts: [] };
  }
  const troubled = coverage.feeds.find((feed) => feed.trouble !== "");
  if (troubled !== undefined) return { tone: "warn", headline: feedWords(troubled), parts: [visibleText(troubled.trouble, 160)] };
  const { all, heard, withGaps, shed } = sourceSums(coverage.feeds);
  if (shed > 0) return { tone: "warn", headline: "Lines were left out.", parts: [shedWords(shed)] };
  if (filled !== undefined && filled.missing > 0)
    return { tone: "warn", headline: "Some packets are left out.", parts: filledMissing(coverage) };
  if (heard < all) return { tone: "warn", headline: `Weir hears ${formatCount(heard)} of ${formatCount(all)} agents.`, parts: [] };
  if (withGaps > 0) return { tone: "warn", headline: "Lines may be missing.", parts: [gapWords(coverage.feeds)] };
  if (lostEvents(coverage) > 0) return { tone: "warn", headline: "Hubble lost events.", parts: [] };
  if (coverage.lines.rejected > 0) return { tone: "warn", headline: "Some lines were not understood.", parts: [] };
  if (all > 0) return { tone: "ok", headline: `Weir hears ${all === 1 ? "the one agent" : `all ${formatCount(all)} agents`}.`, parts: [] };
  return { tone: "ok", headline: nodesSeen(coverage.nodes), parts: [] };
}

function failedHead(failed: readonly FeedReport[]): Head {
  const [first] = failed;
  if (first === undefined || failed.length > 1) return { tone: "bad", headline: `${failed.length} feeds failed.`, parts: [] };
  const parts = first.trouble === "" ? [] : [visibleText(first.trouble, 160)];
  return { tone: "bad", headline: `${visibleText(first.name, 60)} could not be read.`, parts };
}

function readingHead(reading: readonly FeedReport[]): Head {
  const [first] = reading;
  const name = first !== undefined && reading.length === 1 ? visibleText(first.name, 60) : `${reading.length} feeds`;
  const read = sumOf(reading, (feed) => feed.bytesRead);
  const total = reading.every((feed) => feed.bytesTotal > 0) ? sumOf(reading, (feed) => feed.bytesTotal) : 0;
  const left = reading.map((feed) => feed.secondsLeft).filter((seconds) => seconds !== undefined);
  const parts = [total > 0 ? `${formatBytes(read)} of ${formatBytes(total)}` : formatBytes(read)];
  const rate = sumOf(reading, (feed) => feed.flowsPerSecond);
  if (rate >= 1) parts.push(`${formatCount(Math.round(rate))} flows/s`);
  if (left.length > 0) parts.push(`${formatDuration(Math.max(1, Math.round(Math.max(...left))) * 1000)} left`);
  return { tone: "reading", headline: `Reading ${name}.`, parts };
}

function partsOf(coverage: Coverage, now: number): string[] {
  const { span, lines, window } = coverage;
  const parts: string[] = [];
  const length = Date.parse(window.to) - Date.parse(window.from);
  if (length > 0) parts.push(`${searchedWords(length)} searched`);
  const fromFeeds = filledPhrase(coverage, now);
  if (fromFeeds !== "") parts.push(fromFeeds);
  if (span !== undefined) parts.push(`Newest flow ${formatAgo(now - Date.parse(span.newest))}`);
  if (lines.rejected > 0) parts.push(`${formatCount(lines.rejected)} of ${formatCount(lines.total)} lines not understood`);
  const lost = lostEvents(coverage);
  if (lost > 0) parts.push(`${formatCount(lost)} ${lost === 1 ? "event" : "events"} lost`);
  return parts;
}

function nodesSeen(nodes: number): string {
  return `Flows of ${formatCount(nodes)} ${nodes === 1 ? "node" : "nodes"}.`;
}

type SourceSums = { readonly [K in keyof Required<NonNullable<FeedReport["sources"]>>]: number };

function sourceSums(feeds: readonly FeedReport[]): SourceSums {
  const sum = (of: keyof SourceSums): number => sumOf(feeds, (feed) => feed.sources?.[of] ?? 0);
  return { all: sum("all"), heard: sum("heard"), withGaps: sum("withGaps"), shed: sum("shed") };
}

function shedWords(lines: number): string {
  return `${formatCount(lines)} ${lines === 1 ? "line was" : "lines were"} left out: the store could not follow`;
}

function gapWords(feeds: readonly FeedReport[]): string {
  const count = sourceSums(feeds).withGaps;
  const isRelay = feeds.every((feed) => feed.kind === "relay" || (feed.sources?.withGaps ?? 0) === 0);
  const [what, whose] = isRelay ? ["ring", "node"] : ["log", "agent"];
  return count === 1 ? `The ${what} of 1 ${whose} has a gap` : `The ${what}s of ${formatCount(count)} ${whose}s have gaps`;
}

function feedWords(feed: FeedReport): string {
  return `${visibleText(feed.name, 60)} needs a look.`;
}

function progressOf(reading: readonly FeedReport[]): number | undefined {
  const total = sumOf(reading, (feed) => feed.bytesTotal);
  if (reading.length === 0 || total === 0 || reading.some((feed) => feed.bytesTotal === 0)) return undefined;
  const read = sumOf(reading, (feed) => feed.bytesRead);
  return Math.min(1, read / total);
}

/** A window of the store's own span is never round; nobody asks about its milliseconds. Up to two days in hours, as in tables. */
function searchedWords(length: number): string {
  const unit = length >= 3_600_000 ? 60_000 : length >= 60_000 ? 1000 : 1;
  const round = Math.max(1, Math.round(length / unit)) * unit;
  const hours = round / 3_600_000;
  return Number.isInteger(hours) && hours <= 48 ? `${hours} h` : formatDuration(round);
}

function sumOf(feeds: readonly FeedReport[], of: (feed: FeedReport) => number): number {
  return feeds.reduce((sum, feed) => sum + of(feed), 0);
}

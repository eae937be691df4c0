/** What an answer says of its newest part, where that comes from feeds because another store has not got it yet. */
import { formatDuration } from "#lib/format/format-age.ts";
import { formatCount } from "#lib/format/format-count.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import type { Coverage, FeedReport, Filled } from "#lib/questions/answer.ts";

const FEED_NAMES: { readonly [K in FeedReport["kind"]]: string } = {
  "agent-logs": "agent logs",
  relay: "Hubble Relay",
  stdin: "standard input",
  file: "files",
  demo: "demo data",
};
/** Ingestion takes five minutes by default; what takes so long is more than that. */
const LONG_MS = 30 * 60_000;
const NODES_NAMED = 2;

/** `Azure Data Explorer`, without the cluster. */
export function historyName({ history }: Filled): string {
  return history.split(",", 1)[0] ?? history;
}

/** `agent logs`, `agent logs and Hubble Relay`. */
export function feedNames(feeds: readonly Pick<FeedReport, "kind">[]): string {
  const names = [...new Set(feeds.map(({ kind }) => FEED_NAMES[kind]))];
  return names.length === 0 ? "feeds" : names.join(" and ");
}

/** `last 4 m from agent logs; Azure Data Explorer is 4 m behind`; empty where nothing had to be filled. `now` in milliseconds since 1970. */
export function filledPhrase({ filled, feeds }: Pick<Coverage, "filled" | "feeds">, now: number): string {
  if (filled?.since === undefined || filled.alone !== undefined) return "";
  const age = Math.max(1000, Math.floor((now - Date.parse(filled.since)) / 1000) * 1000);
  const length = formatDuration(age >= 60_000 ? Math.floor(age / 60_000) * 60_000 : age);
  const nodes = filled.waitingFor.map(({ node }) => (node === "" ? "a node without a name" : visibleText(node, 40)));
  const named =
    nodes.length <= NODES_NAMED ? nodes.join(" and ") : `${nodes.slice(0, NODES_NAMED).join(", ")} and ${nodes.length - NODES_NAMED} more`;
  const behind = age < LONG_MS ? `is ${length} behind` : `lacks flows of ${named} since then`;
  return `last ${length} from ${feedNames(feeds)}; ${historyName(filled)} ${behind}`;
}

/** `only what came from agent logs is shown, nothing older`. */
export function onlyFeeds(feeds: Coverage["feeds"]): string {
  return `only what came from ${feedNames(feeds)} is shown, nothing older`;
}

/** What no boundary between the two can show; empty = nothing. */
export function filledMissing({ filled, feeds }: Pick<Coverage, "filled" | "feeds">): readonly string[] {
  if (filled === undefined) return [];
  if (filled.alone !== undefined) return [`${historyName(filled)} cannot be asked: ${onlyFeeds(feeds)}`];
  if (filled.missing === 0) return [];
  return [
    `${formatCount(filled.missing)} ${filled.missing === 1 ? "packet is" : "packets are"} left out, which only ${historyName(filled)} or only ${feedNames(feeds)} had`,
  ];
}

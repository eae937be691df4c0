/** From what was looked at to the marks of what feeds filled in. */
import type { Coverage } from "#lib/questions/answer.ts";
import { feedNames, historyName } from "./filled-words.ts";

export interface FromFeed {
  /** ISO instant: what comes from here on; empty = nothing now. */
  readonly since: string;
  /** `From agent logs, not in Azure Data Explorer yet`. */
  readonly words: string;
  /** `from agent logs`. */
  readonly short: string;
}

/** Undefined = nothing is ever filled in. */
export function fromFeedOf({ filled, feeds }: Pick<Coverage, "filled" | "feeds">): FromFeed | undefined {
  if (filled === undefined) return undefined;
  return {
    since: filled.since ?? "",
    words: `From ${feedNames(feeds)}, not in ${historyName(filled)} yet`,
    short: `from ${feedNames(feeds)}`,
  };
}

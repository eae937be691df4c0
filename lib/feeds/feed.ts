/** A feed brings lines in: what one is, and what it tells about itself. */
import type { FlowSink } from "#lib/flows/batch.ts";
import type { FeedReport } from "#lib/questions/answer.ts";
import type { SourceReport } from "#lib/questions/source-report.ts";

export interface FlowFeed {
  /** For people: the files as given, "standard input". */
  readonly names: readonly string[];
  /** One for each name; `from`, in nanoseconds since 1970: without what streams lack that were gone before. */
  reports(from?: bigint): readonly FeedReport[];
  /** One for each stream, for feeds that have many; `from` as above. */
  sources?(from?: bigint): readonly SourceReport[];
  /** It ends by itself only when it failed, and is run again then. */
  readonly isEndless?: boolean;
  /** Reads until the end or until the signal; resolves in every expected case, trouble is told by `reports()`. */
  run(sink: FlowSink, signal: AbortSignal): Promise<void>;
}

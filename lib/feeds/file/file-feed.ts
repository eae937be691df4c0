/** The file feed: every file that the given names stand for, oldest first, once. */
import { performance } from "node:perf_hooks";
import type { LineJoiner } from "#lib/decode/join-lines.ts";
import type { FlowSink } from "#lib/flows/batch.ts";
import type { FeedReport } from "#lib/questions/answer.ts";
import type { FlowFeed } from "../feed.ts";
import { type BatchLimits, CATCH_UP, type LineDecoder } from "../ingest.ts";
import { createRate } from "../rate.ts";
import { type FoundFile, findFiles } from "./find-files.ts";
import { type FollowTimes, followFiles, isSurelyFollowed } from "./follow-files.ts";
import { readFile } from "./read-file.ts";
import { isLarge, type ReaderThread } from "./read-in-thread.ts";
import { createRecogniser, type Recogniser, withFile } from "./recognise-file.ts";

export interface FileFeedParts {
  /** Files, globs, directories. */
  readonly paths: readonly string[];
  readonly decoder: LineDecoder;
  readonly createJoiner: () => LineJoiner;
  /** When a batch is sent; by default as large files want it. */
  readonly limits?: BatchLimits;
  /** Large files are read in this thread, which decodes for itself; without it all are read here. */
  readonly startThread?: () => ReaderThread;
  /** Which files are worth it; by default the large ones. */
  readonly isLarge?: (file: FoundFile) => boolean;
  /** Goes on with what is appended, rotated and added after everything was read; undefined = ends there. */
  readonly follow?: FollowTimes;
}

/** What one given name came to. */
interface Progress {
  state: FeedReport["state"];
  troubles: string[];
  /** Followed files that were written anew. */
  readonly cutOff: Set<string>;
  bytesDone: number;
  bytesTotal: number;
}

const TROUBLES_SHOWN = 3;

export function createFileFeed(parts: FileFeedParts): FlowFeed {
  const now = (): number => performance.now();
  const progress: Progress[] = parts.paths.map(() => ({ state: "waiting", troubles: [], cutOff: new Set(), bytesDone: 0, bytesTotal: 0 }));
  const flowRate = createRate();
  const byteRate = createRate();
  let flowsBefore = 0;
  let bytesBefore = 0;
  let thread: ReaderThread | undefined;
  /** Those that need not be read again by who follows. */
  let whole: FoundFile[] = [];
  let current: { readonly asked: number; bytes: number } | undefined;

  const readOne = async (file: FoundFile, sink: FlowSink, recogniser: Recogniser, signal: AbortSignal): Promise<void> => {
    const mine = progress[file.asked];
    if (mine === undefined) return;
    mine.state = "reading";
    const place = await withFile(file.path, recogniser.recognise);
    if (place === "read" || place === "cut") {
      mine.bytesDone += file.size;
      if (place === "cut") mine.troubles.push(`${file.path} is cut short, or still being compressed: all it holds so far was read before.`);
      return;
    }
    whole.push(file);
    const reading = { asked: file.asked, bytes: 0 };
    current = reading;
    let flows = 0;
    const reader = {
      file,
      isFollowed: parts.follow !== undefined && isSurelyFollowed(file, parts.paths),
      sink,
      signal,
      limits: parts.limits ?? CATCH_UP,
      onProgress: (bytes: number, flowsHere: number) => {
        reading.bytes = bytes;
        flows = flowsHere;
        flowRate.at(flowsBefore + flows, now());
        byteRate.at(bytesBefore + bytes, now());
      },
    };
    const large = (parts.isLarge ?? isLarge)(file);
    if (large) thread ??= parts.startThread?.();
    const trouble =
      large && thread !== undefined
        ? await thread.read(reader)
        : await readFile({
            ...reader,
            now,
            onCutOff: () => mine.cutOff.add(file.path),
            decoder: parts.decoder,
            joiner: parts.createJoiner(),
          });
    if (trouble !== "") mine.troubles.push(trouble);
    mine.bytesDone += signal.aborted ? reading.bytes : file.size;
    flowsBefore += flows;
    bytesBefore += reading.bytes;
    current = undefined;
  };

  const reportOf = (name: string, index: number): FeedReport => {
    const mine = progress[index];
    if (mine === undefined) throw new Error("one progress for each name");
    const bytesRead = mine.bytesDone + (current?.asked === index ? current.bytes : 0);
    const reading = mine.state === "reading";
    const isFollowed = mine.state === "following";
    if (isFollowed) flowRate.at(flowsBefore, now());
    const left = mine.bytesTotal - bytesRead;
    const rate = byteRate.perSecond();
    return {
      name,
      kind: "file",
      state: mine.state,
      trouble: troubleText(mine.troubles),
      bytesRead: Math.min(bytesRead, mine.bytesTotal),
      bytesTotal: mine.bytesTotal,
      flowsPerSecond: reading || isFollowed ? Math.round(flowRate.perSecond()) : 0,
      secondsLeft: reading && rate > 0 ? Math.max(0, left / rate) : undefined,
    };
  };

  const followOn = async (
    sink: FlowSink,
    recogniser: Recogniser,
    signal: AbortSignal,
    times: FollowTimes,
    files: readonly FoundFile[],
  ): Promise<void> => {
    for (const mine of progress) mine.state = "following";
    try {
      await followFiles({
        ...parts,
        sink,
        recogniser,
        signal,
        now,
        times,
        files,
        onProgress: (asked, bytes, flows) => {
          const mine = progress[asked];
          if (mine === undefined) return;
          mine.bytesDone += bytes;
          mine.bytesTotal += bytes;
          flowsBefore += flows;
        },
        onCutOff: (asked, path) => {
          progress[asked]?.cutOff.add(path);
        },
        onTroubles: (troubles) => {
          for (const [index, mine] of progress.entries()) {
            const cuts = [...mine.cutOff].map((path) => `${path} was cut off while it was read: lines written just before may be missing.`);
            mine.troubles = [troubles[index] ?? "", ...cuts].filter((trouble) => trouble !== "");
          }
        },
      });
    } catch (error) {
      for (const mine of progress) {
        mine.state = "failed";
        mine.troubles.push(`Following stopped: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };

  return {
    names: parts.paths,
    isEndless: parts.follow !== undefined,
    reports: () => parts.paths.map(reportOf),
    async run(sink, signal) {
      const found = await findFiles(parts.paths);
      whole = [];
      const recogniser = createRecogniser(sink);
      for (const [index, mine] of progress.entries()) {
        Object.assign(mine, { state: "waiting", troubles: [], bytesDone: 0 });
        const trouble = found.troubles[index] ?? "";
        if (trouble !== "") mine.troubles.push(trouble);
        const files = found.files.filter((file) => file.asked === index);
        mine.bytesTotal = files.reduce((sum, file) => sum + file.size, 0);
        if (files.length === 0) mine.state = trouble === "" ? "done" : "failed";
      }
      const left = new Map<number, number>();
      for (const file of found.files) left.set(file.asked, (left.get(file.asked) ?? 0) + 1);
      let isRead = false;
      try {
        for (const file of found.files) {
          if (signal.aborted) break;
          await readOne(file, sink, recogniser, signal);
          const more = (left.get(file.asked) ?? 1) - 1;
          left.set(file.asked, more);
          const mine = progress[file.asked];
          if (more === 0 && mine !== undefined && !signal.aborted)
            mine.state = mine.troubles.length > 0 && mine.bytesDone === 0 ? "failed" : "done";
        }
        isRead = !signal.aborted;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        for (const mine of unfinished(progress)) {
          mine.state = "failed";
          mine.troubles.push(`Reading stopped: ${why}`);
        }
      } finally {
        await thread?.close();
        thread = undefined;
      }
      if (isRead && parts.follow !== undefined) await followOn(sink, recogniser, signal, parts.follow, whole);
      for (const mine of unfinished(progress)) mine.state = "stopped";
    },
  };
}

function unfinished(progress: readonly Progress[]): readonly Progress[] {
  return progress.filter((mine) => mine.state === "reading" || mine.state === "waiting" || mine.state === "following");
}

function troubleText(troubles: readonly string[]): string {
  const shown = troubles.slice(0, TROUBLES_SHOWN).join(" ");
  return troubles.length <= TROUBLES_SHOWN ? shown : `${shown} And ${troubles.length - TROUBLES_SHOWN} more.`;
}

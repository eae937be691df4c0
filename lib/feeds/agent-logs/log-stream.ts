/** Reads one log stream of the API, line by line, until it ends, hangs or has lasted long enough. */
import type { Readable } from "node:stream";
import { parseTime } from "#lib/flows/flow-time.ts";
import type { ResumePoint } from "./resume-point.ts";
import { createStreamLines } from "./stream-lines.ts";

export interface LogStreamParts {
  readonly body: Readable;
  /** Knows the lines read before; learns the new ones. */
  readonly point: ResumePoint;
  /** A container that has ended may leave a last line without a line end. */
  readonly isEnded: boolean;
  readonly silenceMs: number;
  readonly lastsMs: number;
  readonly onBytes: (count: number) => void;
  /** A line that was not read before, without its stamp; the stamp in nanoseconds since 1970. */
  readonly onLine: (line: string, stamp: bigint) => void;
  readonly onRepeated: () => void;
  /** Resolves when more lines may come. */
  readonly room: () => Promise<void>;
}

/** `whole`: the server ended it. `silent`: no byte came for too long. `cut`: anything else. */
export type StreamEnd = "whole" | "silent" | "cut";

const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) /;

/** Never rejects. */
export async function readLogStream(parts: LogStreamParts, signal: AbortSignal): Promise<StreamEnd> {
  const { body, point } = parts;
  const lines = createStreamLines();
  const take = (line: string): void => {
    const stamp = STAMP.exec(line);
    const time = stamp?.[1] === undefined ? undefined : parseTime(stamp[1]);
    // a line without a stamp is not the container's: the kubelet itself says that it cannot go on
    if (stamp === null || time === undefined) return;
    if (point.take(time, line)) parts.onLine(line.slice(stamp[0].length), time);
    else parts.onRepeated();
  };
  let end: StreamEnd = "cut";
  let isWaiting = false;
  const watchdog = setTimeout(() => {
    if (isWaiting) return void watchdog.refresh();
    end = "silent";
    body.destroy();
  }, parts.silenceMs);
  const lasted = setTimeout(() => body.destroy(), parts.lastsMs);
  const stop = (): void => void body.destroy();
  signal.addEventListener("abort", stop, { once: true });
  try {
    for await (const chunk of body) {
      watchdog.refresh();
      parts.onBytes(chunk.length);
      for (const line of lines.push(chunk)) take(line);
      isWaiting = true;
      await parts.room();
      isWaiting = false;
    }
    end = "whole";
  } catch {
    // cut off: the next reading begins before the last whole line
  } finally {
    clearTimeout(watchdog);
    clearTimeout(lasted);
    signal.removeEventListener("abort", stop);
    body.destroy();
  }
  const rest = end === "whole" && parts.isEnded ? lines.rest() : "";
  if (rest !== "") take(rest);
  return end;
}

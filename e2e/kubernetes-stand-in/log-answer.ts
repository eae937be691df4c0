/** Serves `pods/log` as a kubelet does, with the faults that were met in the field as switches. */
import type { ServerResponse } from "node:http";
import { formatTime, parseTime } from "#lib/flows/flow-time.ts";
import type { Instance, LoggedLine } from "./container-log.ts";
import type { StandInPod } from "./stand-in-pod.ts";

export interface LogFaults {
  /** Followers that were there before a rotation hear nothing more, on a connection that stays open. */
  silentAfterRotation: boolean;
  /** A connection without a byte for so long is cut, as balancers do; 0 = never. */
  idleCutMs: number;
  /** Bytes of one write; 0 = as they come. 1 is a slow drip that cuts every character and stamp. */
  chunkBytes: number;
}

export interface LogAnswer {
  /** Breaks the connection, in the middle of a line where one is due. */
  cut(): void;
}

const BILLION = 1_000_000_000n;

export function answerLog(pod: StandInPod, query: URLSearchParams, response: ServerResponse, faults: LogFaults): LogAnswer | "none" {
  const isPrevious = query.get("previous") === "true";
  const isFollowed = query.get("follow") === "true" && !isPrevious;
  const instance = isPrevious ? pod.log.instances.at(-2) : pod.log.current;
  return instance === undefined ? "none" : serve(instance, pod, isFollowed, query, response, faults);
}

function serve(
  instance: Instance,
  pod: StandInPod,
  isFollowed: boolean,
  query: URLSearchParams,
  response: ServerResponse,
  faults: LogFaults,
): LogAnswer {
  // the kubelet gets the instant in whole seconds
  const since = ((parseTime(query.get("sinceTime") ?? "") ?? 0n) / BILLION) * BILLION;
  response.writeHead(200, { "content-type": "text/plain" });
  response.flushHeaders();
  let at = instance.file;
  const fileAtStart = instance.file;
  let idle: NodeJS.Timeout | undefined;
  let isBusy = false;

  const due = (): Buffer => {
    let text = "";
    let encoding: LoggedLine["encoding"] = "utf8";
    for (; at < instance.lines.length && text.length < 65_536; at++) {
      const line = instance.lines[at];
      if (line === undefined || line.stamp < since) continue;
      if (text !== "" && line.encoding !== encoding) break;
      encoding = line.encoding;
      text += `${query.get("timestamps") === "true" ? `${formatTime(line.stamp)} ` : ""}${line.text}${line.isWhole ? "\n" : ""}`;
    }
    return Buffer.from(text, encoding);
  };
  const isSilent = (): boolean => (faults.silentAfterRotation || pod.faults.isSilentAfterRotation) && instance.file > fileAtStart;
  const stop = pod.log.onChange(() => void pump());
  response.on("close", () => {
    stop();
    clearTimeout(idle);
  });
  const watchIdle = (): void => {
    clearTimeout(idle);
    if (faults.idleCutMs > 0) idle = setTimeout(() => response.destroy(), faults.idleCutMs);
  };

  async function pump(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    while (!isSilent() && !response.destroyed) {
      const bytes = due();
      if (bytes.length === 0) break;
      watchIdle();
      await write(response, bytes, faults.chunkBytes);
    }
    isBusy = false;
    const isOver = at >= instance.lines.length && (!isFollowed || (instance.hasEnded && !isSilent()));
    if (isOver && !response.destroyed) response.end();
  }
  watchIdle();
  void pump();
  return {
    cut() {
      const line = instance.lines[at];
      // a write under way is cut in the middle of a line as it is
      if (line !== undefined && !isBusy && !isSilent())
        response.write(`${formatTime(line.stamp)} ${line.text.slice(0, line.text.length / 2)}`);
      setImmediate(() => response.destroy());
    },
  };
}

async function write(response: ServerResponse, bytes: Buffer, size: number): Promise<void> {
  const step = size === 0 ? bytes.length : size;
  for (let from = 0; from < bytes.length && !response.destroyed; from += step) {
    const isRoomy = response.write(bytes.subarray(from, from + step));
    if (size > 0) await new Promise((resolve) => setImmediate(resolve));
    else if (!isRoomy) await room(response);
  }
}

function room(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off("drain", done);
      response.off("close", done);
      resolve();
    };
    response.on("drain", done);
    response.on("close", done);
  });
}

/** Server-sent events of the live view: what one browser is told, no faster than it reads. */
import type { LiveQuestion } from "#lib/questions/live.ts";
import type { LiveFlows } from "./engine-client.ts";

export interface LiveStreamParts {
  readonly live: LiveFlows;
  readonly question: Omit<LiveQuestion, "after" | "waitMs">;
  /** The mark the browser has; undefined = it begins now. */
  readonly after: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onClose: () => void;
}

/** Something is said at least so often: a silent connection and a dead one look the same to a browser. */
const BEAT_MS = 5_000;
/** Rows are gathered for so long before they are sent. */
const GATHER_MS = 100;
const RETRY_MS = 2_000;
const TRY_AGAIN_MS = 1_000;

/**
 * Events: `flows` { rows, skipped, now, filledSince? }, `beat` { now, filledSince? }, `broken` (what came since the mark has to be read from the store),
 * `problem` { title, detail }. The id of each is the mark to go on from.
 */
export function liveStream({ live, question, after, now, onClose }: LiveStreamParts): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let mark = after;
  let isOver = false;
  let isFirst = true;
  const close = (): void => {
    if (!isOver) onClose();
    isOver = true;
  };
  const event = (name: string, data: object): Uint8Array =>
    encoder.encode(`${mark === undefined ? "" : `id: ${mark}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);

  // pull waits for the browser: who does not read makes nothing grow here, and learns later what was left out
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (isFirst) {
          isFirst = false;
          controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\n\n`));
        } else await pause(GATHER_MS);
        const read = await live({ ...question, after: mark, waitMs: mark === undefined ? 0 : BEAT_MS });
        if (isOver) return;
        if (read.problem !== undefined) {
          controller.enqueue(event("problem", { title: read.problem.title, detail: read.problem.detail }));
          if (read.problem.kind === "bad-question") {
            close();
            controller.close();
          } else await pause(TRY_AGAIN_MS);
          return;
        }
        ({ mark } = read);
        if (read.isBroken) controller.enqueue(event("broken", {}));
        else {
          const { rows, skipped, filledSince } = read;
          const isSomething = rows.length > 0 || skipped > 0;
          controller.enqueue(event(isSomething ? "flows" : "beat", { ...(isSomething && { rows, skipped }), now: now(), filledSince }));
        }
      },
      cancel: close,
    },
    { highWaterMark: 1 },
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** `/live`: the flows that are stored from now on, as server-sent events, through the same filter as a page. */

import type { Problem } from "#lib/questions/answer.ts";
import { readAsked } from "#lib/server/ask.ts";
import { liveStream } from "#lib/server/live-stream.ts";
import { getRuntime } from "#lib/server/runtime.ts";
import { problemResponse, unreadableProblem } from "../api/v1/_api/respond.ts";
import { canBeLive } from "../can-be-live.ts";

export const dynamic = "force-dynamic";

const NOT_LIVE: Problem = {
  kind: "bad-question",
  title: "There is no live view over Azure Data Explorer.",
  detail: "Flows come to the cluster in batches, minutes after they happened, and not through Weir.",
  next: "Reload the page, or follow the agents themselves with --agent-logs.",
};
const OWN = ["after", "rows"];
const ROWS_MOST = 1_000;
/** A browser tab holds one; each costs a question ten times a second at most. */
const STREAMS_MOST = 200;
let streams = 0;

export async function GET(request: Request): Promise<Response> {
  const { store, live } = getRuntime();
  if (!canBeLive()) return problemResponse(NOT_LIVE);
  const url = new URL(request.url);
  const asked = await readAsked(url.searchParams, { store, now: Date.now(), alsoKnown: OWN });
  if (asked.unreadable.length > 0) return problemResponse(unreadableProblem(asked.unreadable));
  if (streams >= STREAMS_MOST) return new Response("Too many live views are open.\n", { status: 429, headers: { "retry-after": "10" } });
  streams += 1;
  const { filter, text, window } = asked.question;
  const wanted = Number(url.searchParams.get("rows") ?? ROWS_MOST);
  const stream = liveStream({
    live,
    question: {
      filter,
      text,
      from: asked.windowChosen ? window.from : 0,
      limit: Number.isFinite(wanted) ? Math.min(Math.max(0, wanted), ROWS_MOST) : ROWS_MOST,
    },
    // a browser that reconnects by itself says where it was
    after: request.headers.get("last-event-id") ?? url.searchParams.get("after") ?? undefined,
    now: Date.now,
    onClose: () => {
      streams -= 1;
    },
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      connection: "close",
    },
  });
}

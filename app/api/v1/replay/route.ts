import { TARGET_VERSIONS } from "#lib/exporter/config.ts";
import { readConfig } from "#lib/exporter/read-config.ts";
import type { ReplayNews } from "#lib/exporter/replay-report.ts";
import type { Problem } from "#lib/questions/answer.ts";
import { getRuntime } from "#lib/server/runtime.ts";
import { guarded } from "../_api/handle.ts";
import { noParameters } from "../_api/parameters.ts";
import { replayBodySchema } from "../_api/replay-body.ts";
import { problemResponse } from "../_api/respond.ts";

/** Window from the parameters, configurations from the body; the answer is one JSON object a line, the last one "done" or "failed". */
export function POST(request: Request): Promise<Response> {
  return guarded(request, noParameters, async ({ asked }) => {
    const read = replayBodySchema.safeParse(await request.json().catch(() => undefined));
    if (!read.success) return problemResponse(badBody(read.error.issues[0]?.message ?? ""));
    const { target, texts } = read.data;
    const configs = texts.map((text) => readConfig(text, { version: target }).draft);
    const gone = new AbortController();
    // the request's own signal fires when the browser leaves, the stream's cancel when it stops reading
    request.signal.addEventListener("abort", () => gone.abort());
    const news = getRuntime().replays.run({ window: asked.question.window, configs, version: target }, gone.signal);
    return new Response(linesOf(news, gone), {
      headers: {
        "content-type": "application/x-ndjson; charset=utf-8",
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
      },
    });
  });
}

function linesOf(news: AsyncGenerator<ReplayNews>, gone: AbortController): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await news.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
    async cancel() {
      gone.abort();
      await news.return(undefined);
    },
  });
}

function badBody(why: string): Problem {
  return {
    kind: "bad-question",
    title: "This is no request for a replay.",
    detail: `The body is JSON with target (${TARGET_VERSIONS.join(", ")}) and texts, one or two configurations. ${why}`,
    next: "Window and filter go into the parameters, as for every other answer.",
  };
}

/** A replay from the server, as it goes on: one word a line. */
import type { TargetVersion } from "#lib/exporter/config.ts";
import type { ReplayNews } from "#lib/exporter/replay-report.ts";
import { apiHref } from "#lib/url/api-links.ts";
import type { Search } from "#lib/url/search.ts";

export interface ReplayWanted {
  readonly window: Search["window"];
  readonly target: TargetVersion;
  /** The present configuration, where there is one to compare with, then the candidate. */
  readonly texts: readonly string[];
}

const NO_ANSWER: ReplayNews = {
  is: "failed",
  title: "The server did not answer.",
  detail: "Nothing is known about these flows.",
  next: "Check that Weir still runs, then try again.",
  mayHelpAgain: true,
};

/** Ends with "done" or "failed"; quietly when `signal` was given up. */
export async function fetchReplay(wanted: ReplayWanted, signal: AbortSignal, hear: (news: ReplayNews) => void): Promise<void> {
  const { window, target, texts } = wanted;
  try {
    const response = await fetch(apiHref("replay", { window }), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ target, texts }),
      signal,
    });
    if (!response.ok || response.body === null) return hear(problemOf(await response.json()));
    let isOver = false;
    for await (const line of linesOf(response.body)) {
      const news = newsOf(line);
      isOver ||= news.is !== "running";
      if (!signal.aborted) hear(news);
    }
    if (!isOver && !signal.aborted) hear(NO_ANSWER);
  } catch {
    if (!signal.aborted) hear(NO_ANSWER);
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

/** Weir's own server wrote the line, of the same build as this page; a server of another one makes the page load anew. */
function newsOf(line: string): ReplayNews {
  return JSON.parse(line) as ReplayNews;
}

function problemOf(body: unknown): ReplayNews {
  const problem = typeof body === "object" && body !== null && "problem" in body ? body.problem : undefined;
  if (typeof problem !== "object" || problem === null) return NO_ANSWER;
  const word = (name: "title" | "detail" | "next"): string => {
    const text: unknown = Object.entries(problem).find(([key]) => key === name)?.[1];
    return typeof text === "string" ? text : "";
  };
  return { is: "failed", title: word("title"), detail: word("detail"), next: word("next"), mayHelpAgain: true };
}

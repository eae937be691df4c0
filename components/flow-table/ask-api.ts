/** Asks Weir's own interface from the browser. */
import type { Answer, Problem } from "#lib/questions/answer.ts";

const UNREACHABLE: Problem = {
  kind: "unavailable",
  title: "Weir did not answer",
  detail: "The connection to Weir failed, or what came back was not its answer.",
  next: "Try again; if it stays so, see whether Weir still runs.",
};

/** Never rejects. Undefined when the question was taken back. */
export async function askApi<T>(address: string, signal: AbortSignal): Promise<Answer<T> | undefined> {
  try {
    const response = await fetch(address, { signal, headers: { accept: "application/json" } });
    const body: unknown = await response.json();
    return isAnswer<T>(body) ? body : { problem: UNREACHABLE };
  } catch {
    return signal.aborted ? undefined : { problem: UNREACHABLE };
  }
}

/** The interface answers every request with `{ answer, coverage }` or `{ problem }`, and the caller names the answer's shape by its address. */
function isAnswer<T>(body: unknown): body is Answer<T> {
  return typeof body === "object" && body !== null && ("problem" in body || "answer" in body);
}

/** Who asked may leave before the answer: every request carries a signal that all that is asked for it can see. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { ServerResponse } from "node:http";

const signals = new AsyncLocalStorage<AbortSignal>();

/** Within `work`, `askerGone` gives a signal that aborts when this response is closed before it was written. */
export function whileAsked<T>(response: ServerResponse, work: () => T): T {
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort();
  });
  return signals.run(gone.signal, work);
}

/** Undefined where nobody in particular asks. */
export function askerGone(): AbortSignal | undefined {
  return signals.getStore();
}

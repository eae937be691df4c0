/** What is answered when the store could not be opened: the same problem to every question. */
import type { Problem } from "#lib/questions/answer.ts";
import { STORE_METHODS } from "./engine-protocol.ts";
import type { Handler } from "./rpc.ts";

export function refusedHandlers(why: string, next: string): ReadonlyMap<string, Handler> {
  const problem: Problem = {
    kind: "unavailable",
    title: "The store could not be opened",
    detail: why,
    next,
  };
  const refuse: Handler = () => Promise.resolve({ problem });
  return new Map([
    ...[...STORE_METHODS, "live"].map((method): [string, Handler] => [method, refuse]),
    ["close", () => Promise.resolve(undefined)],
  ]);
}

/** What every endpoint does alike: read the parameters, refuse what cannot be read, ask, and turn a fault into a problem. */
import "server-only";
import type { z } from "zod";
import type { Answer } from "#lib/questions/answer.ts";
import { type Asked, readAsked } from "#lib/server/ask.ts";
import { getRuntime } from "#lib/server/runtime.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import { namesOf, readParameters } from "./parameters.ts";
import { answerResponse, FAULT, problemResponse, unreadableProblem } from "./respond.ts";

export interface Call<S extends z.ZodObject> {
  readonly store: FlowStore;
  readonly asked: Asked;
  readonly values: z.infer<S>;
}

/** A handler that answers with JSON. */
export function answering<S extends z.ZodObject, T>(
  schema: S,
  ask: (call: Call<S>) => Promise<Answer<T>>,
): (request: Request) => Promise<Response> {
  return (request) => guarded(request, schema, async (call) => answerResponse(await ask(call)));
}

export async function guarded<S extends z.ZodObject>(
  request: Request,
  schema: S,
  respond: (call: Call<S>) => Promise<Response>,
): Promise<Response> {
  try {
    const { store } = getRuntime();
    const params = new URL(request.url).searchParams;
    const asked = await readAsked(params, { store, now: Date.now(), alsoKnown: namesOf(schema) });
    const { values, unreadable } = readParameters(params, schema);
    const wrong = [...asked.unreadable, ...unreadable];
    if (values === undefined || wrong.length > 0) return problemResponse(unreadableProblem(wrong));
    if (asked.status.problem !== undefined) return problemResponse(asked.status.problem);
    return await respond({ store, asked, values });
  } catch (error) {
    console.error(error);
    return problemResponse(FAULT);
  }
}

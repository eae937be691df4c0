/** What the header says about where the flows come from. */
import "server-only";
import { type Asked, facetsQuestion } from "#lib/server/ask.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";

const MOST = 20;

/** Clusters of the window, biggest first; none where the store cannot say. */
export async function clusterNames(asked: Asked, store: FlowStore): Promise<readonly string[]> {
  const answer = await store.facets(facetsQuestion(asked, ["cluster"], MOST));
  return answer.problem ? [] : (answer.answer[0]?.values.flatMap(({ value }) => value ?? []) ?? []);
}

/** What the header says about where the flows come from. */
import "server-only";
import { EVERYTHING } from "#lib/filters/filter.ts";
import { type Asked, facetsQuestion } from "#lib/server/ask.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";

const MOST = 20;

/** Clusters of the window whatever the filter, biggest first; none where the store cannot say. */
export async function clusterNames(asked: Asked, store: FlowStore): Promise<readonly string[]> {
  const question = { ...asked.question, filter: EVERYTHING, text: "" };
  const answer = await store.facets(facetsQuestion({ ...asked, question }, ["cluster"], MOST));
  return answer.problem ? [] : (answer.answer[0]?.values.flatMap(({ value }) => value ?? []) ?? []);
}

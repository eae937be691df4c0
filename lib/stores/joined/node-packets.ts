/** How much of each node arrived in each slice of time, asked of any store. */
import type { Filter } from "#lib/filters/filter.ts";
import { REASONS } from "#lib/flows/reason.ts";
import type { Answer } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import type { Arrived } from "#lib/stores/history-store.ts";

const MOST_NODES = 100_000;
/** Shows every flow: the first clause does, and both speak of what a question without a filter leaves out. */
const EVERY_FLOW: Filter = { include: [{ reason: REASONS }, { traffic_direction: ["INGRESS"] }], exclude: [] };

/** The window begins and ends at multiples of `sliceMs`. One question per slice. */
export async function arrivedIn(store: FlowStore, window: ResolvedWindow, sliceMs: number): Promise<Answer<readonly Arrived[]>> {
  const found: Arrived[] = [];
  const ask = (slice: number) =>
    store.groups({
      window: { from: slice, to: slice + sliceMs },
      filter: EVERY_FLOW,
      text: "",
      by: ["node"],
      order: "key",
      descending: false,
      offset: 0,
      limit: MOST_NODES,
      sparkPoints: 0,
    });
  let told = await ask(window.from);
  for (let slice = window.from; ; told = await ask(slice)) {
    if (told.problem !== undefined) return told;
    for (const { key, packets } of told.answer.rows) found.push({ node: key[0] ?? "", slice, packets });
    slice += sliceMs;
    if (slice >= window.to) return { answer: found, coverage: told.coverage };
  }
}

/** Where reading of every agent's log stands, as the text that is stored with the flows. */
import { z } from "zod";
import { type AgentPlace, createAgentPlace, placeText } from "./agent-place.ts";

const stateSchema = z.array(z.tuple([z.string(), z.string()]));

/** By the pod's uid. Anything unreadable is as if nothing had been read. */
export function readPlaces(state: string | undefined): Map<string, AgentPlace> {
  const places = new Map<string, AgentPlace>();
  if (state === undefined) return places;
  let value: unknown;
  try {
    value = JSON.parse(state);
  } catch {
    return places;
  }
  for (const [uid, text] of stateSchema.safeParse(value).data ?? []) places.set(uid, createAgentPlace(text));
  return places;
}

export function writePlaces(places: ReadonlyMap<string, AgentPlace>): string {
  const pairs: (readonly [string, string])[] = [];
  for (const [uid, place] of places) {
    const text = placeText(place);
    if (text !== "") pairs.push([uid, text]);
  }
  return JSON.stringify(pairs);
}

/** Where reading of every agent's log stands, as the text that is stored with the flows. */
import { z } from "zod";
import { type AgentPlace, readPlace, writePlace } from "./agent-place.ts";

const stateSchema = z.array(z.tuple([z.string(), z.unknown()]));

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
  for (const [uid, written] of stateSchema.safeParse(value).data ?? []) {
    const place = readPlace(written);
    if (place !== undefined) places.set(uid, place);
  }
  return places;
}

export function writePlaces(places: ReadonlyMap<string, AgentPlace>): string {
  const pairs: (readonly [string, unknown])[] = [];
  for (const [uid, place] of places) {
    const written = writePlace(place);
    if (written !== undefined) pairs.push([uid, written]);
  }
  return JSON.stringify(pairs);
}

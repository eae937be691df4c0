/** Where reading of every agent's log stands, and what the logs of those lack that are gone, as the text that is stored with the flows. */
import { z } from "zod";
import { type AgentPlace, readPlace, writePlace } from "./agent-place.ts";
import { createGoneAgents, type GoneAgents, goneSchema, writeGone } from "./gone-agents.ts";

export interface Places {
  /** By the pod's uid. */
  readonly agents: Map<string, AgentPlace>;
  readonly gone: GoneAgents;
}

const agentsSchema = z.array(z.tuple([z.string(), z.unknown()]));
/** Before there was anything but agents, it was their list alone. */
const stateSchema = z.union([
  agentsSchema.transform((agents) => ({ agents, gone: [] })),
  z.object({ agents: agentsSchema, gone: z.array(goneSchema).catch([]) }),
]);

/** Anything unreadable is as if nothing had been read. */
export function readPlaces(state: string | undefined): Places {
  const read = stateSchema.safeParse(parsed(state)).data;
  const agents = new Map<string, AgentPlace>();
  for (const [uid, written] of read?.agents ?? []) {
    const place = readPlace(written);
    if (place !== undefined) agents.set(uid, place);
  }
  return { agents, gone: createGoneAgents(read?.gone ?? []) };
}

function parsed(state: string | undefined): unknown {
  try {
    return JSON.parse(state ?? "");
  } catch {
    return undefined;
  }
}

export function writePlaces({ agents, gone }: Places): string {
  const pairs: (readonly [string, unknown])[] = [];
  for (const [uid, place] of agents) {
    const written = writePlace(place);
    if (written !== undefined) pairs.push([uid, written]);
  }
  return JSON.stringify({ agents: pairs, gone: gone.all.map(writeGone) });
}

/** Where reading of a relay stands, kept with the flows so that a restart of Weir neither loses nor repeats one. */
import { z } from "zod";
import { lossSchema, type NodeLoss, writeLoss } from "./node-losses.ts";

/** A flow without uuid, by its hash: a store cannot know it again. Times in nanoseconds since 1970. */
interface Nameless {
  readonly time: bigint;
  readonly id: string;
}

export interface RelayPlace {
  /** Time of the newest flow, never later than Weir's clock; 0 = none was read. */
  newest: bigint;
  /** When the relay was last known to be there; 0 = never. */
  aliveAt: bigint;
  /** Nodes whose flows did not come, by name: since when. */
  readonly away: Map<string, bigint>;
  nameless: Nameless[];
  /** Messages about lost events, by their hash: rings repeat them as they do flows. */
  told: string[];
  /** What was known to be missing when it was written down. */
  readonly losses: readonly NodeLoss[];
}

const SECOND = 1_000_000_000n;
/** Relay sorts flows of its nodes for a second; its nodes' clocks differ. */
const OVERLAP = 5n * SECOND;
/** Rings are seldom longer, and what other nodes sent since then comes again. */
const AWAY_MOST = 3_600n * SECOND;
const NAMELESS_MOST = 512;
const AWAY_NODES_MOST = 5_000;

const decimal = z
  .string()
  .regex(/^\d{1,20}$/)
  .transform(BigInt);
const stateSchema = z.object({
  newest: decimal,
  aliveAt: decimal,
  away: z.array(z.tuple([z.string(), decimal])),
  nameless: z.array(z.tuple([decimal, z.string()])),
  told: z.array(z.string()).default([]),
  losses: z.array(lossSchema).default([]),
});

/** Anything unreadable is as if nothing had been read. */
export function readPlace(state: string | undefined): RelayPlace {
  const nothing: RelayPlace = { newest: 0n, aliveAt: 0n, away: new Map(), nameless: [], told: [], losses: [] };
  if (state === undefined) return nothing;
  let value: unknown;
  try {
    value = JSON.parse(state);
  } catch {
    return nothing;
  }
  const read = stateSchema.safeParse(value).data;
  if (read === undefined) return nothing;
  return { ...read, away: new Map(read.away), nameless: read.nameless.map(([time, id]) => ({ time, id })) };
}

export function writePlace({ newest, aliveAt, away, nameless, told, losses }: RelayPlace): string {
  return JSON.stringify({
    newest: `${newest}`,
    aliveAt: `${aliveAt}`,
    away: [...away].map(([node, since]) => [node, `${since}`]),
    nameless: nameless.map(({ time, id }) => [`${time}`, id]),
    told,
    losses: losses.map(writeLoss),
  });
}

/** `now` in nanoseconds since 1970: a node whose clock runs ahead must not move the place past flows that are still to come. */
export function noteFlow(
  place: RelayPlace,
  flow: { readonly time: bigint | undefined; readonly id: string; readonly hasUuid: boolean },
  now: bigint,
): void {
  const time = flow.time === undefined || flow.time > now ? now : flow.time;
  if (time > place.newest) place.newest = time;
  if (flow.hasUuid) return;
  place.nameless.push({ time, id: flow.id });
  if (place.nameless.length > NAMELESS_MOST * 2) place.nameless = place.nameless.slice(-NAMELESS_MOST);
}

/** Of more at once than are remembered some count again: too much is said to be lost then, never too little. */
export function noteLost(place: RelayPlace, id: string): void {
  place.told.push(id);
  if (place.told.length > NAMELESS_MOST * 2) place.told = place.told.slice(-NAMELESS_MOST);
}

/** The instant to ask from; undefined = everything that the rings hold. */
export function sinceOf(place: RelayPlace): bigint | undefined {
  if (place.newest === 0n) return undefined;
  let since = place.newest;
  for (const away of place.away.values()) if (away < since) since = away;
  if (since < place.newest - AWAY_MOST) since = place.newest - AWAY_MOST;
  since -= OVERLAP;
  // of flows without a name only so many are known again: those before them must not come again
  const [oldest] = place.nameless;
  return oldest !== undefined && place.nameless.length >= NAMELESS_MOST && oldest.time > since ? oldest.time : since;
}

export function noteAway(place: RelayPlace, node: string, since: bigint): void {
  if (!place.away.has(node) && place.away.size < AWAY_NODES_MOST) place.away.set(node, since);
}

/** What a story of the demo gets to work with, and how attempts spread over a day. */
import type { Attempt } from "./attempt.ts";
import type { DemoCluster } from "./cluster.ts";
import type { Random } from "./random.ts";

export interface Stage {
  readonly cluster: DemoCluster;
  readonly random: Random;
  /** Milliseconds since 1970; stories tell times in milliseconds after `from`. */
  readonly from: number;
  readonly until: number;
  /** Lines to share; a story takes its part, and keeps what makes it recognisable at any size. */
  readonly flows: number;
}

/** A story yields the tries of one thing that happened, in any order. */
export type Story = (stage: Stage) => Iterable<Attempt>;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

const FIRST_EPHEMERAL_PORT = 32_768;
const EPHEMERAL_PORTS = 28_232;

export function sourcePort(random: Random): number {
  return FIRST_EPHEMERAL_PORT + random.below(EPHEMERAL_PORTS);
}

/** Length of the demo's time in milliseconds. */
export function lengthOf(stage: Stage): number {
  return stage.until - stage.from;
}

/** Milliseconds after the start, told as time before the end. */
export function ago(stage: Stage, ms: number): number {
  return lengthOf(stage) - ms;
}

/** `count` moments between two times, denser where `density` (0 to 1 of a share of the span, 0..1) is higher. */
export function spread(
  random: Random,
  count: number,
  low: number,
  high: number,
  density: (at: number) => number = () => 1,
): readonly number[] {
  const moments: number[] = [];
  for (let tries = 0; moments.length < count && tries < count * 50; tries++) {
    const at = random.between(low, high);
    if (random.next() < density(at)) moments.push(at);
  }
  return moments;
}

/** How busy people are at a time of the day: quiet at 03:00 UTC, most at 15:00. */
export function byDay(stage: Stage): (at: number) => number {
  return (at) => 0.55 - 0.45 * Math.cos(((stage.from + at) / HOUR - 3) * (Math.PI / 12));
}

/** Tries for a share of the lines, given how many lines one try makes; at least `least`. */
export function triesFor(stage: Stage, share: number, linesEach: number, least = 1): number {
  return Math.max(least, Math.round((stage.flows * share) / linesEach));
}

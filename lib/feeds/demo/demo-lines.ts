/** The demo data: one made-up day of a made-up cluster, as the lines its agents print, in time order. */
import { agentLines, type PlainLine } from "./agent-lines.ts";
import type { Attempt } from "./attempt.ts";
import { createCluster, type DemoCluster } from "./cluster.ts";
import { createRandom, type Random } from "./random.ts";
import { allowLists } from "./stories/allow-lists.ts";
import { beacon } from "./stories/beacon.ts";
import { blockedPartner, overlap } from "./stories/corporate.ts";
import { certRenewer, nightlyReport } from "./stories/cron-jobs.ts";
import { insideTheCluster, kubelets } from "./stories/inside.ts";
import { metadata, resolver } from "./stories/metadata.ts";
import { faults, pings, shell } from "./stories/not-policy.ts";
import { policyBreak } from "./stories/policy-break.ts";
import { portScan } from "./stories/port-scan.ts";
import { refusedNames, refusedRequests } from "./stories/refused.ts";
import { retryStorm } from "./stories/retry-storm.ts";
import { wouldBe } from "./stories/would-be.ts";
import { HOUR, lengthOf, MINUTE, type Stage, type Story } from "./story.ts";
import { type Part, writeFlow } from "./write-flow.ts";
import { createTimeWriter } from "./write-time.ts";

export interface DemoOptions {
  readonly seed: number;
  /** Milliseconds since 1970: the end of the demo's day. */
  readonly until: number;
  /** Flow lines. What happens by the clock makes about 12,000 in any case; the rest is shared among the stories. */
  readonly flows: number;
}

export const DEMO_FLOWS = 300_000;
export const DEMO_HOURS = 24;

const STORIES: readonly Story[] = [
  policyBreak,
  beacon,
  portScan,
  certRenewer,
  nightlyReport,
  retryStorm,
  metadata,
  resolver,
  overlap,
  blockedPartner,
  allowLists,
  kubelets,
  insideTheCluster,
  refusedRequests,
  refusedNames,
  faults,
  shell,
  pings,
];

/** What happens on the last day only. */
const NEWS: ReadonlySet<Story> = new Set([policyBreak, beacon, portScan, retryStorm, blockedPartner, shell]);
const DAILY = STORIES.filter((story) => !NEWS.has(story));

/** The day before was a quieter one. */
const SHARE_BEFORE = 0.4;

/** One node falls silent before the end: nothing of it is in the log from then on. */
const SILENT_NODE = 22;
const SILENT_AGO = 95 * MINUTE;
const UNREADABLE = 3;
const LINES_BY_THE_CLOCK = 12_100;
const JITTER_MS = 4;

/** A line to come, in its minute; the text is made when its turn comes. */
type Moment = { readonly at: number; readonly attempt: Attempt; readonly part: Part } | PlainLine;

/** The last day, with all its stories. */
export function* demoLines(options: DemoOptions): Iterable<string> {
  const random = createRandom(options.seed);
  const stage = stageOf(options, createCluster(random), random);
  const made = attemptsOf(stage, STORIES);
  const minutes = emptyMinutes(stage);
  const put = into(minutes);
  let flows = 0;
  for (const attempt of made) flows += putPackets(stage, attempt, put, lengthOf(stage) - SILENT_AGO);
  for (const attempt of wouldBe(stage, Math.max(0, options.flows - flows))) put({ at: attempt.at, attempt, part: "verdict" });
  for (const line of agentLines(stage)) put(line);
  for (const line of unreadableLines(stage, made)) put(line);
  yield* written(stage, minutes);
}

/** The day before it, so that there is something to compare with: the same cluster, and only what goes on every day. */
export function* demoDayBefore(options: DemoOptions): Iterable<string> {
  const cluster = createCluster(createRandom(options.seed));
  const earlier = { ...options, until: options.until - DEMO_HOURS * HOUR, flows: Math.round(options.flows * SHARE_BEFORE) };
  const stage = stageOf(earlier, cluster, createRandom(options.seed + 1));
  const minutes = emptyMinutes(stage);
  for (const attempt of attemptsOf(stage, DAILY)) putPackets(stage, attempt, into(minutes), lengthOf(stage));
  yield* written(stage, minutes);
}

function stageOf(options: DemoOptions, cluster: DemoCluster, random: Random): Stage {
  const { until } = options;
  return { cluster, random, from: until - DEMO_HOURS * HOUR, until, flows: Math.max(0, options.flows - LINES_BY_THE_CLOCK) };
}

function attemptsOf(stage: Stage, stories: readonly Story[]): Attempt[] {
  const made: Attempt[] = [];
  for (const story of stories) for (const attempt of story(stage)) made.push(attempt);
  return made;
}

function emptyMinutes(stage: Stage): Moment[][] {
  return Array.from({ length: Math.ceil(lengthOf(stage) / MINUTE) }, () => []);
}

function into(minutes: readonly Moment[][]): (moment: Moment) => void {
  return (moment) => {
    minutes[Math.floor(moment.at / MINUTE)]?.push(moment);
  };
}

/** Empties the minutes on its way. */
function* written(stage: Stage, minutes: readonly Moment[][]): Iterable<string> {
  const timeOf = createTimeWriter(stage.from);
  for (const minute of minutes) {
    minute.sort((a, b) => a.at - b.at);
    for (const moment of minute) {
      const time = timeOf(moment.at);
      yield "attempt" in moment ? writeFlow(moment.attempt, moment.part, time, stage.random.uuid()) : moment.write(time);
    }
    minute.length = 0;
  }
}

/** Puts every packet that leaves in time, from a node that still talks; returns how many lines they make. */
function putPackets(stage: Stage, attempt: Attempt, put: (moment: Moment) => void, silentFrom: number): number {
  const { random } = stage;
  const end = attempt.from.node.index === SILENT_NODE ? silentFrom : lengthOf(stage) - 1;
  let lines = 0;
  for (const wait of attempt.packets) {
    const at = attempt.at + wait * 1000 + (wait === 0 ? 0 : random.between(0, JITTER_MS));
    if (at < 0 || at >= end) continue;
    const recorded = attempt.stop.is === "recorded";
    if (recorded) put({ at, attempt, part: "verdict" });
    put({ at: recorded ? at + random.between(0.002, 0.06) : at, attempt, part: "drop" });
    lines += recorded ? 2 : 1;
  }
  return lines;
}

/** Lines that two writers tore apart: the beginning of a flow, cut short. */
function* unreadableLines(stage: Stage, attempts: readonly Attempt[]): Iterable<PlainLine> {
  const { random } = stage;
  for (let count = 0; count < UNREADABLE; count++) {
    const attempt = random.pick(attempts);
    const uuid = random.uuid();
    const length = 300 + random.below(500);
    yield { at: random.between(HOUR, lengthOf(stage)), write: (time) => writeFlow(attempt, "drop", time, uuid).slice(0, length) };
  }
}

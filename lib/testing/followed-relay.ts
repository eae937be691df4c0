/** For tests of the relay feed: a stand-in, a feed that follows it impatiently, and ends for both. */
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect } from "vitest";
import { createDecoder } from "#lib/decode/decoder.ts";
import type { FlowFeed } from "#lib/feeds/feed.ts";
import type { BatchLimits } from "#lib/feeds/ingest.ts";
import type { RelayTimes } from "#lib/feeds/relay/follow-relay.ts";
import { openRelay, type RelayChoice } from "#lib/feeds/relay/open-relay.ts";
import { createRelayFeed } from "#lib/feeds/relay/relay-feed.ts";
import type { FeedReport } from "#lib/questions/answer.ts";
import type { SourceReport } from "#lib/questions/source-report.ts";
import { soakLine, soakUuid } from "../../bin/soak/soak-lines.ts";
import { type RelayStandIn, type StandInOptions, startRelayStandIn } from "../../e2e/relay-stand-in/relay-stand-in.ts";
import { createRecordingSink, type RecordingSink } from "./recording-sink.ts";

const TIMES: RelayTimes = { backOff: { firstMs: 10, mostMs: 100 }, askEveryMs: 40, askWithinMs: 400, renewMs: 200 };
const LIMITS = { flows: 20_000, bytes: 64 << 20, ms: 20 };
const PLAIN: Omit<RelayChoice, "address"> = {
  insecure: true,
  ca: undefined,
  cert: undefined,
  key: undefined,
  serverName: undefined,
  keepaliveMs: 10_000,
  keepaliveTimeoutMs: 5_000,
};

export interface Running {
  readonly feed: FlowFeed;
  readonly sink: RecordingSink;
  readonly stop: () => Promise<void>;
}

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

export async function standIn(options: StandInOptions = {}): Promise<RelayStandIn> {
  const relay = await startRelayStandIn(options);
  open.push(() => relay.close());
  return relay;
}

export function run(
  address: string,
  more: { sink?: RecordingSink; choice?: Partial<RelayChoice>; times?: Partial<RelayTimes>; limits?: BatchLimits } = {},
): Running {
  const choice = { ...PLAIN, ...more.choice, address };
  const sink = more.sink ?? createRecordingSink();
  const feed = createRelayFeed({
    address,
    insecure: choice.insecure,
    hasCert: choice.cert !== undefined,
    open: () => openRelay(choice),
    decoder: createDecoder(),
    times: { ...TIMES, ...more.times },
    limits: more.limits ?? LIMITS,
  });
  const abort = new AbortController();
  const done = feed.run(sink, abort.signal);
  const stop = async (): Promise<void> => {
    abort.abort();
    await done;
  };
  open.push(stop);
  return { feed, sink, stop };
}

/** Waits; fails after five seconds and says why. */
export async function until(holds: () => boolean, why: () => unknown = () => ""): Promise<void> {
  for (let turn = 0; turn < 1_000 && !holds(); turn++) await wait(5);
  expect(holds(), JSON.stringify(why())).toBe(true);
}

let number = 0;
/** The uuid of the flow that was emitted. */
export function emit(relay: RelayStandIn, at = 0, time = Date.now(), hasUuid = true): string {
  const node = relay.nodes[at];
  if (node === undefined) throw new Error(`no node ${at}`);
  relay.emit(node, soakLine(number, node.name.replace("lab/", ""), time, hasUuid).replaceAll("soak/", "lab/"));
  return soakUuid(number++);
}

export const reportOf = ({ feed }: Running): FeedReport | undefined => feed.reports()[0];
export const sourceOf = ({ feed }: Running, node: string): SourceReport | undefined => feed.sources?.().find((one) => one.node === node);
export const has = ({ sink }: Running, uuids: readonly string[]): boolean => uuids.every((uuid) => sink.uuids().includes(uuid));

export async function arrival(running: Running, ...uuids: readonly string[]): Promise<void> {
  await until(
    () => has(running, uuids),
    () => reportOf(running),
  );
}

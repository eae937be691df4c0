/** The feed against a stand-in relay: what arrives, what is asked, and what is said when something is wrong. */
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { createDecoder } from "#lib/decode/decoder.ts";
import type { FeedReport, SourceReport } from "#lib/questions/answer.ts";
import { createRecordingSink, type RecordingSink } from "#lib/testing/recording-sink.ts";
import { soakLine, soakUuid } from "../../../bin/soak/soak-lines.ts";
import { type RelayStandIn, type StandInOptions, startRelayStandIn } from "../../../e2e/relay-stand-in/relay-stand-in.ts";
import type { FlowFeed } from "../feed.ts";
import type { RelayTimes } from "./follow-relay.ts";
import { openRelay, type RelayChoice } from "./open-relay.ts";
import { createRelayFeed } from "./relay-feed.ts";

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

interface Running {
  readonly feed: FlowFeed;
  readonly sink: RecordingSink;
  readonly stop: () => Promise<void>;
}

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function standIn(options: StandInOptions = {}): Promise<RelayStandIn> {
  const relay = await startRelayStandIn(options);
  open.push(() => relay.close());
  return relay;
}

function run(address: string, more: { sink?: RecordingSink; choice?: Partial<RelayChoice>; times?: Partial<RelayTimes> } = {}): Running {
  const choice = { ...PLAIN, ...more.choice, address };
  const sink = more.sink ?? createRecordingSink();
  const feed = createRelayFeed({
    address,
    insecure: choice.insecure,
    hasCert: choice.cert !== undefined,
    open: () => openRelay(choice),
    decoder: createDecoder(),
    times: { ...TIMES, ...more.times },
    limits: LIMITS,
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

async function until(holds: () => boolean, why: () => unknown = () => ""): Promise<void> {
  for (let turn = 0; turn < 1_000 && !holds(); turn++) await wait(5);
  expect(holds(), JSON.stringify(why())).toBe(true);
}

let number = 0;
/** The uuid of the flow that was emitted. */
function emit(relay: RelayStandIn, at = 0, time = Date.now()): string {
  const node = relay.nodes[at];
  if (node === undefined) throw new Error(`no node ${at}`);
  relay.emit(node, soakLine(number, node.name.replace("lab/", ""), time).replaceAll("soak/", "lab/"));
  return soakUuid(number++);
}

const reportOf = ({ feed }: Running): FeedReport | undefined => feed.reports()[0];
const sourceOf = ({ feed }: Running, node: string): SourceReport | undefined => feed.sources?.().find((one) => one.node === node);
const has = ({ sink }: Running, uuids: readonly string[]): boolean => uuids.every((uuid) => sink.uuids().includes(uuid));

describe("what arrives", () => {
  it("takes what the rings hold and follows on, chosen on the nodes", async () => {
    const relay = await standIn();
    const before = [emit(relay, 0), emit(relay, 1)];
    const running = run(relay.address);
    await until(() => has(running, before));
    const after = emit(relay, 1);
    await until(() => has(running, [after]));
    expect(reportOf(running)).toMatchObject({ kind: "relay", state: "following", trouble: "", sources: { all: 2, heard: 2, withGaps: 0 } });
    expect(relay.requests[0]).toMatchObject({
      follow: true,
      since: { seconds: "0" },
      whitelist: [
        { verdict: ["DROPPED", "AUDIT"], traffic_direction: ["EGRESS", "TRAFFIC_DIRECTION_UNKNOWN"] },
        { event_type: [{ type: 255 }] },
      ],
    });
    expect(sourceOf(running, "lab/node-1")).toMatchObject({ hearing: "flowing", flows: 2, version: relay.nodes[1]?.version });
    const stopping = performance.now();
    await running.stop();
    expect(performance.now() - stopping).toBeLessThan(3_000);
    expect(reportOf(running)?.state).toBe("stopped");
  });

  it("gives each flow once over a cut, a GOAWAY, an ended stream and a restart of the relay", async () => {
    const relay = await standIn();
    const running = run(relay.address);
    const uuids = [emit(relay, 0), emit(relay, 1)];
    await until(() => has(running, uuids));
    const breaks: (() => unknown)[] = [
      () => relay.front.cut(),
      () => relay.endStreams(14, "peer left"),
      () => relay.goAway(),
      () => relay.restart(),
    ];
    for (const breakIt of breaks) {
      const opened = relay.requests.length;
      await breakIt();
      uuids.push(emit(relay, 0), emit(relay, 1));
      if (breakIt === breaks[2]) await relay.restart();
      await until(
        () => relay.requests.length > opened && has(running, uuids),
        () => reportOf(running),
      );
    }
    expect(running.sink.uuids().toSorted()).toEqual(uuids.toSorted());
    expect(sourceOf(running, "lab/node-0")?.gaps).toBe(0);
  });
});

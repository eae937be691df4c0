/** The feed against a stand-in relay: what arrives, once, whatever breaks. */
import { describe, expect, it } from "vitest";
import { arrival, emit, has, reportOf, run, sourceOf, standIn, until } from "#lib/testing/followed-relay.ts";
import { createRecordingSink } from "#lib/testing/recording-sink.ts";
import { soakLine } from "../../../bin/soak/soak-lines.ts";
import { lineBytes } from "../../../e2e/relay-stand-in/flow-bytes.ts";

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
    expect(sourceOf(running, "lab/node-1")).toMatchObject({ hearing: "flowing", flows: 2, version: "1.19.2", reopened: 0 });
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
    expect(sourceOf(running, "lab/node-0")).toMatchObject({ gaps: 0, reopened: relay.requests.length - 1 });
  });

  it("goes on where an earlier run stopped, also with flows that have no uuid", async () => {
    const relay = await standIn({ nodes: 1 });
    const sink = createRecordingSink();
    const first = run(relay.address, { sink });
    const known = emit(relay);
    emit(relay, 0, Date.now(), false);
    await until(() => sink.total() >= 3 && has(first, [known]));
    await first.stop();
    const missed = emit(relay);
    emit(relay, 0, Date.now(), false);
    const second = run(relay.address, { sink });
    await until(() => has(second, [missed]));
    const last = emit(relay);
    await until(() => has(second, [last]));
    expect(sink.uuids().filter((uuid) => uuid === "")).toHaveLength(2);
    expect(sink.uuids().filter((uuid) => uuid === missed)).toHaveLength(1);
    expect(relay.requests[1]?.since?.seconds).not.toBe("0");
    expect(sourceOf(second, "lab/node-0")).toMatchObject({ gaps: 0 });
  });

  it("fetches what a node saw while the relay did not reach it", async () => {
    const relay = await standIn();
    const running = run(relay.address);
    await arrival(running, emit(relay, 0), emit(relay, 1));
    const [, node] = relay.nodes;
    if (node === undefined) throw new Error("two nodes");
    relay.turn(node, "NODE_UNAVAILABLE", "connection refused");
    await until(() => sourceOf(running, "lab/node-1")?.hearing === "unreachable");
    expect(sourceOf(running, "lab/node-1")?.trouble).toBe("connection refused");
    expect(reportOf(running)).toMatchObject({
      state: "following",
      trouble: expect.stringContaining("does not reach 1 of 2 nodes: lab/node-1"),
      sources: { all: 2, heard: 1 },
    });
    const unseen = emit(relay, 1);
    // the newest flow is another node's by now: asking from there would miss what this one holds
    await arrival(running, emit(relay, 0));
    relay.front.cut();
    await until(() => relay.requests.length > 1 && reportOf(running)?.state === "following");
    relay.turn(node, "NODE_CONNECTED");
    await until(() => has(running, [unseen]));
    expect(running.sink.uuids().filter((uuid) => uuid === unseen)).toHaveLength(1);
    await until(() => reportOf(running)?.trouble === "");
  });

  it("says where a ring had forgotten already", async () => {
    const relay = await standIn({ nodes: 2, room: 5 });
    const running = run(relay.address);
    const begin = Date.now() - 60_000;
    await arrival(running, emit(relay, 0, begin), emit(relay, 1, begin));
    relay.switches.isMute = true;
    for (let at = 0; at < 8; at++) emit(relay, 1, Date.now() + 4_000 + at);
    relay.switches.isMute = false;
    relay.front.cut();
    await until(() => sourceOf(running, "lab/node-1")?.gaps === 1);
    expect(sourceOf(running, "lab/node-1")?.lastGap).toMatchObject({ why: "forgotten" });
    expect(sourceOf(running, "lab/node-0")?.gaps).toBe(0);
    expect(reportOf(running)?.sources).toMatchObject({ withGaps: 1 });
  });

  it("knows after a restart of Weir what was missing before, also of a node that is no more", async () => {
    const relay = await standIn({ nodes: 2, room: 5 });
    const sink = createRecordingSink();
    const first = run(relay.address, { sink });
    const begin = Date.now() - 60_000;
    await arrival(first, emit(relay, 0, begin), emit(relay, 1, begin));
    relay.switches.isMute = true;
    for (let at = 0; at < 8; at++) emit(relay, 1, Date.now() + at);
    relay.switches.isMute = false;
    relay.front.cut();
    await until(() => sourceOf(first, "lab/node-1")?.gaps === 1);
    const [, node] = relay.nodes;
    if (node === undefined) throw new Error("two nodes");
    relay.lose(node, "HUBBLE_RING_BUFFER", 7);
    await until(() => sourceOf(first, "lab/node-1")?.lost === 7);
    const { lastGap } = sourceOf(first, "lab/node-1") ?? {};
    await first.stop();

    const second = run(relay.address, { sink });
    await arrival(second, emit(relay, 1));
    await until(() => sourceOf(second, "lab/node-1")?.hearing === "flowing");
    expect(sourceOf(second, "lab/node-1")).toMatchObject({ gaps: 1, lost: 7, lastGap });
    relay.turn(node, "NODE_GONE");
    await until(() => sourceOf(second, "lab/node-1")?.hearing === "gone");
    await arrival(second, emit(relay, 0));
    await second.stop();

    const third = run(relay.address, { sink });
    await arrival(third, emit(relay, 0));
    expect(sourceOf(third, "lab/node-1")).toMatchObject({ hearing: "gone", gaps: 1, lost: 7, lastGap, goneSince: expect.any(String) });
    expect(reportOf(third)?.sources).toEqual({ all: 1, heard: 1, withGaps: 1 });
    const later = BigInt(Date.now() + 60_000) * 1_000_000n;
    expect(third.feed.sources?.(later).map((source) => source.node)).toEqual(["lab/node-0"]);
  });

  it("opens the stream again when a node failed in it, because the relay would not ask it any more", async () => {
    const relay = await standIn();
    const running = run(relay.address);
    await arrival(running, emit(relay, 0), emit(relay, 1));
    const [, node] = relay.nodes;
    if (node === undefined) throw new Error("two nodes");
    relay.turn(node, "NODE_ERROR", "buffer overrun");
    node.state = "NODE_CONNECTED";
    const later = emit(relay, 1);
    await until(() => has(running, [later]));
    expect(relay.requests.length).toBe(2);
    expect(reportOf(running)?.trouble).toBe("");
  });
});

describe("bad input", () => {
  it("is counted with a sample, and what comes after it is read", async () => {
    const relay = await standIn({ nodes: 1 });
    const [node] = relay.nodes;
    if (node === undefined) throw new Error("one node");
    const running = run(relay.address);
    const broken = lineBytes(soakLine(1, "MARK", Date.now()));
    broken.fill(0xfe, broken.indexOf("MARK"), broken.indexOf("MARK") + 4);
    relay.emitBytes(node, broken);
    relay.emitBytes(node, Buffer.from([0x07, 0xff]));
    const big = JSON.parse(soakLine(2, "node-0", Date.now()));
    relay.emitBytes(node, lineBytes(JSON.stringify({ ...big, flow: { ...big.flow, Summary: "x".repeat(5 << 20) } })));
    const odd = { ...big.flow, uuid: "odd", verdict: 77, drop_reason_desc: 250, node_name: "\u202e<b>__proto__" };
    relay.emitBytes(node, lineBytes(JSON.stringify({ flow: odd, node_name: odd.node_name })));
    const after = emit(relay);
    await until(() => has(running, [after, "odd"]));
    const rejected = running.sink.batches.flatMap(({ samples }) => samples.map(({ reason }) => reason));
    expect(rejected.toSorted()).toEqual(["bad-field", "bad-field", "too-long"]);
    expect(sourceOf(running, odd.node_name)).toMatchObject({ flows: 1 });
    expect(relay.requests).toHaveLength(1);
  });

  it("goes on behind a message that is too big for the stream", async () => {
    const relay = await standIn({ nodes: 1 });
    const [node] = relay.nodes;
    if (node === undefined) throw new Error("one node");
    const running = run(relay.address);
    await arrival(running, emit(relay));
    relay.emitBytes(node, Buffer.alloc(17 << 20));
    await until(() => running.sink.batches.some(({ samples }) => samples.some(({ reason }) => reason === "too-long")));
    const after = emit(relay, 0, Date.now() + 1_000);
    await until(
      () => has(running, [after]),
      () => reportOf(running),
    );
  });

  it("counts lost events by source", async () => {
    const relay = await standIn();
    const running = run(relay.address);
    const [node] = relay.nodes;
    if (node === undefined) throw new Error("two nodes");
    await until(() => relay.streams === 1);
    relay.lose(node, "HUBBLE_RING_BUFFER", 7);
    relay.lose(node, "PERF_EVENT_RING_BUFFER", 5);
    await until(() => sourceOf(running, "lab/node-0")?.lost === 12);
    await until(() => running.sink.batches.some(({ tally }) => Object.keys(tally.lost).length > 0));
    const lost = running.sink.batches.map(({ tally }) => tally.lost);
    expect(Object.assign({}, ...lost)).toEqual({ HUBBLE_RING_BUFFER: 7, PERF_EVENT_RING_BUFFER: 5 });
  });
});

it("reads no faster than it stores", async () => {
  const relay = await standIn({ nodes: 1, room: 2_000 });
  const { promise: stored, resolve: go } = Promise.withResolvers<void>();
  const running = run(relay.address, { sink: createRecordingSink(() => stored), limits: { flows: 100, bytes: 64 << 20, ms: 20 } });
  await until(() => relay.streams === 1);
  const uuids = Array.from({ length: 1_500 }, () => emit(relay));
  await until(() => (reportOf(running)?.bytesRead ?? 0) > 0);
  let read = -1;
  await until(() => {
    const before = read;
    read = reportOf(running)?.bytesRead ?? 0;
    return before === read;
  });
  expect(sourceOf(running, "lab/node-0")?.flows).toBeLessThan(1_200);
  go();
  await until(() => running.sink.uuids().length === uuids.length);
});

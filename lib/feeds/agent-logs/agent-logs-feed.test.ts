/** The feed against a stand-in of the Kubernetes API that cuts, rotates, restarts and refuses. */
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { follow, standIn, stored, until } from "#lib/testing/followed-cluster.ts";
import { createRecordingSink } from "#lib/testing/recording-sink.ts";

describe("a log that is followed", () => {
  it("brings what was there and what comes, with the stamp as the time of what has none", async () => {
    const cluster = await standIn(2);
    const sink = createRecordingSink();
    for (const pod of cluster.pods) pod.log.emit(`flow ${pod.name}-a`);
    const { report } = follow(cluster, sink);
    await stored(sink, 2);
    for (const pod of cluster.pods) pod.log.emit(`flow ${pod.name}-b`);
    await stored(sink, 4);
    expect(sink.uuids().sort()).toEqual(["cilium-00000-a", "cilium-00000-b", "cilium-00001-a", "cilium-00001-b"]);
    expect(report()).toMatchObject({ kind: "agent-logs", state: "following", trouble: "" });
  });

  it("takes lines whatever the chunks are, and no line that is too long", async () => {
    const cluster = await standIn(1);
    cluster.faults.chunkBytes = 1;
    const [pod] = cluster.pods;
    const sink = createRecordingSink();
    pod?.log.emit("flow ü€🙂");
    pod?.log.emit("reject half");
    follow(cluster, sink);
    await until("both lines", () => sink.total() === 2);
    expect(Buffer.from(sink.uuids()[0] ?? "", "latin1").toString("utf8")).toBe("ü€🙂");
    cluster.faults.chunkBytes = 0;
    pod?.log.emit(`agent ${"x".repeat(2 << 20)}`);
    pod?.log.emit("flow after");
    await stored(sink, 2);
    expect(sink.total()).toBe(4);
  });

  it("goes on after cuts in the middle of a line without losing or repeating one", async () => {
    const cluster = await standIn(3);
    const sink = createRecordingSink();
    const { feed } = follow(cluster, sink);
    let count = 0;
    for (let round = 0; round < 12; round++) {
      for (let line = 0; line < 20; line++) for (const pod of cluster.pods) pod.log.emit(`flow ${pod.name}-${count++}`);
      await wait(15);
      cluster.cut();
    }
    await stored(sink, count);
    expect(new Set(sink.uuids()).size).toBe(count);
    expect(sink.uuids()).toHaveLength(count);
    expect(feed.sources?.().every(({ gaps }) => gaps === 0)).toBe(true);
  });

  it("hears of a file that was rotated away in silence, by opening it again", async () => {
    const cluster = await standIn(1);
    cluster.faults.silentAfterRotation = true;
    const [pod] = cluster.pods;
    const sink = createRecordingSink();
    const { feed } = follow(cluster, sink, { times: { silenceMs: 150 } });
    pod?.log.emit("flow a");
    await stored(sink, 1);
    pod?.log.rotate();
    pod?.log.emit("flow b");
    await stored(sink, 2);
    // nothing of the old file is left: whether a line is missing between the two nobody can tell
    expect(feed.sources?.()[0]).toMatchObject({ gaps: 1, lastGap: { why: "rotated" } });
  });

  it("reads the rest of a container that died, down to its half line, before the next one", async () => {
    const cluster = await standIn(1);
    const [pod] = cluster.pods;
    const sink = createRecordingSink();
    const { feed } = follow(cluster, sink);
    pod?.log.emit("flow a");
    await stored(sink, 1);
    cluster.faults.forbidden.add("log");
    cluster.cut();
    pod?.log.emit("flow b");
    pod?.log.emitHalf("reject half");
    pod?.log.restart();
    pod?.log.emit("flow c");
    cluster.faults.forbidden.delete("log");
    await stored(sink, 3);
    expect(sink.uuids()).toEqual(["a", "b", "c"]);
    expect(sink.total()).toBe(4);
    expect(feed.sources?.()[0]?.gaps).toBe(0);
  });

  it("says that something may be missing when a container's log is gone for good", async () => {
    const cluster = await standIn(1);
    const [pod] = cluster.pods;
    const sink = createRecordingSink();
    const { feed } = follow(cluster, sink);
    pod?.log.emit("flow a");
    await stored(sink, 1);
    cluster.faults.forbidden.add("log");
    cluster.cut();
    pod?.log.restart();
    pod?.log.emit("flow lost");
    pod?.log.restart();
    pod?.log.restart();
    pod?.log.emit("flow b");
    cluster.faults.forbidden.delete("log");
    await stored(sink, 2);
    expect(sink.uuids()).toEqual(["a", "b"]);
    expect(feed.sources?.()[0]).toMatchObject({ gaps: 1, lastGap: { why: "restarted" } });
  });

  it("reads the rest of a container whose restart the API told late, once, also when Weir was started again meanwhile", async () => {
    const cluster = await standIn(1);
    const [pod] = cluster.pods;
    if (pod === undefined) throw new Error("one pod");
    const sink = createRecordingSink();
    const { feed, stop } = follow(cluster, sink);
    pod.log.emit("flow a");
    await stored(sink, 1);
    cluster.faults.forbidden.add("log");
    cluster.cut();
    await until("the refusal", () => feed.statuses()[0]?.state === "refused");
    pod.log.emit("flow b");
    pod.told = pod.log.current;
    pod.log.restart();
    pod.log.emit("flow c");
    cluster.faults.forbidden.delete("log");
    await stored(sink, 2);
    await stop();
    const again = follow(cluster, sink);
    pod.log.emit("flow d");
    await stored(sink, 3);
    pod.told = undefined;
    cluster.cut();
    await stored(sink, 4);
    pod.log.emit("flow e");
    await stored(sink, 5);
    expect(sink.uuids()).toEqual(["a", "c", "d", "b", "e"]);
    // the gap was told when nobody knew yet that the lines were only somewhere else; it is still known after the restart of Weir
    expect(again.feed.sources?.()[0]).toMatchObject({ gaps: 1, lastGap: { why: "rotated" } });
  });

  it("reads what is left after two restarts once, though the stream is cut in the middle of it", async () => {
    const cluster = await standIn(1);
    const [pod] = cluster.pods;
    const sink = createRecordingSink();
    const { feed } = follow(cluster, sink);
    pod?.log.emit("flow a");
    await stored(sink, 1);
    cluster.faults.forbidden.add("log");
    cluster.cut();
    await until("the refusal", () => feed.statuses()[0]?.state === "refused");
    pod?.log.restart();
    pod?.log.emit("flow lost");
    pod?.log.restart();
    for (let line = 0; line < 100; line++) pod?.log.emit(`flow p${line}`);
    pod?.log.restart();
    cluster.faults.chunkBytes = 60;
    cluster.faults.forbidden.delete("log");
    for (const count of [20, 50, 80]) {
      await stored(sink, count);
      cluster.cut();
    }
    cluster.faults.chunkBytes = 0;
    pod?.log.emit("flow b");
    await stored(sink, 102);
    expect(sink.uuids()).toEqual(["a", ...Array.from({ length: 100 }, (_, line) => `p${line}`), "b"]);
    expect(feed.sources?.()[0]).toMatchObject({ gaps: 1, lastGap: { why: "restarted" } });
  });

  it("follows agents that come later and forgets those that go", async () => {
    const cluster = await standIn(1);
    const sink = createRecordingSink();
    const { feed } = follow(cluster, sink);
    await until("the first", () => feed.statuses().length === 1);
    const late = cluster.addPod();
    late.log.emit("flow late");
    await stored(sink, 1);
    cluster.faults.watchGone = true;
    cluster.removePod(late);
    await until("it to go", () => feed.statuses().length === 1);
  });
});

describe("a cluster that refuses", () => {
  it.each([
    ["list", "kubectl auth can-i list pods -n kube-system"],
    ["log", "kubectl auth can-i get pods --subresource=log -n kube-system"],
    ["watch", "kubectl auth can-i watch pods -n kube-system"],
  ] as const)("the right to %s is named, and used as soon as it is there", async (what, command) => {
    const cluster = await standIn(1);
    cluster.faults.forbidden.add(what);
    const sink = createRecordingSink();
    const { report } = follow(cluster, sink);
    await until("the trouble", () => report().trouble.includes(command));
    cluster.faults.forbidden.clear();
    cluster.pods[0]?.log.emit("flow a");
    await stored(sink, 1);
    if (what !== "watch") await until("no trouble", () => report().trouble === "");
  });

  it("is asked again later after 429, and one bad log disturbs no other", async () => {
    const cluster = await standIn(3);
    cluster.faults.tooMany = 2;
    const [first] = cluster.pods;
    if (first !== undefined) first.waiting = "ContainerCreating";
    const sink = createRecordingSink();
    const { feed } = follow(cluster, sink);
    for (const pod of cluster.pods) pod.log.emit(`flow ${pod.name}`);
    await stored(sink, 2);
    expect(sink.uuids().sort()).toEqual(["cilium-00001", "cilium-00002"]);
    expect(feed.statuses().find(({ pod }) => pod.name === "cilium-00000")?.state).toBe("waiting");
  });

  it("is said to have no agent when it has none", async () => {
    const cluster = await standIn(0);
    const { report } = follow(cluster, createRecordingSink());
    await until("the trouble", () => report().trouble.includes("No pod with a container cilium-agent"));
  });
});

describe("a store that cannot follow", () => {
  it("makes the log wait at first, and then lines are left out and counted, so that nothing grows", async () => {
    const cluster = await standIn(2);
    let most = 0;
    const sink = createRecordingSink((batch) => {
      most = Math.max(most, batch.flows.length);
      return wait(15);
    });
    const { feed, report } = follow(cluster, sink, { times: { shedMs: 150 }, limits: { flows: 20 } });
    let printed = 0;
    const shed = (): number => report().sources?.shed ?? 0;
    await until("lines that are left out", () => {
      for (let line = 0; line < 60; line++) cluster.pods[printed % 2]?.log.emit(`flow n${printed++}-${"x".repeat(1_000)}`);
      return shed() > 0 && printed > 1_500;
    });
    await until(`${printed} lines`, () => sink.uuids().length + shed() === printed);
    expect(new Set(sink.uuids()).size).toBe(sink.uuids().length);
    // what a chunk of a stream holds comes on top of a batch, and no more
    expect(most).toBeLessThan(200);
    expect(
      feed
        .sources?.()
        .map((source) => source.shed ?? 0)
        .reduce((sum, count) => sum + count),
    ).toBe(shed());
    cluster.pods[0]?.log.emit("flow after");
    await until("what comes after", () => sink.uuids().includes("after"));
  });

  it("has nothing left out while a log is caught up with, however old it is", async () => {
    const cluster = await standIn(1);
    for (let line = 0; line < 1_000; line++) cluster.pods[0]?.log.emit(`flow n${line}`);
    const sink = createRecordingSink(() => wait(1));
    await wait(100);
    const { report } = follow(cluster, sink, { times: { shedMs: 10_000 }, limits: { flows: 20 } });
    await stored(sink, 1_000);
    expect(report().sources?.shed).toBe(0);
  });
});

it("opens the logs of 500 agents a few at a time", async () => {
  const cluster = await standIn(500);
  const sink = createRecordingSink();
  const { feed } = follow(cluster, sink);
  await until("all of them", () => feed.statuses().filter(({ state }) => state === "following").length === 500);
  for (const pod of cluster.pods) pod.log.emit(`flow ${pod.name}`);
  await stored(sink, 500);
  expect(new Set(sink.uuids()).size).toBe(500);
});

it("goes on where it stopped, from the position stored with the flows", async () => {
  const cluster = await standIn(2);
  const sink = createRecordingSink();
  let count = 0;
  for (let run = 0; run < 4; run++) {
    const { stop } = follow(cluster, sink);
    for (let line = 0; line < 50; line++) for (const pod of cluster.pods) pod.log.emit(`flow ${pod.name}-${count++}`);
    await stored(sink, count);
    await stop();
    for (const pod of cluster.pods) pod.log.emit(`flow ${pod.name}-${count++}`);
  }
  follow(cluster, sink);
  await stored(sink, count);
  expect(sink.uuids()).toHaveLength(count);
  expect(new Set(sink.uuids()).size).toBe(count);
});

/** What the logs of deleted pods lack is known after them, and after Weir was started again. */
import { expect, it } from "vitest";
import { follow, standIn, stored, until } from "#lib/testing/followed-cluster.ts";
import { createRecordingSink } from "#lib/testing/recording-sink.ts";
import type { AgentLogsFeed } from "./agent-logs-feed.ts";
import { createGoneAgents, type GoneAgent } from "./gone-agents.ts";

const goneOf = (feed: AgentLogsFeed, from?: bigint) => feed.sources?.(from).filter(({ hearing }) => hearing === "gone") ?? [];
const nanoseconds = (ms: number): bigint => BigInt(ms) * 1_000_000n;

it("keeps the gap of a pod that was deleted, for windows that reach back so far, over restarts of Weir", async () => {
  const cluster = await standIn(2);
  const [pod] = cluster.pods;
  if (pod === undefined) throw new Error("two pods");
  const sink = createRecordingSink();
  const began = Date.now();
  const first = follow(cluster, sink);
  pod.log.emit("flow a");
  await stored(sink, 1);
  cluster.faults.forbidden.add("log");
  cluster.cut(pod);
  await until("the refusal", () => first.feed.statuses()[0]?.state === "refused");
  pod.log.emit("flow lost");
  cluster.removePod(pod);
  cluster.faults.forbidden.clear();
  const isTold = (feed: AgentLogsFeed): boolean => feed.statuses().length === 1 && goneOf(feed).length === 1;
  await until("the gap of the pod that is gone", () => isTold(first.feed));
  const about = { node: pod.node, name: pod.name, gaps: 1, lastGap: { why: "deleted" }, goneSince: expect.any(String) };
  expect(goneOf(first.feed)).toMatchObject([about]);
  expect(first.report().sources).toMatchObject({ all: 1, withGaps: 1 });
  await first.stop();
  const second = follow(cluster, sink);
  await until("it again", () => isTold(second.feed));
  expect(goneOf(second.feed, nanoseconds(began))).toMatchObject([about]);
  expect(goneOf(second.feed, nanoseconds(Date.now() + 1))).toEqual([]);
});

it("tells of a pod that went while Weir was down, though nobody saw it go", async () => {
  const cluster = await standIn(2);
  const [pod, other] = cluster.pods;
  const sink = createRecordingSink();
  const { stop } = follow(cluster, sink);
  pod?.log.emit("flow a");
  other?.log.emit("flow b");
  await stored(sink, 2);
  await stop();
  if (pod !== undefined) cluster.removePod(pod);
  const again = follow(cluster, sink);
  await until("it", () => goneOf(again.feed).length === 1);
  expect(goneOf(again.feed)).toMatchObject([{ name: pod?.name, gaps: 1, lastGap: { why: "deleted" } }]);
});

it("says nothing of a pod that was read to its end", async () => {
  const cluster = await standIn(2);
  const [pod] = cluster.pods;
  const sink = createRecordingSink();
  const { feed } = follow(cluster, sink);
  pod?.log.emit("flow a");
  await stored(sink, 1);
  if (pod !== undefined) cluster.removePod(pod);
  await until("it to go", () => feed.statuses().length === 1);
  expect(goneOf(feed)).toEqual([]);
});

it("adds up what agents of one node lacked, and forgets the oldest of more nodes than there can be", () => {
  const agent = (node: string, gaps: number, at: number): GoneAgent => {
    return { node, name: `cilium-${at}`, goneAt: BigInt(at), gaps, lastGap: undefined, shed: 0, lost: 1, rejected: 0 };
  };
  const gone = createGoneAgents([agent("a", 2, 1)]);
  gone.add(agent("b", 1, 2));
  gone.add(agent("a", 3, 3));
  expect(gone.all.map(({ node, name, gaps, lost }) => [node, name, gaps, lost])).toEqual([
    ["b", "cilium-2", 1, 1],
    ["a", "cilium-3", 5, 2],
  ]);
  for (let node = 0; node < 2_000; node++) gone.add(agent(`n${node}`, 1, 10 + node));
  expect(gone.all).toHaveLength(1_000);
  expect(gone.all.at(-1)?.node).toBe("n1999");
});

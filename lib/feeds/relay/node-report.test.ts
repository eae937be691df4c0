import { expect, it } from "vitest";
import { countsOf, hearingOf, nodeReport } from "./node-report.ts";
import { createNodeStatus, type NodeStatus } from "./node-status.ts";
import { createRelayNodes } from "./relay-nodes.ts";

const SECOND = 1_000_000_000n;
const NOW = 1_795_000_000n * SECOND;
const HOUR = 3_600n * SECOND;

function node(about: Partial<NodeStatus>): NodeStatus {
  return Object.assign(createNodeStatus("n"), { state: "connected", isMet: true }, about);
}

it.each([
  ["flowing", { flows: 1, lastFlow: NOW - SECOND, seen: 5, uptime: HOUR }],
  ["quiet", { seen: 5, uptime: HOUR, seenChangedAt: NOW - 60n * SECOND }],
  ["quiet", { flows: 3, lastFlow: NOW - HOUR }],
  ["blind", { seen: 0, uptime: HOUR, seenChangedAt: NOW }],
  ["blind", { seen: 5, uptime: HOUR, seenChangedAt: NOW - 600n * SECOND, flows: 3, lastFlow: NOW - HOUR }],
  ["waiting", { seen: 0, uptime: SECOND, seenChangedAt: NOW }],
  ["unknown", {}],
  ["unreachable", { state: "unavailable", lastFlow: NOW, flows: 1 }],
  ["unreachable", { state: "error" }],
  ["gone", { state: "gone", lastFlow: NOW }],
  ["gone", { isMet: false, state: "unknown", gaps: 1 }],
] as const)("is %s", (hearing, about) => {
  expect(hearingOf(node(about), true, NOW)).toBe(hearing);
});

it("hears nobody through a relay that does not answer", () => {
  const flowing = node({ lastFlow: NOW, flows: 1 });
  expect(hearingOf(flowing, false, NOW)).toBe("unreachable");
  expect(countsOf([flowing, node({ state: "gone", gaps: 1 })], false, NOW)).toEqual({ all: 1, heard: 0, withGaps: 1 });
  expect(nodeReport({ feed: "f", isOpen: false, opened: 3 }, flowing, NOW)).toMatchObject({
    trouble: expect.stringContaining("relay"),
    reopened: 2,
  });
});

it("knows nodes by the name that flows and lists have in common, and bounds what names may cost", () => {
  const nodes = createRelayNodes();
  expect(nodes.of("default/a")).toBe(nodes.of("a"));
  expect(nodes.of("")).toBeUndefined();
  nodes.list(
    {
      nodes: [
        { name: "a", state: "NODE_CONNECTED", version: "cilium v1.20.0-pre.4+g12 (go version go1.26)", seen_flows: "18446744073709551615" },
      ],
    },
    NOW,
  );
  expect(nodes.of("a")).toMatchObject({ state: "connected", version: "1.20.0-pre.4", seen: Number.MAX_SAFE_INTEGER });
  expect(nodes.list({ nodes: "many" }, NOW)).toBeUndefined();
  expect(nodes.list({}, NOW)?.map(({ name, state }) => `${name} ${state}`)).toEqual(["a gone"]);
  const sender = nodes.of("lab/b");
  if (sender !== undefined) sender.lastFlow = NOW;
  expect(nodes.list({}, NOW)).toEqual([]);
  expect(sender?.state).toBe("unknown");
  nodes.tell({ state: "NODE_CONNECTED", nodes: Array.from({ length: 6_000 }, (_, at) => `n${at}`), message: "" }, NOW);
  expect(nodes.all).toHaveLength(5_000);
  expect(nodes.tell({ state: "NODE_DREAMING", nodes: ["a"], message: "" }, NOW)).toEqual([]);
});

import { afterAll, expect, test } from "vitest";
import { formatTime } from "#lib/flows/flow-time.ts";
import { exportedLine } from "#lib/testing/exported-line.ts";
import { sampleFlow } from "#lib/testing/sample-flow.ts";
import { createHubbleDatabase, ingestLines } from "../../../e2e/kusto-stand-in/hubble-tables.ts";
import { type Misbehaviour, startKustoServer } from "../../../e2e/kusto-stand-in/kusto-server.ts";
import type { TableShape } from "./adx-settings.ts";
import { diagnose, STEPS } from "./diagnose.ts";
import { createKustoGateway } from "./kusto-gateway.ts";

const NOW = 1_737_619_260_000;
const LOGGED = "2025-01-23T08:00:00.002Z";
const database = createHubbleDatabase(() => NOW);
const server = await startKustoServer({ database });
const gatewaySettings = { database: "Kubernetes", timeoutMs: 5000, concurrency: 2, cacheSeconds: 0, trustedHosts: [] };
const gateway = createKustoGateway({ ...gatewaySettings, cluster: server.url }, undefined);
afterAll(async () => {
  gateway.close();
  await server.close();
});

async function checksOf(shape: TableShape, table = "", now = NOW) {
  const checks = await diagnose({ gateway, settings: { shape, table, days: 14 }, now: () => now });
  expect(checks.map(({ what }) => what)).toEqual(STEPS);
  return checks;
}

/** The first check that is not in order, in a line. */
async function found(shape: TableShape, table = "", now = NOW) {
  const odd = (await checksOf(shape, table, now)).find(({ state }) => state !== "good");
  return odd === undefined ? "good" : `${odd.what}: ${odd.state}: ${odd.found} ${odd.next}`;
}

const FAULTS: readonly (readonly [how: Misbehaviour, said: RegExp])[] = [
  [{ is: "reset" }, /^Cluster: bad: .*cannot be reached.*--adx-cluster/],
  [{ is: "redirect" }, /^Cluster: bad: Something else answers.*proxy/],
  [{ is: "html" }, /^Cluster: bad: .*cannot be read.*proxy/],
  [{ is: "throttled", retryAfterSeconds: 60 }, /^Cluster: bad: .*busy/],
  [{ is: "status", status: 401 }, /^Sign-in: bad: .*--adx-sign-in/],
  [{ is: "status", status: 403 }, /^Database: bad: .*viewer/],
  [{ is: "status", status: 400, message: "Entity ID 'X' of kind 'Database' was not found." }, /^Database: bad: .*--adx-database/],
];

test.each(FAULTS)("of %j it says at which door it stopped", async (how, said) => {
  server.misbehaveAlways(how);
  const checks = await checksOf("typed");
  server.misbehaveAlways(undefined);
  const at = checks.findIndex(({ state }) => state === "bad");
  expect(checks.map(({ state }) => state)).toEqual(STEPS.map((_, index) => (index < at ? "good" : index === at ? "bad" : "unknown")));
  expect(`${checks[at]?.what}: ${checks[at]?.state}: ${checks[at]?.found} ${checks[at]?.next}`).toMatch(said);
});

test("names the first thing that is wrong, and what helps", async () => {
  expect(await found("typed", "NoSuchTable")).toMatch(/^Table: bad: NoSuchTable.*--adx-table/);
  expect(await found("typed", "ContainerLogs")).toMatch(/^Columns: bad: ContainerLogs lacks Timestamp: datetime.*--adx-shape/);
  expect(await found("container-logs")).toMatch(/^Rows: bad: None in 14 days.*Fluent Bit/);
  database.insert("ContainerLogs", [{ TimeGenerated: LOGGED, ContainerName: "nginx", LogMessage: "GET /" }]);
  expect(await found("container-logs")).toMatch(/^Lines of Cilium agents: bad:.*kube-system/);
  database.insert("ContainerLogs", [{ TimeGenerated: LOGGED, ContainerName: "cilium-agent", LogMessage: "level=info msg=started" }]);
  expect(await found("container-logs")).toMatch(/^Flows: bad: No line speaks.*exporter/);
  database.insert("ContainerLogs", [{ TimeGenerated: LOGGED, ContainerName: "cilium-agent", LogMessage: '{"flow":{"time":"2025-' }]);
  expect(await found("container-logs")).toMatch(/^Flows: bad: 1 line speak.*cri/);
  ingestLines(database, "container-logs", [{ text: exportedLine(sampleFlow()), loggedAt: LOGGED }]);
  expect(await found("container-logs")).toMatch(/^Flows: doubtful: 1 flow, 50 % .*cri/);
});

test("looks on where something may be in order: rows that come late, and a node that is silent", async () => {
  const hours = 3_600_000;
  const later = NOW + 7 * hours;
  const early = sampleFlow({ uuid: "early", node: "aks-1/silent" });
  const flows = [early, sampleFlow({ uuid: "late", time: early.time + BigInt(7 * hours) * 1_000_000n, node: "aks-1/heard" })];
  for (const flow of flows) ingestLines(database, "fluent-bit", [{ text: exportedLine(flow), loggedAt: formatTime(flow.time) }]);
  expect(await found("fluent-bit", "", later)).toMatch(
    /^Nodes: doubtful: Flows of 2 nodes. Silent .*: aks-1\/silent \(7 hours ago\)\. .*Fluent Bit pod/,
  );
  expect(await found("fluent-bit", "", later + 3 * hours)).toMatch(/^Newest row: doubtful: .*3 hours ago.*Fluent Bit still runs/);
  database.clear("FluentBitLogs");
});

test.each(["typed", "fluent-bit", "container-log-v2"] as const)("finds a %s table with flows in order", async (shape) => {
  ingestLines(database, shape, [{ text: exportedLine(sampleFlow()), loggedAt: LOGGED }]);
  expect(await found(shape)).toBe("good");
});

test("a cluster that is not there is the first step's fault, and the rest is not known", async () => {
  const nowhere = createKustoGateway({ ...gatewaySettings, cluster: "http://127.0.0.1:9" }, undefined);
  const checks = await diagnose({ gateway: nowhere, settings: { shape: "typed", table: "", days: 14 }, now: () => NOW });
  expect(checks.map(({ state }) => state)).toEqual(STEPS.map((_, index) => (index === 0 ? "bad" : "unknown")));
  expect(checks[0]?.next).toContain("--adx-cluster");
  nowhere.close();
});

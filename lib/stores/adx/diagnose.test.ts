import { afterAll, expect, test } from "vitest";
import { exportedLine } from "#lib/testing/exported-line.ts";
import { sampleFlow } from "#lib/testing/sample-flow.ts";
import { createHubbleDatabase, ingestLines } from "../../../e2e/kusto-stand-in/hubble-tables.ts";
import { startKustoServer } from "../../../e2e/kusto-stand-in/kusto-server.ts";
import type { TableShape } from "./adx-settings.ts";
import { diagnose } from "./diagnose.ts";
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

async function found(shape: TableShape, table = "") {
  const checks = await diagnose({ gateway, settings: { shape, table, days: 14 }, now: () => NOW });
  expect(checks.map(({ what }) => what)).toEqual([
    "Cluster, sign-in and database",
    "Table",
    "Columns",
    "Rows",
    "Lines of Cilium agents",
    "Flows",
  ]);
  const bad = checks.find(({ state }) => state === "bad");
  return bad === undefined ? "good" : `${bad.what}: ${bad.found} ${bad.next}`;
}

test("names the first thing that is wrong, and what helps", async () => {
  expect(await found("typed", "NoSuchTable")).toMatch(/^Table: NoSuchTable.*--adx-table/);
  expect(await found("typed", "ContainerLogs")).toMatch(/^Columns: ContainerLogs lacks Timestamp: datetime.*--adx-shape/);
  expect(await found("container-logs")).toMatch(/^Rows: None in 14 days.*Fluent Bit/);
  database.insert("ContainerLogs", [{ TimeGenerated: LOGGED, ContainerName: "nginx", LogMessage: "GET /" }]);
  expect(await found("container-logs")).toMatch(/^Lines of Cilium agents:.*kube-system/);
  database.insert("ContainerLogs", [{ TimeGenerated: LOGGED, ContainerName: "cilium-agent", LogMessage: "level=info msg=started" }]);
  expect(await found("container-logs")).toMatch(/^Flows: No line speaks.*exporter/);
  database.insert("ContainerLogs", [{ TimeGenerated: LOGGED, ContainerName: "cilium-agent", LogMessage: '{"flow":{"time":"2025-' }]);
  expect(await found("container-logs")).toMatch(/^Flows: 1 lines speak.*cri/);
  ingestLines(database, "container-logs", [{ text: exportedLine(sampleFlow()), loggedAt: LOGGED }]);
  expect(await found("container-logs")).toBe("good");
});

test.each(["typed", "fluent-bit", "container-log-v2"] as const)("finds a %s table with flows in order", async (shape) => {
  ingestLines(database, shape, [{ text: exportedLine(sampleFlow()), loggedAt: LOGGED }]);
  expect(await found(shape)).toBe("good");
});

test("a cluster that is not there is the first step's fault, and the rest is not known", async () => {
  const nowhere = createKustoGateway({ ...gatewaySettings, cluster: "http://127.0.0.1:9" }, undefined);
  const checks = await diagnose({ gateway: nowhere, settings: { shape: "typed", table: "", days: 14 }, now: () => NOW });
  expect(checks.map(({ state }) => state)).toEqual(["bad", "unknown", "unknown", "unknown", "unknown", "unknown"]);
  expect(checks[0]?.next).toContain("--adx-cluster");
  nowhere.close();
});

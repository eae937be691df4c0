/** Tables that hold parts of flows, or sums over them: what they can tell they tell, and what they cannot is said so. */
import { afterAll, describe, expect, test } from "vitest";
import { DIMENSIONS, type Grouping } from "#lib/flows/dimension.ts";
import type { Answer, Coverage } from "#lib/questions/answer.ts";
import type { Question } from "#lib/questions/question.ts";
import { createHubbleDatabase } from "../../../e2e/kusto-stand-in/hubble-tables.ts";
import type { Value } from "../../../e2e/kusto-stand-in/kql-values.ts";
import { startKustoServer } from "../../../e2e/kusto-stand-in/kusto-server.ts";
import { adxStoreOver } from "./adx-store.ts";
import { diagnose, STEPS } from "./diagnose.ts";
import { createKustoGateway } from "./kusto-gateway.ts";
import { parseTableMapping } from "./table-mapping.ts";
import type { TableSettings } from "./table-rows.ts";

const NOW = 1_737_619_300_000;
const AT = "2025-01-23T08:00:30Z";
const database = createHubbleDatabase(() => NOW);
const server = await startKustoServer({ database });
const own = { cluster: server.url, database: "Kubernetes", timeoutMs: 20_000, concurrency: 4, cacheSeconds: 0, trustedHosts: [] };
const gateway = createKustoGateway(own, undefined);
afterAll(async () => {
  gateway.close();
  await server.close();
});

const ALL: Question = { window: { from: NOW - 3_600_000, to: NOW }, filter: { include: [], exclude: [] }, text: "" };
const by = (...groupings: readonly Grouping[]) =>
  ({ ...ALL, by: groupings, order: "packets", descending: true, offset: 0, limit: 20, sparkPoints: 2 }) as const;
function told<T>(answer: Answer<T>): { readonly answer: T; readonly coverage: Coverage } {
  if (answer.problem !== undefined) throw new Error(answer.problem.detail);
  return answer;
}

const storeOf = (settings: TableSettings) => {
  const asking = { gateway, settings: { ...settings, days: 14 }, now: () => NOW };
  return { store: adxStoreOver(asking, "test"), checks: () => diagnose(asking) };
};

describe("container network logs of managed AKS", () => {
  const row = (different: Readonly<Record<string, Value>> = {}): Readonly<Record<string, Value>> => ({
    TimeGenerated: AT,
    Verdict: "DROPPED",
    DropReason: "POLICY_DENY",
    TrafficDirection: "EGRESS",
    FlowType: "L3_L4",
    UUID: "u1",
    NodeName: "aks-1/node-1",
    Layer4: { TCP: { destination_port: 443 } },
    EventType: { type: 1 },
    Policies: [{ name: "deny-web", namespace: "prod", kind: "CiliumNetworkPolicy" }],
    SourceNamespace: "prod",
    SourcePodName: "api-1",
    SourceWorkloads: [{ name: "api", kind: "Deployment" }],
    SourceIdentity: 4711,
    DestinationIdentity: 2,
    EgressFlowCount: 40,
    IngressFlowCount: 0,
    UnknownDirectionFlowCount: 0,
    ...different,
  });
  database.insert("ContainerNetworkLogs", [
    row(),
    // the same instant, node and reason, and the other event type: sums, not the second record of one packet
    row({ UUID: "u2", EventType: { type: 5 }, EgressFlowCount: 2 }),
    row({ UUID: "u3", SourcePodName: "api-2", Layer4: { UDP: { destination_port: 53 } }, EgressFlowCount: 7, DropReason: "POLICY_DENIED" }),
    row({
      UUID: "u4",
      DestinationNamespace: "shop",
      DestinationPodName: "db-0",
      DestinationWorkloads: [{ name: "db" }],
      EgressFlowCount: 1,
    }),
    row({ UUID: "u5", Verdict: "FORWARDED", DropReason: "", EgressFlowCount: 1000 }),
    row({ UUID: "u6", TrafficDirection: "INGRESS", IngressFlowCount: 3, EgressFlowCount: 0 }),
  ]);
  const { store, checks } = storeOf({ shape: "container-network-logs", table: "" });

  test("packets are the sums, attempts are told by sender, destination and port", async () => {
    const { answer, coverage } = told(await store.summary(ALL));
    expect(answer).toMatchObject({ packets: 50, attempts: 3, reasons: { deny: 2, default: 1 }, senders: { workloads: 1, pods: 2 } });
    expect(coverage.lines.total).toBe(6);
  });

  test.each<[readonly Grouping[], readonly (readonly [readonly (string | null)[], number])[]]>([
    [["workload"], [[["prod/api"], 50]]],
    [
      ["pod", "port"],
      [
        [["prod/api-1", "443"], 43],
        [["prod/api-2", "53"], 7],
      ],
    ],
    [
      ["group"],
      [
        [["world"], 49],
        [["shop/db"], 1],
      ],
    ],
    [
      ["policy", "reason"],
      [
        [["prod/deny-web", "deny"], 43],
        [["prod/deny-web", "default"], 7],
      ],
    ],
    [
      ["node", "protocol"],
      [
        [["aks-1/node-1", "TCP"], 43],
        [["aks-1/node-1", "UDP"], 7],
      ],
    ],
    [["cluster", "namespace"], [[["aks-1", "prod"], 50]]],
  ])("groups by %j", async (groupings, expected) => {
    const { answer } = await store.groups(by(...groupings));
    expect(answer?.rows.map(({ key, packets }) => [key, packets])).toEqual(expected);
  });

  test("what it does not hold is refused with the reason, and marked wherever it could be chosen", async () => {
    for (const grouping of ["ip", "cidr", "name", "label:app"] as const)
      expect((await store.groups(by("workload", grouping))).problem, grouping).toMatchObject({
        detail: expect.stringContaining("without addresses"),
      });
    for (const include of [
      { destination_ip: ["10.0.0.1"] },
      { ip: ["10.0.0.1"] },
      { source_label: ["app=x"] },
      { destination_fqdn: ["x.y"] },
    ])
      expect((await store.summary({ ...ALL, filter: { include: [include], exclude: [] } })).problem, JSON.stringify(include)).toMatchObject(
        { kind: "bad-question" },
      );
    const { answer, coverage } = told(await store.facets({ ...ALL, facets: DIMENSIONS, limit: 5, search: {} }));
    expect(Object.keys(coverage.unavailable ?? {})).toEqual(["cidr", "ip", "name", "label"]);
    expect(answer.filter(({ unavailable }) => unavailable !== undefined).map(({ dimension }) => dimension)).toEqual(["cidr", "ip", "name"]);
    expect(answer.find(({ dimension }) => dimension === "port")?.values).toEqual([
      { value: "443", attempts: 2 },
      { value: "53", attempts: 1 },
    ]);
  });

  test("timeline, flows, one flow and the checks", async () => {
    const { answer: timeline } = await store.timeline({ ...ALL, buckets: 10, split: "group" });
    expect(timeline?.series.map(({ name }) => name)).toEqual(["world", "shop/db"]);
    const { answer: flows } = await store.flows({ ...ALL, after: undefined, limit: 10, newestFirst: true });
    expect(flows?.rows.map(({ id, packets }) => [id, packets])).toEqual([
      ["u4", 1],
      ["u3", 7],
      ["u2", 2],
      ["u1", 40],
    ]);
    expect((await store.flow("u3")).answer).toMatchObject({
      row: { pod: "prod/api-2", destinationPort: 53 },
      deniedBy: [{ name: "deny-web" }],
    });
    expect((await checks()).map(({ state }) => state)).toEqual(STEPS.map(() => "good"));
  });
});

describe("a custom table", () => {
  const columns = {
    verdict: "Verdict",
    drop_reason_desc: "Why",
    source_namespace: "Ns",
    source_pod_name: "Pod",
    source_workload: "App",
    protocol: "L4",
  };
  const ports = {
    source_ip: "FromIp",
    source_port: "FromPort",
    destination_ip: "ToIp",
    destination_port: "ToPort",
    destination_labels: "ToLabels",
  };
  const text = JSON.stringify({ table: "MyDrops", time: "At", only: { Kind: "hubble" }, columns: { ...columns, ...ports } });
  const read = parseTableMapping(text);
  if (!("mapping" in read)) throw new Error(read.problem);
  const drop = (FromPort: string, different: Readonly<Record<string, Value>> = {}) => ({
    At: AT,
    Kind: "hubble",
    Verdict: "DROPPED",
    Why: "POLICY_DENIED",
    Ns: "prod",
    Pod: "api-1",
    App: "api",
    FromIp: "10.0.0.1",
    FromPort,
    ToIp: "198.51.100.7",
    ToPort: "443",
    L4: "TCP",
    ToLabels: ["cidrgroup:io.cilium.policy.cidrgroupname/corp-deny", "reserved:world"],
    ...different,
  });
  database.insert("MyDrops", [drop("1"), drop("1", { At: "2025-01-23T08:00:31Z" }), drop("2"), drop("3", { Kind: "else" })]);
  const { store, checks } = storeOf({ shape: "custom", table: "", mapping: read.mapping });

  test("is read by the columns that a person named", async () => {
    expect((await store.summary(ALL)).answer).toMatchObject({ attempts: 2, packets: 3, reasons: { default: 2 } });
    const { answer } = await store.groups(by("workload", "group", "ip", "port"));
    expect(answer?.rows.map(({ key }) => key)).toEqual([["prod/api", "corp-deny", "198.51.100.7", "443"]]);
    expect((await store.groups(by("node"))).problem?.detail).toBe("The file of --adx-mapping names no column for node_name.");
    expect((await checks()).every(({ state }) => state === "good")).toBe(true);
  });

  test.each([
    ["{", "it is no JSON"],
    ["{}", "table: "],
    ['{"table":"T","time":"At","columns":{}}', "columns: at least one column is right"],
    ['{"table":"T","time":"At","columns":{"pod":"P"}}', "columns: "],
    [`{"table":"T","time":"At","columns":{"verdict":"V'] | take 0 //"}}`, "columns.verdict: a column name is right"],
    ['{"table":"T; drop","time":"At","columns":{"verdict":"V"}}', "table: a table name is right"],
  ])("%s is refused with its place", (wrong, problem) => {
    expect(parseTableMapping(wrong)).toEqual({ problem: expect.stringContaining(problem) });
  });

  test("a text of its own stays a text, whatever stands in it", async () => {
    const hostile = parseTableMapping(JSON.stringify({ table: "MyDrops", time: "At", only: { Kind: '" or true //' }, columns }));
    if (!("mapping" in hostile)) throw new Error(hostile.problem);
    expect((await storeOf({ shape: "custom", table: "", mapping: hostile.mapping }).store.summary(ALL)).answer?.packets).toBe(0);
  });
});

import { setTimeout as after } from "node:timers/promises";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createKustoDatabase, type KustoDatabase } from "../../../e2e/kusto-stand-in/kusto-database.ts";
import { type KustoServer, type Misbehaviour, startKustoServer } from "../../../e2e/kusto-stand-in/kusto-server.ts";
import { createKustoGateway, type GatewaySettings, type KustoGateway } from "./kusto-gateway.ts";
import { longParameter, textParameter } from "./kusto-query.ts";

const TOKEN = "eyJhbGciOiJub25lIn0.c2VjcmV0LXRva2Vu.c2lnbmF0dXJl";
let server: KustoServer;
const opened: KustoGateway[] = [];

let database: KustoDatabase;

beforeAll(async () => {
  database = createKustoDatabase({
    name: "db",
    declared: { tables: new Map([["T", "(a:long, s:string, t:datetime)"]]), functions: new Map() },
    now: Date.now,
  });
  database.insert("T", [
    { a: 1, s: "one", t: "2025-01-23T08:00:00.1234567Z" },
    { a: 2, s: "two", t: "2025-01-23T08:00:01Z" },
  ]);
  server = await startKustoServer({ database, token: TOKEN });
});
afterEach(() => {
  server.misbehaveAlways(undefined);
  for (const gateway of opened.splice(0)) gateway.close();
});
afterAll(() => server.close());

function gatewayOf(different: Partial<GatewaySettings> = {}, token = TOKEN): KustoGateway {
  const gateway = createKustoGateway(
    { cluster: server.url, database: "db", timeoutMs: 10_000, concurrency: 4, cacheSeconds: 0, trustedHosts: [], ...different },
    { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
  );
  opened.push(gateway);
  return gateway;
}

const ALL = { body: "T | order by a asc", parameters: [] };

test("rows come by position, times with all their digits, several results in order", async () => {
  const told = await gatewayOf().ask({
    body: "T | where a == _a and s == _s | project t, s; T | count",
    parameters: [longParameter("_a", 1), textParameter("_s", "one")],
  });
  expect(told).toEqual({ results: [[["2025-01-23T08:00:00.1234567Z", "one"]], [[2]]] });
});

test("every request is read-only, capped, and asked under a name of its own", async () => {
  await gatewayOf().ask(ALL);
  const request = server.requests.at(-1);
  expect(request?.options).toMatchObject({
    request_readonly: true,
    truncationmaxrecords: 50_000,
    servertimeout: "00:00:10.000",
    results_progressive_enabled: false,
  });
  expect(request?.requestId).toMatch(/^Weir\.Query;[0-9a-f-]{36}$/);
});

const troubles: readonly (readonly [what: string, how: Misbehaviour, kind: string, words: RegExp])[] = [
  ["throttled for long", { is: "throttled", retryAfterSeconds: 60 }, "too-much", /busy/],
  ["throttled", { is: "throttled", retryAfterSeconds: 0 }, "too-much", /busy/],
  ["401", { is: "status", status: 401 }, "unavailable", /sign in/],
  ["403", { is: "status", status: 403 }, "unavailable", /may not read/],
  ["500 with a token in its words", { is: "status", status: 500, message: `for Bearer ${TOKEN} and ${TOKEN}` }, "unavailable", /refused/],
  ["503", { is: "status", status: 503 }, "unavailable", /reached/],
  ["a cut body", { is: "cut" }, "unavailable", /cannot be read/],
  ["an error where a row should be", { is: "error-row" }, "too-much", /more than/],
  ["a partial failure", { is: "partial" }, "too-much", /more than/],
  ["a redirect", { is: "redirect" }, "unavailable", /Something else/],
  ["HTML", { is: "html" }, "unavailable", /cannot be read/],
  ["a reset connection", { is: "reset" }, "unavailable", /reached/],
];

test.each(troubles)("%s is a problem that says what to do, and holds no token", async (_what, how, kind, words) => {
  server.misbehaveAlways(how);
  const told = await gatewayOf().ask(ALL);
  if ("results" in told) throw new Error("no problem was told");
  expect(told.problem).toMatchObject({ kind, title: expect.stringMatching(words) });
  expect(told.problem.next).not.toBe("");
  expect(inspect(told, { depth: 20, showHidden: true })).not.toContain(TOKEN.slice(0, 12));
  expect(JSON.stringify(told)).not.toContain(TOKEN.slice(0, 12));
});

test("a wrong token, a token that cannot be had and a cluster that is not there are told apart", async () => {
  expect(await gatewayOf({}, "other").ask(ALL)).toMatchObject({ problem: { title: expect.stringContaining("sign in") } });
  const without = createKustoGateway(
    { cluster: server.url, database: "db", timeoutMs: 1000, concurrency: 1, cacheSeconds: 0, trustedHosts: [] },
    { getToken: () => Promise.reject(new Error(`no ${TOKEN}`)) },
  );
  opened.push(without);
  const told = await without.ask(ALL);
  expect(told).toMatchObject({ problem: { title: expect.stringContaining("sign in") } });
  expect(JSON.stringify(told)).not.toContain(TOKEN);
  expect(await gatewayOf({ cluster: "http://127.0.0.1:9" }).ask(ALL)).toMatchObject({
    problem: { title: expect.stringContaining("reached") },
  });
});

test("a host that is nobody's is not sent a token", async () => {
  const told = await gatewayOf({ cluster: "https://kusto.example.com" }).ask(ALL);
  expect("problem" in told && told.problem.kind).toBe("unavailable");
});

test("what the service refuses is told in its words", async () => {
  const told = await gatewayOf().ask({ body: "T | where nothing == 1", parameters: [] });
  expect(told).toMatchObject({ problem: { detail: expect.stringContaining("nothing") } });
});

test.each([
  ["throttling", { is: "throttled", retryAfterSeconds: 0 }],
  ["a reset connection", { is: "reset" }],
  ["502", { is: "status", status: 502 }],
] as const)("after %s it asks once more", async (_what, how) => {
  server.misbehave(how);
  expect(await gatewayOf().ask(ALL)).toHaveProperty("results");
});

test("a busy cluster is asked again when it said, not before", async () => {
  server.misbehave({ is: "throttled", retryAfterSeconds: 1 });
  const [asked, from] = [server.requests.length, performance.now()];
  expect(await gatewayOf().ask(ALL)).toHaveProperty("results");
  expect(performance.now() - from).toBeGreaterThanOrEqual(990);
  expect(server.requests.length - asked).toBe(2);
});

test.each([6, 7200])("nobody is kept waiting when it says %i seconds", async (retryAfterSeconds) => {
  server.misbehave({ is: "throttled", retryAfterSeconds });
  const asked = server.requests.length;
  expect(await gatewayOf().ask(ALL)).toMatchObject({ problem: { kind: "too-much" } });
  expect(server.requests.length - asked).toBe(1);
});

test("for who leaves while it waits nothing is asked again", async () => {
  server.misbehave({ is: "throttled", retryAfterSeconds: 1 });
  const [asked, leaving] = [server.requests.length, new AbortController()];
  const told = gatewayOf().ask(ALL, leaving.signal);
  await expect.poll(() => server.requests.length - asked).toBe(1);
  await after(100);
  leaving.abort();
  expect(await told).toMatchObject({ problem: { title: "The question was called off." } });
  await after(1200);
  expect(server.requests.slice(asked).filter(({ path }) => path === "/v2/rest/query").length).toBe(1);
});

test("equal questions at the same time are asked once, and answers are given again for a while", async () => {
  const asked = server.requests.length;
  const gateway = gatewayOf({ cacheSeconds: 60 });
  const told = await Promise.all([gateway.ask(ALL), gateway.ask(ALL), gateway.ask({ body: "T | count", parameters: [] })]);
  expect(told[0]).toEqual(told[1]);
  await gateway.ask(ALL);
  expect(server.requests.length - asked).toBe(2);
});

test("a problem is not given again", async () => {
  const gateway = gatewayOf({ cacheSeconds: 60 });
  server.misbehave({ is: "status", status: 403 });
  expect(await gateway.ask(ALL)).toHaveProperty("problem");
  expect(await gateway.ask(ALL)).toHaveProperty("results");
});

test("no more than the allowed number of questions is at the cluster", async () => {
  const own = await startKustoServer({ database, token: TOKEN });
  const gateway = gatewayOf({ cluster: own.url, concurrency: 2 });
  own.misbehaveAlways({ is: "slow", ms: 30 });
  await Promise.all(Array.from({ length: 8 }, (_, index) => gateway.ask({ body: `T | take ${index}`, parameters: [] })));
  expect(own.load).toEqual({ now: 0, most: 2 });
  await own.close();
});

test("whoever leaves last calls the query off at the cluster", async () => {
  const gateway = gatewayOf();
  server.misbehaveAlways({ is: "slow", ms: 20_000 });
  const [one, other] = [new AbortController(), new AbortController()];
  const asked = [gateway.ask(ALL, one.signal), gateway.ask(ALL, other.signal)];
  await expect.poll(() => server.load.now).toBe(1);
  one.abort();
  expect(await asked[0]).toMatchObject({ problem: { title: "The question was called off." } });
  expect(server.cancelled).toEqual([]);
  other.abort();
  expect(await asked[1]).toHaveProperty("problem");
  await expect.poll(() => server.cancelled.length).toBe(1);
  expect(server.requests.some(({ requestId }) => requestId === server.cancelled[0])).toBe(true);
  await expect.poll(() => server.load.now).toBe(0);
});

test("a question that takes too long is given up and called off", async () => {
  const gateway = gatewayOf({ timeoutMs: 1 });
  server.misbehaveAlways({ is: "slow", ms: 20_000 });
  const before = server.cancelled.length;
  expect(await gateway.ask(ALL)).toMatchObject({ problem: { kind: "timeout" } });
  await expect.poll(() => server.cancelled.length).toBe(before + 1);
});

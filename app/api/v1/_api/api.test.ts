import fc from "fast-check";
import { beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { type Config, readConfig } from "#lib/server/config.ts";
import { createReplayDesk, replayHandlers } from "#lib/server/replay-desk.ts";
import { createReplays } from "#lib/server/replays.ts";
import { setRuntime } from "#lib/server/runtime-slot.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import { createMemoryStore } from "#lib/stores/memory/memory-store.ts";
import { sampleBatch, sampleEndpoint, sampleFlow } from "#lib/testing/sample-flow.ts";
import { CRITERIA } from "#lib/url/criteria.ts";
import { GET as coverage } from "../coverage/route.ts";
import { GET as exported } from "../export/route.ts";
import { GET as facets } from "../facets/route.ts";
import { GET as flow } from "../flows/[uuid]/route.ts";
import { GET as flows } from "../flows/route.ts";
import { GET as groups } from "../groups/route.ts";
import { GET as openApi } from "../openapi.json/route.ts";
import { POST as replay } from "../replay/route.ts";
import { GET as summary } from "../summary/route.ts";
import { GET as timeline } from "../timeline/route.ts";
import { facetsSchema, flowDetailSchema, flowPageSchema, groupTableSchema, summarySchema, timelineSchema } from "./answer-schemas.ts";
import { coverageDetailsSchema, coverageSchema, problemSchema } from "./coverage-schema.ts";

const HOSTILE = '=HYPERLINK("http://evil")\u202E<img src=x>';
const store = createMemoryStore({ now: () => 1_737_700_000_000 });

function run(running: FlowStore): void {
  const desk = createReplayDesk({ store, now: () => performance.now() });
  const replays = createReplays(async (method, input) => ({ value: await replayHandlers(desk)[method](input) }), Date.now);
  setRuntime({ store: running, live: noLive, replays, config: config(), version: "1.2.3", startedAt: 0 });
}

function config(): Config {
  const read = readConfig({ argv: [], env: {}, cwd: "/", defaultDataDir: "/nowhere", holdsFlows: () => false });
  if (read.is !== "config") throw new Error("the usual configuration is right");
  return read.config;
}

beforeAll(async () => {
  const hostile = sampleEndpoint({ namespace: "shop", pod: HOSTILE });
  await store.append(
    sampleBatch([
      sampleFlow({ uuid: "a" }),
      sampleFlow({ uuid: "b", time: 1_737_619_201_000_000_000n, sourcePort: 1, destinationPort: 53 }),
      sampleFlow({ uuid: "c", time: 1_737_619_202_000_000_000n, source: hostile, protocol: "ICMPv4", sourcePort: -1, destinationPort: -1 }),
    ]),
  );
  run(store);
});

const noLive = () => Promise.resolve({ rows: [], mark: "0-0", skipped: 0, isBroken: false });
const ENDPOINTS = { summary, groups, timeline, facets, flows, coverage, export: exported } as const;
type EndpointName = keyof typeof ENDPOINTS;
const ask = (name: EndpointName, query: string) => ENDPOINTS[name](new Request(`http://weir/api/v1/${name}?${query}`));
const problemBody = z.strictObject({ problem: problemSchema });

test.each<[EndpointName, string, z.ZodType]>([
  ["summary", "", summarySchema],
  ["groups", "by=pod,group,port&spark=8", groupTableSchema],
  ["groups", "by=label:app,reason,policy,node", groupTableSchema],
  ["timeline", "split=group&buckets=10", timelineSchema],
  ["facets", "facets=reason,pod,ip&find.pod=api", facetsSchema],
  ["flows", "limit=2", flowPageSchema],
  ["coverage", "", coverageDetailsSchema],
])("%s?%s answers in its promised shape", async (name, query, schema) => {
  const response = await ask(name, query);
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const body: unknown = await response.json();
  expect(z.strictObject({ answer: schema, coverage: coverageSchema }).safeParse(body).error).toBeUndefined();
});

test("an answer is about what was asked", async () => {
  const body: unknown = await (await ask("groups", "by=pod,port&not.port=53&order=key&dir=asc")).json();
  expect(body).toMatchObject({
    answer: { by: ["pod", "port"], rows: [{ key: ["prod/api-1", "443"] }, { key: [`shop/${HOSTILE}`, null] }] },
  });
});

test("a filter sent whole is the same question", async () => {
  const filter = encodeURIComponent('{"include":[{"port":["53"]}],"exclude":[]}');
  expect(await (await ask("summary", `filter=${filter}`)).json()).toEqual(await (await ask("summary", "port=53")).json());
});

test("one flow, and one that is not there", async () => {
  const call = (uuid: string) => flow(new Request(`http://weir/api/v1/flows/${uuid}`), { params: Promise.resolve({ uuid }) });
  const found: unknown = await (await call("a")).json();
  expect(z.strictObject({ answer: flowDetailSchema, coverage: coverageSchema }).safeParse(found).error).toBeUndefined();
  const missing = await call("nobody");
  expect(missing.status).toBe(404);
  expect(problemBody.parse(await missing.json()).problem.kind).toBe("not-found");
});

test("everything unreadable is named at once", async () => {
  const response = await ask("groups", "port=99999&nss=a&limit=0&offset=x&by=pods");
  expect(response.status).toBe(400);
  const { problem } = problemBody.parse(await response.json());
  expect(problem.kind).toBe("bad-question");
  for (const name of ["port=99999", "nss=a", "limit=0", "offset=x", "by=pods"]) expect(problem.detail).toContain(name);
});

test.each([
  ["groups", "limit=5001"],
  ["groups", "limit=9e9"],
  ["groups", "spark=201"],
  ["groups", "offset=1000001"],
  ["timeline", "buckets=501"],
  ["flows", "limit=1001"],
  ["flows", "limit=1&limit=2"],
  ["facets", "facets=pods"],
  ["summary", "limit=1"],
  ["export", "format=xlsx"],
  ["export", "cols=nothing"],
] as const)("%s?%s is refused", async (name, query) => {
  expect((await ask(name, query)).status).toBe(400);
});

test("an export shows the chosen columns, and hostile text as text", async () => {
  const csv = await ask("export", "view=groups&by=pod,port&cols=key,packets&order=key&dir=asc");
  expect(csv.headers.get("content-type")).toContain("text/csv");
  expect(csv.headers.get("content-disposition")).toMatch(/^attachment; filename="weir-groups-[\dT-]+Z\.csv"$/);
  expect(csv.headers.get("x-weir-row-cap")).toBe("50000");
  expect((await csv.text()).split("\r\n")).toEqual([
    "pod,port,packets",
    "prod/api-1,443,1",
    "prod/api-1,53,1",
    '"shop/=HYPERLINK(""http://evil"")⟨U+202E⟩<img src=x>",,1',
    "",
  ]);
  const lines = (await (await ask("export", "view=flows&format=ndjson&cols=time,sender&dir=asc")).text()).trimEnd().split("\n");
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    { id: "a", time: "2025-01-23T08:00:00Z", pod: "prod/api-1" },
    { id: "b", time: "2025-01-23T08:00:01Z", pod: "prod/api-1" },
    { id: "c", time: "2025-01-23T08:00:02Z", pod: `shop/${HOSTILE}` },
  ]);
});

test("a store that fails is a problem with a fitting status", async () => {
  const problem = { kind: "unavailable", title: "The store stopped", detail: "It is being started.", next: "Try again." } as const;
  run({ ...store, summary: async () => ({ problem }) });
  const unavailable = await ask("summary", "");
  expect([unavailable.status, unavailable.headers.get("retry-after")]).toEqual([503, "5"]);
  vi.spyOn(console, "error").mockImplementationOnce(() => {});
  run({ ...store, summary: () => Promise.reject(new Error("a fault")) });
  const fault = await ask("summary", "");
  expect([fault.status, problemBody.parse(await fault.json()).problem.kind]).toEqual([500, "bug"]);
  run(store);
});

test("the description is served", async () => {
  const body: unknown = await openApi().json();
  expect(body).toMatchObject({ openapi: "3.1.0", info: { version: "1.2.3" } });
});

test("nothing in any parameter makes a fault", async () => {
  const values = fc.oneof(
    fc.constantFrom(
      "",
      "~",
      "~~",
      ",",
      ";",
      "now",
      "now-24h",
      "-1",
      "0",
      "1e9",
      "NaN",
      "null",
      "__proto__",
      "{}",
      "[]",
      '{"include":[{}]}',
      "10.0.0.0/8",
    ),
    fc.constantFrom(
      "pod,group,port",
      "label:app",
      "label:",
      "'; DROP TABLE flows; --",
      "a/b",
      "app in (a)",
      "2025-01-23",
      "1737619200000,a",
      "%",
      "\0",
    ),
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.json({ maxDepth: 3 }),
  );
  const own = ["limit", "offset", "spark", "buckets", "facets", "find.pod", "after", "view", "format"];
  const names = fc.oneof(
    fc.constantFrom("from", "to", "q", "filter", "not", "by", "order", "dir", "cols", "row", "open", "tab", "split", "zone", ...own),
    fc.constantFrom(...CRITERIA.flatMap(({ name }) => [name, `not.${name}`])),
    fc.string({ unit: "binary", maxLength: 10 }),
  );
  const endpoints = fc.constantFrom<EndpointName[]>("summary", "groups", "timeline", "facets", "flows", "coverage", "export");
  await fc.assert(
    fc.asyncProperty(endpoints, fc.array(fc.tuple(names, values), { minLength: 1, maxLength: 3 }), async (endpoint, entries) => {
      const query = new URLSearchParams(entries.map(([name, value]) => [name.toWellFormed(), value.toWellFormed()]));
      const response = await ask(endpoint, query.toString());
      expect([200, 400]).toContain(response.status);
      const text = await response.text();
      if (response.status === 400) expect(problemBody.parse(JSON.parse(text)).problem.detail).not.toBe("");
    }),
    { numRuns: 1500 },
  );
});

test("replay streams how far it is and what it found, and refuses what is no request", async () => {
  const post = (body: unknown, query = "") =>
    replay(new Request(`http://weir/api/v1/replay?${query}`, { method: "POST", body: JSON.stringify(body) }));
  const asked = { target: "1.17", texts: ["flowLogs:\n- name: all\n  filePath: stdout\n"] };
  const response = await post(asked);
  expect(response.headers.get("content-type")).toContain("ndjson");
  const news = (await response.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(news[0]).toMatchObject({ is: "running", looked: 0 });
  expect(news.at(-1)).toMatchObject({ is: "done", report: { total: 3, configs: [{ entries: [{ name: "all" }] }] } });
  for (const wrong of [
    undefined,
    {},
    { ...asked, target: "2" },
    { ...asked, texts: [] },
    { ...asked, texts: [1] },
    { ...asked, more: 1 },
  ]) {
    const refused = await post(wrong);
    expect(refused.status).toBe(400);
    expect(problemBody.safeParse(await refused.json()).success).toBe(true);
  }
  expect((await post(asked, "from=never")).status).toBe(400);
});

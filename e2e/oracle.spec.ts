import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "playwright/test";
import { z } from "zod";
import { BENCH_START, generateLines } from "../bin/bench/generate-lines.ts";
import { attemptsOf, type Expected, groupBy, readExpected, type Seen } from "./oracle.ts";
import { startWeir, type WeirServer } from "./weir-server.ts";

const lines = z.object({
  total: z.number(),
  flows: z.number(),
  notices: z.number(),
  agent: z.number(),
  rejected: z.number(),
  duplicates: z.number(),
});
const counts = z.object({ attempts: z.number(), packets: z.number() });
const summaryReply = z.object({ answer: counts, coverage: z.object({ lines }) });
const groupsReply = z.object({
  answer: z.object({
    total: z.number(),
    rows: z.array(counts.extend({ key: z.array(z.string().nullable()), firstSeen: z.string(), lastSeen: z.string() })),
  }),
});
const WHOLE = `from=${new Date(BENCH_START).toISOString()}&to=${new Date(BENCH_START + 2 * 86_400_000).toISOString()}`;

let directory: string;
let weir: WeirServer;
let expected: Expected;

test.beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "weir-oracle-"));
  const made: string[] = [];
  // every fiftieth line comes again, as a log shipper that retries sends it
  for (const line of generateLines({ flows: 12_000, seed: 7, start: BENCH_START, noise: 0.2, cut: 0.002 })) {
    made.push(line);
    if (made.length % 50 === 0) made.push(made[made.length - 20] ?? line);
  }
  const half = Math.floor(made.length / 2);
  const text = (part: readonly string[]): string => `${part.join("\n")}\n`;
  expected = readExpected(text(made));
  await writeFile(join(directory, "agent-1.log.gz"), gzipSync(text(made.slice(0, half))));
  await writeFile(join(directory, "agent-2.log"), text(made.slice(half)));
  weir = await startWeir({ args: ["--file", join(directory, "agent-1.log.gz"), "--file", join(directory, "agent-2.log")] });
  await expect
    .poll(async () => (await ask(feedsReply, "coverage")).coverage.feeds.map((feed) => feed.state), { timeout: 60_000 })
    .toEqual(["done", "done"]);
});

test.afterAll(async () => {
  await weir?.stop();
  await rm(directory, { recursive: true, force: true });
});

const feedsReply = z.object({ coverage: z.object({ feeds: z.array(z.object({ state: z.string() })) }) });

async function ask<T>(schema: z.ZodType<T>, path: string): Promise<T> {
  const response = await fetch(`${weir.url}/api/v1/${path}`);
  expect(response.status, path).toBe(200);
  return schema.parse(await response.json());
}

test("every line is accounted for, and the totals are the oracle's", async () => {
  const { answer, coverage } = await ask(summaryReply, "summary");
  expect(coverage.lines.total).toBe(expected.lines);
  expect(coverage.lines.flows).toBe(expected.flowLines);
  expect(coverage.lines.rejected).toBe(expected.unreadable);
  expect(coverage.lines.duplicates).toBe(expected.duplicates);
  expect(coverage.lines.flows + coverage.lines.notices + coverage.lines.agent + coverage.lines.rejected).toBe(coverage.lines.total);
  expect(answer).toMatchObject({ attempts: attemptsOf(expected.flows), packets: expected.flows.length });
});

const groupings: readonly (readonly [string, (flow: Seen) => readonly string[]])[] = [
  ["pod", (flow) => [flow.pod]],
  ["namespace", (flow) => [flow.namespace]],
  ["group", (flow) => [flow.group]],
  ["port", (flow) => [flow.port]],
  ["reason", (flow) => [flow.reason]],
  ["namespace,group,port", (flow) => [flow.namespace, flow.group, flow.port]],
  ["pod,group,port", (flow) => [flow.pod, flow.group, flow.port]],
];

for (const [by, keyOf] of groupings) {
  test(`groups by ${by} are the oracle's, row by row`, async () => {
    const wanted = groupBy(expected.flows, (flow) => JSON.stringify(keyOf(flow).map((value) => (value === "" ? null : value))));
    const { answer } = await ask(groupsReply, `groups?by=${by}&${WHOLE}&limit=1000`);
    expect(answer.total).toBe(wanted.size);
    expect(answer.rows.length).toBe(Math.min(1000, wanted.size));
    for (const row of answer.rows) {
      const want = wanted.get(JSON.stringify(row.key));
      expect(row).toMatchObject({ attempts: want?.attempts, packets: want?.packets, firstSeen: want?.first, lastSeen: want?.last });
    }
    const sizes = answer.rows.map((row) => row.attempts);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });
}

const filters: readonly (readonly [string, object, (flow: Seen) => boolean])[] = [
  ["a port", { include: [{ destination_port: ["443"] }] }, (flow) => flow.port === "443"],
  ["not a namespace", { exclude: [{ source_pod: ["orders-prod/"] }] }, (flow) => flow.namespace !== "orders-prod"],
  ["a reason", { include: [{ drop_reason_desc: ["POLICY_DENIED"] }] }, (flow) => flow.reason === "default"],
  [
    "two clauses and an exception",
    {
      include: [{ source_pod: ["billing-test/", "search-prod/"] }, { destination_port: ["53", "22"] }],
      exclude: [{ drop_reason_desc: ["POLICY_DENY"] }],
    },
    (flow) => (["billing-test", "search-prod"].includes(flow.namespace) || ["53", "22"].includes(flow.port)) && flow.reason !== "deny",
  ],
  [
    "a CIDR group by its label",
    { include: [{ destination_label: ["cidrgroup:io.cilium.policy.cidrgroupname/bad-hosts"] }] },
    (flow) => flow.group === "bad-hosts",
  ],
];

for (const [name, filter, lets] of filters) {
  test(`a filter sent whole means the same: ${name}`, async () => {
    const flows = expected.flows.filter(lets);
    expect(flows.length).toBeGreaterThan(0);
    const { answer } = await ask(
      summaryReply,
      `summary?filter=${encodeURIComponent(JSON.stringify({ include: [], exclude: [], ...filter }))}&${WHOLE}`,
    );
    expect(answer).toMatchObject({ attempts: attemptsOf(flows), packets: flows.length });
  });
}

test("a window is half open, and cuts attempts where it should", async () => {
  for (const [from, to] of [
    [6.5, 7.25],
    [0, 12],
    [11.999, 23.4561],
  ] as const) {
    const start = BENCH_START + Math.round(from * 3_600_000);
    const end = BENCH_START + Math.round(to * 3_600_000);
    const [first, last] = [start, end].map((ms) => new Date(ms).toISOString().replace("Z", "000000Z"));
    const flows = expected.flows.filter((flow) => padded(flow.time) >= (first ?? "") && padded(flow.time) < (last ?? ""));
    const { answer } = await ask(summaryReply, `summary?from=${new Date(start).toISOString()}&to=${new Date(end).toISOString()}`);
    expect(answer).toMatchObject({ attempts: attemptsOf(flows), packets: flows.length });
  }
});

/** RFC 3339 with nine fraction digits, so that text order is time order. */
function padded(time: string): string {
  const [head = "", fraction = ""] = time.replace("Z", "").split(".");
  return `${head}.${fraction.padEnd(9, "0")}Z`;
}

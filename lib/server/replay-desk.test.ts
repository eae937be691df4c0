import { expect, test } from "vitest";
import { createDecoder } from "#lib/decode/decoder.ts";
import { type ExporterEntry, emptyEntry } from "#lib/exporter/config.ts";
import type { ReplayNews, ReplayReport } from "#lib/exporter/replay-report.ts";
import { compileFilter } from "#lib/filters/compile-filter.ts";
import { openDuckdbStore } from "#lib/stores/duckdb/duckdb-store.ts";
import type { FlowScan, Scannable } from "#lib/stores/flow-scan.ts";
import { sampleBatch } from "#lib/testing/sample-flow.ts";
import { createReplayDesk, type ReplayAsk, type ReplayLimits, replayHandlers } from "./replay-desk.ts";
import { createReplays } from "./replays.ts";

const WINDOW = { from: 1_000_000, to: 2_000_000 };
const ASK: ReplayAsk = { window: WINDOW, configs: [{ entries: [emptyEntry("all", "stdout")] }], version: "1.17" };
const LIMITS: ReplayLimits = { flows: 1_000_000, workMs: 1_000_000, open: 2, idleMs: 1_000 };
const lineAt = (index: number): string =>
  `{"flow":{"uuid":"u${index}","time":"2026-09-22T10:42:16.503118007Z","verdict":"DROPPED","Type":"L3_L4"},"node_name":"n","time":"2026-09-22T10:42:16.503118007Z"}`;

/** `stretches` of a hundred flows. */
function scannable(stretches: number): Scannable {
  return {
    scan: async (): Promise<FlowScan> => {
      let left = stretches;
      return {
        total: stretches * 100,
        next: async () => {
          if (left === 0) return undefined;
          left -= 1;
          const lines = Array.from({ length: 100 }, (_, index) => ({ line: lineAt(left * 100 + index), time: 0n }));
          return { lines, from: WINDOW.from + left * 1_000 };
        },
      };
    },
  };
}

async function run(store: Partial<Scannable>, limits = LIMITS, clock = () => 0): Promise<readonly ReplayNews[]> {
  const handlers = replayHandlers(createReplayDesk({ store, now: clock, limits }));
  const replays = createReplays(
    async (method, input) => ({ value: await handlers[method](input) }),
    () => 0,
  );
  const news: ReplayNews[] = [];
  for await (const one of replays.run(ASK, new AbortController().signal)) news.push(one);
  return news;
}

test("looks at every flow of the window, and says so", async () => {
  const news = await run(scannable(7));
  expect(news[0]).toEqual({ is: "running", looked: 0, of: 700 });
  expect(news.at(-1)).toMatchObject({
    is: "done",
    report: { flows: 700, total: 700, windowMs: 1_000_000, looked: { from: WINDOW.from, to: WINDOW.to }, cut: undefined },
  });
});

test("counts stored lines that it cannot read, and takes them for nothing else", async () => {
  const lines = [lineAt(1), '{"flow":{"uuid":"torn', "\u0000", lineAt(2)].map((line) => ({ line, time: 0n }));
  const stretches = [lines];
  const store: Scannable = {
    scan: async () => ({
      total: 4,
      next: async () => {
        const given = stretches.pop();
        return given && { lines: given, from: WINDOW.from };
      },
    }),
  };
  expect((await run(store)).at(-1)).toMatchObject({ is: "done", report: { flows: 2, undecoded: 2, total: 4 } });
});

test("states what it left out when there is too much", async () => {
  const news = await run(scannable(7), { ...LIMITS, flows: 250 });
  expect(news.at(-1)).toMatchObject({
    is: "done",
    report: { flows: 300, total: 700, windowMs: 996_000, looked: { from: WINDOW.from + 4_000 }, cut: "flows" },
  });
});

test("states what it left out when it takes too long", async () => {
  let clock = 0;
  const news = await run(scannable(7), { ...LIMITS, workMs: 25 }, () => (clock += 10));
  expect(news.at(-1)).toMatchObject({ is: "done", report: { flows: 300, cut: "time" } });
});

test("says of a store that cannot be walked through that it cannot", async () => {
  const news = await run({});
  expect(news).toEqual([
    { is: "failed", title: "This store cannot be replayed.", detail: expect.any(String), next: expect.any(String), mayHelpAgain: true },
  ]);
});

test("stops when nobody listens, forgets who stays silent, and takes a few at once", async () => {
  let clock = 0;
  const desk = createReplayDesk({ store: scannable(1_000), now: () => clock, limits: LIMITS });
  const handlers = replayHandlers(desk);
  const asked: string[] = [];
  const replays = createReplays(
    async (method, input) => {
      asked.push(method);
      return { value: await handlers[method](input) };
    },
    () => clock,
  );
  const gone = new AbortController();
  for await (const _ of replays.run(ASK, gone.signal)) gone.abort();
  expect(asked).toEqual(["replay-open", "replay-close"]);

  const open = () => desk.open(ASK);
  const first = await open();
  await open();
  expect(await open()).toHaveProperty("problem.title", "Other replays are running.");
  clock += LIMITS.idleMs + 1;
  expect(await open()).toHaveProperty("total", 100_000);
  expect(await desk.step({ id: "id" in first ? first.id : 0, wantsReport: false })).toHaveProperty(
    "problem.title",
    "This replay was given up.",
  );
});

test("hands the exporter's own line on, whatever a log shipper put around it", async () => {
  const bare = lineAt(1).replace("u1", "ü");
  const latin1 = [...new TextEncoder().encode(bare)].map((byte) => String.fromCharCode(byte)).join("");
  const wrapped = JSON.stringify({ log: `${lineAt(2)}\n`, stream: "stdout" });
  const lines = [latin1, `2026-09-22T10:42:16.503118007Z stdout F ${lineAt(3)}`, wrapped].map((line) => ({ line, time: 0n }));
  let given = false;
  const store: Scannable = {
    scan: async () => ({
      total: 3,
      next: async () => {
        if (given) return undefined;
        given = true;
        return { lines, from: 0 };
      },
    }),
  };
  const desk = createReplayDesk({ store, now: () => 0 });
  const opened = await desk.open(ASK);
  const step = await desk.step({ id: "id" in opened ? opened.id : 0, wantsReport: true });
  const told = "report" in step ? step.report?.configs[0]?.entries[0] : undefined;
  expect(told).toMatchObject({ matched: 3 });
  for (const { line } of told?.examplesMatched ?? []) expect(line).toMatch(/^\{"flow":\{"uuid":"(?:ü|u2|u3)"/);
  expect("report" in step ? step.report?.blindSpots.join(" ") : "no report").not.toContain("no line of JSON");
});

test("counts what the filter room matches, on more than ten thousand stored flows", async () => {
  const opened = await openDuckdbStore({ directory: undefined, now: () => START });
  if (opened.problem !== undefined) throw new Error(opened.problem);
  const { store } = opened;
  try {
    const lines = Array.from({ length: 12_000 }, (_, index) => exportLine(index));
    const decoder = createDecoder();
    const flows = lines.map((line) => {
      const decoded = decoder.decode(line, { fallbackTime: undefined });
      if (decoded.is !== "flow") throw new Error(line);
      return decoded.flow;
    });
    for (let at = 0; at < flows.length; at += 3_000) await store.append(sampleBatch(flows.slice(at, at + 3_000), "a", at + 1));
    const entries = FILTERS.map((filter, index): ExporterEntry => ({ ...emptyEntry(`e${index}`, `/${index}`), ...filter }));
    const desk = createReplayDesk({ store, now: () => 0 });
    const { id, total } = await desk
      .open({ window: { from: START, to: START + 3_600_000 }, configs: [{ entries }], version: "1.17" })
      .then((told) => {
        if ("problem" in told) throw new Error(told.problem.title);
        return told;
      });
    expect(total).toBe(lines.length);
    let report: ReplayReport | undefined;
    while (report === undefined) {
      const step = await desk.step({ id, wantsReport: false });
      if ("problem" in step) throw new Error(step.problem.title);
      report = step.report;
    }
    for (const [index, { includeFilters, excludeFilters }] of FILTERS.entries()) {
      const compiled = compileFilter({ include: includeFilters, exclude: excludeFilters });
      if (compiled.problem !== undefined) throw new Error(compiled.problem.reason);
      const matching = lines.filter((_, at) => {
        const flow = flows[at];
        return flow !== undefined && compiled.matches(flow);
      });
      const told = report.configs[0]?.entries[index];
      expect(told?.matched, `filter ${index}`).toBe(matching.length);
      expect(told?.notMatched).toBe(lines.length - matching.length);
      expect(told?.bytesFull).toBe(matching.reduce((sum, line) => sum + line.length + 1, 0));
      const byNode = Map.groupBy(matching, (line) => /"node_name":"([^"]+)"/.exec(line)?.[1] ?? "");
      expect(Object.fromEntries((told?.nodes ?? []).map(({ node, flows: count }) => [node, count]))).toEqual(
        Object.fromEntries([...byNode].map(([node, own]) => [node, own.length])),
      );
      expect(matching.length).toBeGreaterThan(0);
    }
  } finally {
    await store.close();
  }
});

const START = Date.parse("2026-09-22T10:00:00Z");
const FILTERS: readonly Pick<ExporterEntry, "includeFilters" | "excludeFilters">[] = [
  { includeFilters: [], excludeFilters: [] },
  { includeFilters: [{ event_type: [{ type: 1 }], traffic_direction: ["EGRESS"], drop_reason_desc: ["POLICY_DENY"] }], excludeFilters: [] },
  { includeFilters: [{ source_pod: ["shop/api"] }, { destination_port: ["53"] }], excludeFilters: [{ node_name: ["n1"] }] },
  { includeFilters: [{ destination_label: ["reserved:world"] }], excludeFilters: [{ destination_ip: ["10.0.0.0/9"] }] },
  { includeFilters: [{ source_label: ["app in (a, b)"] }, { verdict: ["AUDIT"] }], excludeFilters: [] },
];

function exportLine(index: number): string {
  const pick = <T>(values: readonly [T, ...T[]], step: number): T => values[Math.floor(index / step) % values.length] ?? values[0];
  const reason = pick(["POLICY_DENY", "POLICY_DENIED", "AUTH_REQUIRED"] as const, 1);
  const code = { POLICY_DENY: 181, POLICY_DENIED: 133, AUTH_REQUIRED: 189 }[reason];
  const time = new Date(START + index * 97).toISOString();
  return JSON.stringify({
    flow: {
      time,
      uuid: `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`,
      verdict: pick(["DROPPED", "DROPPED", "AUDIT"], 2),
      drop_reason: code,
      IP: {
        source: `10.244.${index % 7}.${index % 250}`,
        destination: pick(["10.60.12.7", "10.200.1.1", "217.160.0.92"], 3),
        ipVersion: "IPv4",
      },
      l4:
        index % 5 === 0
          ? { UDP: { source_port: 40_000 + (index % 900), destination_port: 53 } }
          : { TCP: { source_port: 40_000 + (index % 900), destination_port: 443 } },
      source: {
        identity: 1_000 + (index % 9),
        namespace: pick(["shop", "ops"], 5),
        pod_name: pick(["api-1", "worker-2"], 7),
        labels: [`k8s:app=${pick(["a", "b", "c"], 11)}`],
      },
      destination: { identity: 2, labels: [pick(["reserved:world", "k8s:app=db"], 13)] },
      Type: "L3_L4",
      node_name: pick(["n1", "n2", "n3"], 17),
      event_type: { type: pick([1, 5], 19), sub_type: code },
      traffic_direction: pick(["EGRESS", "EGRESS", "INGRESS"], 23),
      drop_reason_desc: reason,
      is_reply: false,
      Summary: "TCP Flags: SYN",
    },
    node_name: pick(["n1", "n2", "n3"], 17),
    time,
  });
}

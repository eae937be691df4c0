/** What stands between Weir and a cluster, door by door, and each way in which the cluster fails: one Weir, one stand-in that changes. */
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test as base, expect, type Page } from "playwright/test";
import { formatTime } from "#lib/flows/flow-time.ts";
import { exportedLine } from "#lib/testing/exported-line.ts";
import { sampleFlow } from "#lib/testing/sample-flow.ts";
import { createHubbleDatabase, ingestLines } from "./kusto-stand-in/hubble-tables.ts";
import type { KustoDatabase } from "./kusto-stand-in/kusto-database.ts";
import { type KustoServer, type Misbehaviour, startKustoServer } from "./kusto-stand-in/kusto-server.ts";
import { startWeir, type WeirServer } from "./weir-server.ts";

interface Running {
  readonly database: KustoDatabase;
  readonly cluster: KustoServer;
  readonly weir: WeirServer;
}

const TOKEN = "eyJhbGciOiJub25lIn0.c2VjcmV0LXRva2Vu.c2lnbmF0dXJl";
const HOUR = 3_600_000;

const test = base.extend<{ baseURL: string }, { running: Running }>({
  running: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      const database = createHubbleDatabase(Date.now);
      const cluster = await startKustoServer({ database, token: TOKEN });
      const directory = await mkdtemp(join(tmpdir(), "weir-az-"));
      await writeFile(join(directory, "az"), azure());
      await chmod(join(directory, "az"), 0o755);
      const own = ["--adx-shape", "container-logs", "--adx-sign-in", "azcli", "--adx-timeout", "4"];
      const args = ["--store", "adx", "--adx-cluster", cluster.url, "--adx-database", "Kubernetes", ...own];
      const weir = await startWeir({ args, whileReading: true, env: { PATH: `${directory}${delimiter}${process.env.PATH}` } });
      await use({ database, cluster, weir });
      await weir.stop();
      await cluster.close();
      await rm(directory, { recursive: true });
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ running }, use) => use(running.weir.url),
});
// the first test fills the table that the others ask
test.describe.configure({ mode: "serial", timeout: 120_000 });
test.use({ navigationTimeout: 60_000 });

/** An Azure CLI that is signed in. */
function azure(): string {
  const token = { accessToken: TOKEN, expires_on: Math.floor(Date.now() / 1000) + 3600, tokenType: "Bearer" };
  return `#!/bin/sh\necho '${JSON.stringify(token)}'\n`;
}

interface Door {
  readonly check: string;
  readonly state: "not in order" | "worth a look";
  readonly found: string | RegExp;
  readonly next: string | RegExp;
  readonly make: (running: Running) => void;
}

const logged = (ago: number) => new Date(Date.now() - ago).toISOString();
const row = (ContainerName: string, LogMessage: string, ago = 0) => [{ TimeGenerated: logged(ago), ContainerName, LogMessage }];
function flows({ database }: Running, node: string, ago: number, count: number): void {
  const now = BigInt(Date.now() - ago) * 1_000_000n;
  const lines = Array.from({ length: count }, (_, index) => {
    const time = now - BigInt(index) * 1_000_000_000n;
    const flow = sampleFlow({ time, node, uuid: `${node}-${index}`, sourcePort: 40_000 + index });
    return { text: exportedLine(flow), loggedAt: formatTime(time + 2_000_000n) };
  });
  ingestLines(database, "container-logs", lines);
}

/** From the outside in; each leaves the table as the next one finds it. */
const DOORS: readonly Door[] = [
  {
    check: "Cluster",
    state: "not in order",
    found: "cannot be reached",
    next: "--adx-cluster",
    make: ({ cluster }) => cluster.misbehaveAlways({ is: "reset" }),
  },
  {
    check: "Sign-in",
    state: "not in order",
    found: "could not sign in",
    next: "--adx-sign-in",
    make: ({ cluster }) => cluster.misbehaveAlways({ is: "status", status: 401 }),
  },
  {
    check: "Database",
    state: "not in order",
    found: "no such database",
    next: "--adx-database",
    make: ({ cluster }) =>
      cluster.misbehaveAlways({ is: "status", status: 400, message: "Entity ID 'Kubernetes' of kind 'Database' was not found." }),
  },
  {
    check: "Database",
    state: "not in order",
    found: "may not read",
    next: "viewer",
    make: ({ cluster }) => cluster.misbehaveAlways({ is: "status", status: 403 }),
  },
  {
    check: "Table",
    state: "not in order",
    found: "Failed to resolve table",
    next: "--adx-table",
    make: ({ cluster }) =>
      cluster.misbehaveAlways(
        { is: "status", status: 400, message: "Semantic error: SEM0100: Failed to resolve table expression named 'ContainerLogs'" },
        "ContainerLogs",
      ),
  },
  {
    check: "Columns",
    state: "not in order",
    found: "lacks ContainerName: string",
    next: "--adx-shape",
    make: ({ cluster }) => cluster.misbehaveAlways({ is: "first-row" }, "getschema"),
  },
  {
    check: "Rows",
    state: "not in order",
    found: "None in 14 days.",
    next: "Fluent Bit runs",
    make: ({ cluster }) => cluster.misbehaveAlways(undefined),
  },
  {
    check: "Newest row",
    state: "worth a look",
    found: "2 hours ago",
    next: "Fluent Bit still runs",
    make: ({ database }) => database.insert("ContainerLogs", row("nginx", "GET /", 2 * HOUR)),
  },
  {
    check: "Lines of Cilium agents",
    state: "not in order",
    found: "other containers only",
    next: "kube-system",
    make: ({ database }) => database.insert("ContainerLogs", row("nginx", "GET /")),
  },
  {
    check: "Flows",
    state: "not in order",
    found: "No line speaks of a flow",
    next: "exporter",
    make: ({ database }) => database.insert("ContainerLogs", row("cilium-agent", "level=info msg=started")),
  },
  {
    check: "Flows",
    state: "not in order",
    found: "none could be read",
    next: "multiline.parser cri",
    make: ({ database }) => database.insert("ContainerLogs", row("cilium-agent", '{"flow":{"time":"2025-')),
  },
  {
    check: "Flows",
    state: "worth a look",
    found: /2 flows, 66\.6 %/,
    next: "multiline.parser cri",
    make: (running) => flows(running, "aks-1/silent", 7 * HOUR, 2),
  },
  {
    check: "Nodes",
    state: "worth a look",
    found: "aks-1/silent (7 hours ago)",
    next: "Fluent Bit pod",
    make: (running) => flows(running, "aks-1/heard", 60_000, 40),
  },
];

test("names the door that is shut on the way to the flows, and what opens it", async ({ page, running }) => {
  for (const door of DOORS) {
    door.make(running);
    await page.goto("/coverage");
    const check = page.getByRole("region", { name: "Checks" }).getByRole("row", { name: new RegExp(`^${door.check}`) });
    for (const said of [door.state, door.found, door.next]) await expect(check, `${door.check}: ${door.found}`).toContainText(said);
    if (door.check === "Cluster") await expect(page.getByText("No flow is stored yet")).toHaveCount(0);
    if (door.check === "Rows") await saysSoEverywhere(page, "None in 14 days. Check that Fluent Bit runs");
  }
  await expect(page.getByRole("row", { name: /^Flows/ })).toContainText("in order");
});

/** Where no flow has arrived, every page says where the way ends. */
async function saysSoEverywhere(page: Page, text: string): Promise<void> {
  for (const path of ["/", "/groups", "/flows"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "No flow has arrived yet." })).toBeVisible();
    await expect(page.locator('[data-face="first"]')).toContainText(text);
  }
}

interface Fault {
  readonly how: Misbehaviour;
  readonly title: string;
  readonly next: RegExp;
}

const FAULTS: readonly Fault[] = [
  { how: { is: "throttled", retryAfterSeconds: 60 }, title: "Azure Data Explorer is busy.", next: /Try again in a few seconds/ },
  { how: { is: "status", status: 401 }, title: "Weir could not sign in at Azure Data Explorer.", next: /--adx-sign-in/ },
  { how: { is: "status", status: 403 }, title: "Weir may not read this database.", next: /viewer/ },
  { how: { is: "cut" }, title: "The answer of Azure Data Explorer cannot be read.", next: /no proxy/ },
  { how: { is: "error-row" }, title: "This is more than Azure Data Explorer answers at once.", next: /shorter time/ },
  { how: { is: "partial" }, title: "This is more than Azure Data Explorer answers at once.", next: /shorter time/ },
  { how: { is: "truncated" }, title: "This is more than Azure Data Explorer answers at once.", next: /shorter time/ },
  { how: { is: "redirect" }, title: "Something else answers at this address.", next: /no proxy/ },
  { how: { is: "html" }, title: "The answer of Azure Data Explorer cannot be read.", next: /no proxy/ },
  { how: { is: "reset" }, title: "Azure Data Explorer cannot be reached.", next: /--adx-cluster/ },
  { how: { is: "status", status: 503 }, title: "Azure Data Explorer cannot be reached.", next: /--adx-cluster/ },
  { how: { is: "slow", ms: 20_000 }, title: "Azure Data Explorer took too long.", next: /--adx-timeout/ },
];
const PAGES = ["/", "/groups", "/flows"] as const;

test("says of each fault what it is and what helps, never that nothing was blocked, and recovers", async ({ page, running, request }) => {
  const { cluster, weir } = running;
  for (const [index, { how, title, next }] of FAULTS.entries()) {
    cluster.misbehaveAlways(how);
    // the span that is held is remembered for a quarter of a minute; another question each time, so that no other answer helps
    await page.goto(`${PAGES[index % PAGES.length]}?q=fault${index}`);
    const face = page.locator('[data-face="failed"]').filter({ visible: true }).first();
    await expect(face.getByRole("heading", { name: title })).toBeVisible();
    await expect(face).toContainText(next);
    await expect(page.getByText(/Nothing (was )?blocked|No flow has arrived/)).toHaveCount(0);
    await expect(page.getByRole("grid").or(page.getByRole("treegrid"))).toHaveCount(0);
    expect(await page.content()).not.toContain(TOKEN);
    if (how.is === "slow") continue;
    const answer = await request.get(`/api/v1/summary?q=fault${index}`);
    expect(answer.ok(), title).toBe(false);
    expect(await answer.text()).not.toContain(TOKEN);
  }
  cluster.misbehaveAlways(undefined);
  await page.getByRole("button", { name: "Try again" }).first().click();
  await expect(page.locator('[data-face="failed"]')).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Nothing blocked in what arrived." })).toBeVisible();
  expect(weir.output()).not.toContain(TOKEN);
  expect(cluster.requests.filter(({ authorization }) => authorization === `Bearer ${TOKEN}`).length).toBeGreaterThan(FAULTS.length);
});

test("asks again by itself where that helps, and nobody notices", async ({ page, running }) => {
  const again: readonly Misbehaviour[] = [{ is: "reset" }, { is: "throttled", retryAfterSeconds: 1 }, { is: "status", status: 503 }];
  for (const [index, how] of again.entries()) {
    running.cluster.misbehave(how);
    await page.goto(`/flows?port=443&from=now-${index + 3}h`);
    await expect(page.getByRole("grid").locator('[role="row"][aria-selected]').first()).toBeVisible();
    await expect(page.locator('[data-face="failed"]')).toHaveCount(0);
  }
});

test("a part that fails says so in its place, and the rest stays", async ({ page, running, request }) => {
  const { cluster } = running;
  cluster.misbehaveAlways({ is: "html" }, "let Pair = Twins");
  await page.goto("/flows?row=aks-1/heard-3");
  const panel = page.getByRole("complementary", { name: "Open flow" });
  await expect(panel).toContainText("The answer of Azure Data Explorer cannot be read.");
  await expect(page.getByRole("grid").locator('[role="row"][aria-selected]').first()).toBeVisible();
  cluster.misbehaveAlways({ is: "error-row" }, "bin_at");
  await page.goto("/?port=443");
  await expect(page.locator('[data-face="failed"]').first()).toContainText("more than Azure Data Explorer answers at once");
  await expect(page.getByRole("region", { name: "Totals" })).toContainText("Packets42");
  cluster.misbehaveAlways({ is: "html" });
  const exported = await request.get("/api/v1/export?view=flows&format=csv&q=other");
  expect(exported.status()).toBeGreaterThanOrEqual(500);
  expect(await exported.text()).toContain("cannot be read");
  await page.goto("/exporter");
  const replay = page.getByRole("region", { name: "Replay" });
  await expect(replay.getByRole("alert")).toContainText(/cannot be read.*no proxy/);
  cluster.misbehaveAlways(undefined);
  await replay.getByRole("button", { name: "Try again" }).click();
  await expect(replay.getByText(/of 42 stored flows match/)).toBeVisible();
});

/** Weir over Azure Data Explorer, as far as a stand-in goes: every page, and what opens elsewhere. How a cluster fails is in adx-faults.spec.ts. */
import { gunzipSync } from "node:zlib";
import { test as base, expect } from "playwright/test";
import { startDemoCluster } from "./kusto-stand-in/demo-cluster.ts";
import { createHubbleDatabase } from "./kusto-stand-in/hubble-tables.ts";
import type { KustoServer } from "./kusto-stand-in/kusto-server.ts";
import { startWeir, type WeirServer } from "./weir-server.ts";

interface Running {
  readonly cluster: KustoServer;
  readonly weir: WeirServer;
}

const test = base.extend<{ baseURL: string }, { running: Running }>({
  running: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      const cluster = await startDemoCluster({ shape: "typed", flows: 1500, until: Date.now() });
      const args = ["--store", "adx", "--adx-cluster", cluster.url, "--adx-database", "Kubernetes"];
      const weir = await startWeir({ args, whileReading: true });
      await use({ cluster, weir });
      await weir.stop();
      await cluster.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ running }, use) => use(running.weir.url),
});
test.setTimeout(120_000);
test.use({ navigationTimeout: 60_000 });

test("shows overview, groups, flows and coverage of what the table holds", async ({ page, request }) => {
  const { answer, coverage } = await (await request.get("/api/v1/summary")).json();
  expect(answer.attempts).toBeGreaterThan(10);
  expect(coverage.store).toContain("Azure Data Explorer");
  const pinned = `from=${coverage.window.from}&to=${coverage.window.to}`;
  await page.goto(`/?${pinned}`);
  await expect(page.getByText(answer.attempts.toLocaleString("en-US"), { exact: true }).filter({ visible: true }).first()).toBeVisible();
  await page.goto(`/groups?${pinned}`);
  await expect(page.getByRole("treegrid").locator('[role="row"][aria-level]').first()).toBeVisible();
  await page.goto(`/coverage?${pinned}`);
  await expect(page.getByRole("region", { name: "Checks" })).toContainText("HubbleEgressDrops is there.");
  await page.goto(`/flows?${pinned}`);
  const rows = page.getByRole("grid").locator('[role="row"][aria-selected]');
  await rows.nth(2).click();
  await expect(page).toHaveURL(/row=/);
  const shared = page.url();
  await page.goto("/coverage");
  await page.goto(shared);
  await expect(page.getByRole("region", { name: "Why" })).toBeVisible();
  await expect(page.getByRole("row", { selected: true })).toHaveCount(1);
});

test("leads from a view to its KQL, and from there to Azure Data Explorer", async ({ page }) => {
  await page.goto("/groups?reason=default");
  await page.getByRole("link", { name: "Open in Azure Data Explorer" }).click();
  await expect(page).toHaveURL(/\/kql\?.*reason=default/);
  const links = page.getByRole("link", { name: "Open in Azure Data Explorer" }).and(page.locator("[target=_blank]"));
  await expect(links).toHaveCount(4);
  const database = createHubbleDatabase(Date.now);
  for (const link of await links.all()) {
    const address = new URL((await link.getAttribute("href")) ?? "");
    expect(address.origin).toBe("https://dataexplorer.azure.com");
    const text = gunzipSync(Buffer.from(address.searchParams.get("query") ?? "", "base64")).toString("utf8");
    expect(text).toContain('"default"');
    database.check(text);
  }
});

test("replays the exporter's configuration over what the table holds", async ({ page }) => {
  await page.goto("/exporter");
  const replay = page.getByRole("region", { name: "Replay" });
  await expect(replay.getByText(/of 1,500 stored flows match/)).toBeVisible({ timeout: 30_000 });
  await expect(replay.getByRole("alert")).toHaveCount(0);
  await expect(replay.getByRole("button", { name: "Exclude" }).first()).toBeVisible();
});

test("says of a time before the oldest row that nothing is known of it", async ({ page }) => {
  await page.goto("/flows?from=now-9d&to=now-8d");
  await expect(page.getByRole("heading", { name: "Nothing is known of this time." })).toBeVisible();
  await page.getByRole("link", { name: /^Nearest blocked egress/ }).click();
  await expect(page.getByRole("grid")).toBeVisible();
});

test("has no page of KQL where flows are kept on this machine", async () => {
  const weir = await startWeir({ args: ["--demo", "--demo-flows", "2000"] });
  expect((await fetch(`${weir.url}/kql`)).status).toBe(404);
  await weir.stop();
});

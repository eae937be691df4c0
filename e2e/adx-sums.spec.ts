/** Container network logs of managed AKS: what such sums can answer, and what they cannot is marked with the reason. */
import { test as base, expect } from "playwright/test";
import { startDemoCluster } from "./kusto-stand-in/demo-cluster.ts";
import { startWeir, type WeirServer } from "./weir-server.ts";

const WHY = "Container network logs are sums over 30 seconds, without addresses, labels and DNS names.";

const test = base.extend<{ baseURL: string }, { weir: WeirServer }>({
  weir: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      const shape = "container-network-logs";
      const cluster = await startDemoCluster({ shape, flows: 800, until: Date.now() });
      const args = ["--store", "adx", "--adx-cluster", cluster.url, "--adx-database", "Kubernetes", "--adx-shape", shape];
      const weir = await startWeir({ args, whileReading: true });
      await use(weir);
      await weir.stop();
      await cluster.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ weir }, use) => use(weir.url),
});
test.setTimeout(120_000);
test.use({ navigationTimeout: 60_000 });

test("counts what the sums hold, and nothing as zero that they do not tell", async ({ page, request }) => {
  const { answer, coverage } = await (await request.get("/api/v1/summary")).json();
  expect(answer.packets).toBeGreaterThan(700);
  expect(Object.keys(coverage.unavailable)).toEqual(["cidr", "ip", "name", "label"]);
  await page.goto("/");
  const totals = page.getByRole("region", { name: "Totals" });
  await expect(totals).toContainText(answer.packets.toLocaleString("en-US"));
  await expect(totals).toContainText("addresses not told");
  await page.goto("/groups");
  await expect(page.getByRole("treegrid").locator('[role="row"][aria-level]').first()).toBeVisible();
  await expect(page.getByTitle(`Not available. ${WHY}`).first()).toHaveText("—");
});

test("marks groupings that cannot exist with why, and leads on from one that was asked for", async ({ page }) => {
  await page.goto("/groups");
  await page.getByRole("button", { name: /^Destination/ }).click();
  const choice = page.locator('[aria-disabled="true"]').filter({ visible: true });
  await expect(choice.first()).toContainText(`Not available. ${WHY}`);
  await page.goto("/groups?by=ip");
  await expect(page.getByRole("heading", { name: "This table does not tell that." })).toBeVisible();
  await expect(page.locator('[data-face="failed"]')).toContainText(WHY);
  await page.getByRole("link", { name: "Group as usual" }).click();
  await expect(page.getByRole("treegrid")).toBeVisible();
  await page.goto("/flows?ip=10.0.0.1");
  await expect(page.getByRole("grid")).toHaveCount(0);
});

test("opens a sum in the panel, and exports what there is", async ({ page, request }) => {
  await page.goto("/flows");
  await page.getByRole("grid").locator('[role="row"][aria-selected]').nth(1).click();
  const panel = page.getByRole("complementary", { name: "Open flow" });
  await expect(panel.getByRole("region", { name: "Why" })).toBeVisible();
  await expect(panel).not.toContainText("undefined");
  const csv = await (await request.get("/api/v1/export?view=flows&format=csv")).text();
  expect(csv.split("\n").length).toBeGreaterThan(100);
  const groups = await request.get("/api/v1/export?view=groups&format=ndjson&by=workload,port");
  expect((await groups.text()).trim().split("\n").length).toBeGreaterThan(5);
  expect((await request.get("/api/v1/export?view=groups&format=csv&by=ip")).status()).toBe(400);
});

test("refuses to replay sums with why, and finds the way to its rows in order", async ({ page }) => {
  await page.goto("/exporter");
  const refusal = page.getByRole("region", { name: "Replay" }).getByRole("alert");
  await expect(refusal).toContainText("Sums cannot be replayed.");
  await expect(refusal).toContainText(WHY);
  await expect(refusal.getByRole("button")).toHaveCount(0);
  await page.goto("/coverage");
  await expect(page.getByRole("region", { name: "Checks" }).getByRole("row", { name: /in order/ })).toHaveCount(10);
});

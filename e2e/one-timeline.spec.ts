/** Azure Data Explorer as the store and agent logs as the feed: one timeline, whose newest part is marked until the cluster has it. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "playwright/test";
import { soakLine, soakUuid } from "../bin/soak/soak-lines.ts";
import { expectAccessible } from "./accessible.ts";
import { type KubernetesStandIn, startKubernetesStandIn } from "./kubernetes-stand-in/kubernetes-stand-in.ts";
import { createHubbleDatabase, ingestLines } from "./kusto-stand-in/hubble-tables.ts";
import type { KustoDatabase } from "./kusto-stand-in/kusto-database.ts";
import { type KustoServer, startKustoServer } from "./kusto-stand-in/kusto-server.ts";
import { startWeir, type WeirServer } from "./weir-server.ts";

const MINUTE = 60_000;
const lines: { readonly text: string; readonly at: number }[] = [];
let agents: KubernetesStandIn;
let database: KustoDatabase;
let cluster: KustoServer;
let weir: WeirServer;
let folder: string;
/** How many lines the cluster has when the tests begin. */
let atFirst = 0;

test.beforeAll(async () => {
  const now = Date.now();
  folder = await mkdtemp(join(tmpdir(), "weir-one-timeline-"));
  agents = await startKubernetesStandIn({ pods: 2 });
  database = createHubbleDatabase(Date.now);
  cluster = await startKustoServer({ database });
  for (let ago = 40; ago > 0; ago--) print(2, now - ago * MINUTE);
  // five minutes behind, as ingestion is unless told otherwise
  atFirst = lines.filter(({ at }) => at < now - 5 * MINUTE).length;
  ingest(0, atFirst);
  await writeFile(join(folder, "kubeconfig"), agents.kubeconfig);
  weir = await startWeir({
    args: [
      ...["--store", "adx", "--adx-cluster", cluster.url, "--adx-database", "Kubernetes"],
      ...["--agent-logs", "--kubeconfig", join(folder, "kubeconfig")],
    ],
    whileReading: true,
  });
});

test.afterAll(async () => {
  await weir.stop();
  await cluster.close();
  await agents.close();
  await rm(folder, { recursive: true, force: true });
});

/** The uuid of the last one. */
function print(count: number, at: number): string {
  for (let more = 0; more < count; more++) {
    const pod = agents.pods[lines.length % agents.pods.length];
    const text = soakLine(lines.length, pod?.node ?? "", at + more);
    pod?.log.emit(text);
    lines.push({ text, at: at + more });
  }
  return soakUuid(lines.length - 1);
}

function ingest(from: number, to: number): void {
  const arrived = lines.slice(from, to).map(({ text, at }) => ({ text, loggedAt: new Date(at + 2).toISOString() }));
  ingestLines(database, "typed", arrived);
}

const rows = (page: Page) => page.getByRole("grid").locator('[role="row"][aria-selected]');
const marked = (page: Page) => rows(page).filter({ has: page.locator("[data-from-feed]") });
async function told(): Promise<{ readonly ids: readonly string[]; readonly since: string | undefined }> {
  const { answer, coverage } = await (await fetch(`${weir.url}/api/v1/flows?limit=500&from=now-1h&to=now`)).json();
  return { ids: answer.rows.map(({ id }: { readonly id: string }) => id), since: coverage.filled?.since };
}

test("rows of the feed are marked until the cluster has them, and every flow is there once", async ({ page }) => {
  await expect.poll(async () => (await told()).ids.length).toBe(lines.length);
  await page.goto(`${weir.url}/flows?from=now-1h&live=on`);
  await expect(page.getByRole("switch", { name: /^Live/ })).toContainText("on");
  await expect(page.getByText(/last \d m( \d+ s)? from agent logs; Azure Data Explorer is \d m( \d+ s)? behind/)).toBeVisible();
  const young = lines.length - atFirst;
  await expect(marked(page)).toHaveCount(young);
  await expect(marked(page).first()).toContainText("From agent logs, not in Azure Data Explorer yet");
  await expect(rows(page).nth(young)).not.toContainText("From agent logs");
  await expectAccessible(page);

  const fresh = page.locator(`#flow-${print(1, Date.now())}`);
  await expect(fresh).toBeVisible();
  await expect(marked(page)).toHaveCount(young + 1);
  const before = await rows(page).evaluateAll((all) => all.map(({ id }) => id));

  // all but the last one arrive: marks go, rows stay where they are
  ingest(lines.length - 1 - young, lines.length - 1);
  await expect(marked(page)).toHaveCount(1, { timeout: 40_000 });
  await expect(marked(page)).toHaveAttribute("id", `flow-${soakUuid(lines.length - 1)}`);
  expect(await rows(page).evaluateAll((all) => all.map(({ id }) => id))).toEqual(before);
  const { ids } = await told();
  expect([...ids].sort()).toEqual(lines.map((_, index) => soakUuid(index)).sort());
});

test("the timeline shows the part that feeds filled in", async ({ page }) => {
  print(3, Date.now());
  await page.goto(`${weir.url}/?from=now-1h`);
  await expect(page.getByRole("img", { name: "From agent logs, not in Azure Data Explorer yet" })).toBeVisible();
  await expect(page.getByText("from agent logs", { exact: true })).toBeVisible();
  await page.goto(`${weir.url}/coverage`);
  await expect(page.getByText(/Azure Data Explorer is .* behind/)).toBeVisible();
});

test("what is there while the cluster cannot be asked is called a part", async ({ page }) => {
  cluster.misbehaveAlways({ is: "status", status: 503, message: "down" });
  print(1, Date.now());
  // a window that was not asked for before: what was is answered again for a while
  await page.goto(`${weir.url}/flows?from=now-50m`);
  await expect(page.getByText("A part only: Azure Data Explorer cannot be asked.")).toBeVisible();
  await expect(marked(page).first()).toBeVisible();
  await page.goto(`${weir.url}/groups?from=now-50m`);
  await expect(page.getByText("A part only: Azure Data Explorer cannot be asked.")).toBeVisible();
  cluster.misbehaveAlways(undefined);
});

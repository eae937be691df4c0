/** The live view against a stand-in cluster: a line that an agent prints is a row on the screen, whatever breaks in between. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Locator, type Page, test } from "playwright/test";
import { soakLine, soakUuid } from "../bin/soak/soak-lines.ts";
import { type KubernetesStandIn, startKubernetesStandIn } from "./kubernetes-stand-in/kubernetes-stand-in.ts";
import { startWeir, type WeirServer } from "./weir-server.ts";

let cluster: KubernetesStandIn;
let weir: WeirServer;
let folder: string;
let number = 0;

test.beforeAll(async () => {
  cluster = await startKubernetesStandIn({ pods: 3 });
  folder = await mkdtemp(join(tmpdir(), "weir-live-"));
  await mkdir(join(folder, "data"));
  await writeFile(join(folder, "kubeconfig"), cluster.kubeconfig);
  weir = await start([]);
  emit(300);
});

test.afterAll(async () => {
  await weir.stop();
  await cluster.close();
  await rm(folder, { recursive: true, force: true });
});

function start(args: readonly string[]): Promise<WeirServer> {
  return startWeir({
    args: ["--agent-logs", "--kubeconfig", join(folder, "kubeconfig"), ...args],
    dataDir: join(folder, "data"),
    whileReading: true,
  });
}

/** The uuid of the last one. */
function emit(count: number): string {
  for (let line = 0; line < count; line++) {
    const pod = cluster.pods[number % cluster.pods.length];
    pod?.log.emit(soakLine(number, pod.node, Date.now()));
    number += 1;
  }
  return soakUuid(number - 1);
}

const rowOf = (page: Page, uuid: string): Locator => page.locator(`#flow-${uuid}`);
const live = (page: Page): Locator => page.getByRole("switch", { name: /^Live/ });

async function watch(page: Page, query = ""): Promise<void> {
  await expect.poll(async () => (await (await fetch(`${weir.url}/api/v1/flows?limit=1`)).json()).answer?.rows.length).toBe(1);
  await page.goto(`${weir.url}/flows?${query}live=on`);
  await expect(live(page)).toContainText("on");
}

test("new flows come in by themselves, and the switch turns that off", async ({ page }) => {
  await watch(page);
  await expect(rowOf(page, emit(1))).toBeVisible();
  await live(page).click();
  await expect(live(page)).not.toBeChecked();
  await expect(page).not.toHaveURL(/live=/);
  const unseen = emit(1);
  await page.waitForTimeout(1_500);
  await expect(rowOf(page, unseen)).toHaveCount(0);
  await live(page).click();
  await expect(page).toHaveURL(/live=on/);
  await expect(rowOf(page, unseen)).toBeVisible();
});

test("a shared link is live for who opens it, through its filter", async ({ page }) => {
  await watch(page, "pod=shop/client-7-7d9f8-abcde&");
  await expect(live(page)).toBeChecked();
  while (number % 40 !== 7) emit(1);
  const wanted = emit(1);
  const other = emit(1);
  await expect(rowOf(page, wanted)).toBeVisible();
  await expect(rowOf(page, other)).toHaveCount(0);
});

test("rows keep their place while somebody reads further down, and wait behind a count", async ({ page }) => {
  await watch(page);
  await page.getByRole("grid").hover();
  await page.mouse.wheel(0, 1_200);
  await expect(live(page)).toContainText("paused");
  const first = page.getByRole("row").nth(20);
  const before = await first.getAttribute("id");
  const newest = emit(12);
  const pill = page.getByRole("button", { name: "12 new" });
  await expect(pill).toBeVisible();
  expect(await first.getAttribute("id")).toBe(before);
  await pill.click();
  await expect(rowOf(page, newest)).toBeVisible();
  await expect(live(page)).toContainText("on");
});

test("a connection that broke goes on without a gap and without a row twice", async ({ page }) => {
  await watch(page);
  const before = emit(3);
  await expect(rowOf(page, before)).toBeVisible();
  const { port } = new URL(weir.url);
  await weir.stop();
  await expect(live(page)).toContainText("reconnecting");
  const missed = emit(20);
  weir = await start(["--port", port]);
  await expect(rowOf(page, missed)).toBeVisible({ timeout: 30_000 });
  const after = emit(1);
  await expect(rowOf(page, after)).toBeVisible();
  const ids = await page.getByRole("row").evaluateAll((rows) => rows.map((row) => row.id).filter((id) => id !== ""));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain(`flow-${before}`);
});

test("groups count up in place", async ({ page }) => {
  await page.goto(`${weir.url}/groups?by=namespace&live=on`);
  await expect(live(page)).toContainText("on");
  const attempts = async (): Promise<string> => (await page.getByRole("row").nth(1).textContent()) ?? "";
  const before = await attempts();
  emit(500);
  await expect.poll(attempts).not.toBe(before);
});

test("the coverage page knows every agent, and names what is wrong with one", async ({ page }) => {
  await page.goto(`${weir.url}/coverage`);
  const agents = page.getByRole("region", { name: "Agents" });
  await expect(agents.getByRole("row")).toHaveCount(4);
  await expect(agents).toContainText("Flowing");
  cluster.faults.forbidden.add("log");
  cluster.cut(cluster.pods[1]);
  await expect(async () => {
    await page.reload();
    await expect(agents.getByRole("row").nth(1)).toContainText("No rights", { timeout: 100 });
  }).toPass();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("needs a look");
  cluster.faults.forbidden.delete("log");
});

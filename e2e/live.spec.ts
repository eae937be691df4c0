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

test("an open flow holds new rows back until they are asked for", async ({ page }) => {
  await watch(page);
  const known = emit(1);
  await rowOf(page, known).click();
  await expect(page).toHaveURL(/row=/);
  await expect(live(page)).toContainText("paused");
  const newest = emit(3);
  await expect(page.getByRole("button", { name: "3 new" })).toBeVisible();
  await expect(rowOf(page, newest)).toHaveCount(0);
  await page.getByRole("button", { name: "3 new" }).click();
  await expect(rowOf(page, newest)).toBeVisible();
  await expect(live(page)).toContainText("on");
});

test("another filter begins another stream, and stays live", async ({ page }) => {
  await watch(page);
  const seen = emit(1);
  await rowOf(page, seen).getByText("shop", { exact: true }).hover();
  await rowOf(page, seen)
    .getByRole("button", { name: /^Only namespace shop/ })
    .click();
  await expect(page).toHaveURL(/ns=shop/);
  await expect(page).toHaveURL(/live=on/);
  await expect(live(page)).toContainText("on");
  await expect(rowOf(page, emit(1))).toBeVisible();
});

test("who comes back with the mark of the last event gets what came meanwhile, once", async () => {
  const isStored = async (uuid: string): Promise<number> => (await fetch(`${weir.url}/api/v1/flows/${uuid}`)).status;
  await expect.poll(() => isStored(soakUuid(number - 1))).toBe(200);
  const first = await listen(undefined, (events) => events.some(({ name }) => name === "beat"));
  const mark = first.at(-1)?.id;
  const missed = Array.from({ length: 20 }, () => emit(1));
  await expect.poll(() => isStored(missed.at(-1) ?? "")).toBe(200);
  const second = await listen(mark, (events) => rowsOf(events).length >= missed.length);
  expect(rowsOf(second).sort()).toEqual([...missed].sort());
  const unknown = await listen("another-life-7", (events) => events.length > 0);
  expect(unknown[0]?.name).toBe("broken");
});

interface LiveEvent {
  readonly id: string;
  readonly name: string;
  readonly data: { readonly rows?: readonly { readonly id: string }[] };
}

const rowsOf = (events: readonly LiveEvent[]): string[] => events.flatMap(({ data }) => (data.rows ?? []).map(({ id }) => id));

/** As a browser that reconnects by itself does. */
async function listen(mark: string | undefined, isEnough: (events: readonly LiveEvent[]) => boolean): Promise<readonly LiveEvent[]> {
  const stop = new AbortController();
  const response = await fetch(`${weir.url}/live`, { headers: mark === undefined ? {} : { "last-event-id": mark }, signal: stop.signal });
  const events: LiveEvent[] = [];
  const decoder = new TextDecoder();
  let held = "";
  for await (const chunk of response.body ?? []) {
    const parts = (held + decoder.decode(chunk, { stream: true })).split("\n\n");
    held = parts.pop() ?? "";
    for (const part of parts) {
      const field = (name: string): string => new RegExp(`^${name}: (.*)$`, "m").exec(part)?.[1] ?? "";
      if (field("event") !== "") events.push({ id: field("id"), name: field("event"), data: JSON.parse(field("data")) });
    }
    if (isEnough(events)) break;
  }
  stop.abort();
  return events;
}

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

test("the overview's totals and its timeline change in place", async ({ page }) => {
  await page.goto(`${weir.url}/?live=on`);
  await expect(live(page)).toContainText("on");
  const totals = page.getByRole("region", { name: "Totals" });
  await totals.evaluate((element) => element.setAttribute("data-kept", ""));
  const told = async (): Promise<string> => (await totals.textContent()) ?? "";
  const drawn = (): Promise<string> => page.locator("svg path").evaluateAll((paths) => paths.map((path) => path.getAttribute("d")).join());
  const [before, shape] = [await told(), await drawn()];
  emit(500);
  await expect.poll(told).not.toBe(before);
  await expect.poll(drawn).not.toBe(shape);
  await expect(totals).toHaveAttribute("data-kept");
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
  const [pod] = cluster.pods;
  pod?.log.emit('level=warning msg="failed reading dynamic exporter config" subsys=hubble');
  await expect(async () => {
    await page.reload();
    await expect(agents.getByRole("row").nth(1)).toContainText("Config rejected", { timeout: 100 });
  }).toPass();
  await agents.getByRole("link", { name: "Check the configuration in the exporter workshop" }).click();
  await expect(page).toHaveURL(/\/exporter/);
});

/** Hubble Relay as the feed, against a stand-in: flows on the screen, what is missing on the coverage page, and each flow once over kills. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { soakLine, soakUuid } from "../bin/soak/soak-lines.ts";
import { type RelayStandIn, startRelayStandIn } from "./relay-stand-in/relay-stand-in.ts";
import type { StandInNode } from "./relay-stand-in/stand-in-node.ts";
import { startWeir, type WeirServer } from "./weir-server.ts";

let relay: RelayStandIn;
/** Of another cluster, with a node of the same name. */
let second: RelayStandIn;
let weir: WeirServer;
let folder: string;
let number = 0;

test.beforeAll(async () => {
  [relay, second] = await Promise.all([startRelayStandIn({ nodes: 3 }), startRelayStandIn({ nodes: 1 })]);
  folder = await mkdtemp(join(tmpdir(), "weir-relay-"));
  await mkdir(join(folder, "data"));
  // the same flows by two ways: a file, and what the rings hold
  await writeFile(join(folder, "agent.log"), Array.from({ length: 20 }, (_, at) => `${lineOf(at)}\n`).join(""));
  emit(20);
  weir = await start();
});

test.afterAll(async () => {
  await weir.stop();
  await Promise.all([relay.close(), second.close()]);
  await rm(folder, { recursive: true, force: true });
});

function start(): Promise<WeirServer> {
  return startWeir({
    args: ["--relay", relay.address, "--relay", second.address, "--relay-insecure", "--file", join(folder, "agent.log")],
    dataDir: join(folder, "data"),
    whileReading: true,
  });
}

const begun = Date.now();

function nodeOf(at: number): StandInNode {
  const node = relay.nodes[at % relay.nodes.length];
  if (node === undefined) throw new Error("the stand-in has no node");
  return node;
}

function lineOf(at: number): string {
  return soakLine(at, nodeOf(at).name.replace("lab/", ""), at < 20 ? begun + at : Date.now()).replaceAll("soak/", "lab/");
}

/** The uuids, oldest first. */
function emit(count: number): string[] {
  return Array.from({ length: count }, () => {
    relay.emit(nodeOf(number), lineOf(number));
    return soakUuid(number++);
  });
}

async function stored(): Promise<string[]> {
  const reply: unknown = await (await fetch(`${weir.url}/api/v1/flows?limit=1000`)).json();
  return [...JSON.stringify(reply).matchAll(/"id":"([^"]+)"/g)].flatMap(([, id]) => (id === undefined ? [] : [id])).sort();
}

test("a flow that a node sees is a row within seconds", async ({ page }) => {
  const [first = ""] = emit(1);
  await expect.poll(stored).toContain(first);
  await page.goto(`${weir.url}/flows?live=on`);
  await expect(page.locator(`#flow-${first}`)).toBeVisible();
  const [second = ""] = emit(1);
  await expect(page.locator(`#flow-${second}`)).toBeVisible();
});

test("two relays are followed at once, each with its own nodes", async ({ page }) => {
  const [node] = second.nodes;
  if (node === undefined) throw new Error("one node");
  const uuid = soakUuid(900_000);
  second.emit(node, soakLine(900_000, "node-0", Date.now()).replaceAll("soak/", "lab/"));
  await expect.poll(stored).toContain(uuid);
  await page.goto(`${weir.url}/coverage?tab=nodes`);
  const rows = page.getByRole("row", { name: /lab\/node-0/ });
  await expect(rows.filter({ hasText: `Hubble Relay, ${relay.address}` })).toHaveCount(1);
  await expect(rows.filter({ hasText: `Hubble Relay, ${second.address}` })).toHaveCount(1);
  await page.goto(`${weir.url}/coverage?tab=feeds`);
  for (const { address } of [relay, second])
    await expect(page.getByRole("row", { name: `Hubble Relay, ${address}` })).toContainText("Following");
});

test("coverage names a node that the relay does not reach, and what Hubble lost", async ({ page }) => {
  emit(3);
  const [, away, loser] = relay.nodes;
  if (away === undefined || loser === undefined) throw new Error("three nodes");
  relay.turn(away, "NODE_UNAVAILABLE", "dial tcp 192.0.2.1:4244: connection refused");
  relay.lose(loser, "HUBBLE_RING_BUFFER", 41);
  await expect(async () => {
    await page.goto(`${weir.url}/coverage`);
    const row = page.getByRole("row", { name: /lab\/node-1/ }).filter({ hasText: "Not reached by Relay" });
    await expect(row).toContainText("connection refused", { timeout: 500 });
  }).toPass();
  await expect(page.getByText("does not reach 1 of 3 nodes: lab/node-1").first()).toBeVisible();
  await expect(page.getByRole("row", { name: /lab\/node-2/ }).filter({ hasText: "41" })).toBeVisible();
  await page.goto(`${weir.url}/coverage?tab=lines`);
  await expect(page.getByRole("row", { name: /HUBBLE_RING_BUFFER/ })).toContainText("41");
  relay.turn(away, "NODE_CONNECTED");
});

test("a flow that comes by the relay and by a file is stored once", async () => {
  const both = Array.from({ length: 20 }, (_, at) => soakUuid(at));
  await expect.poll(stored).toEqual(expect.arrayContaining(both));
  const all = await stored();
  expect(new Set(all).size).toBe(all.length);
});

test("killed and started again, Weir has every flow once", async () => {
  const before = await stored();
  const uuids = [...before];
  for (let kill = 0; kill < 2; kill++) {
    uuids.push(...emit(30));
    await expect.poll(async () => (await stored()).length).toBeGreaterThan(before.length);
    uuids.push(...emit(30));
    await weir.stop("SIGKILL");
    uuids.push(...emit(30));
    weir = await start();
  }
  await expect.poll(stored).toEqual(uuids.sort());
});

import { afterEach, expect, test } from "vitest";
import { createKustoGateway } from "#lib/stores/adx/kusto-gateway.ts";
import { makeContract } from "./contract.ts";
import { listCommand } from "./contract-tables.ts";
import { createManage } from "./manage.ts";
import { type Manage, type Replayed, replay } from "./replay.ts";
import { DATABASE, startContractStandIn } from "./stand-in.ts";

/** The typed one is filled from the one of container logs, through what an update policy runs. */
const contract = await makeContract(60, 1, ["container-logs", "typed"]);
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function connect() {
  const standIn = await startContractStandIn(contract);
  const settings = { cluster: standIn.url, database: DATABASE, timeoutMs: 60_000, concurrency: 2, cacheSeconds: 0, trustedHosts: [] };
  const gateway = createKustoGateway(settings, undefined);
  closing.push(() => gateway.close(), standIn.close);
  return { standIn, gateway, manage: createManage(settings, undefined) };
}

async function replayed(cluster: Parameters<typeof replay>[1]) {
  const all: Replayed[] = [];
  const stopped = await replay(contract, cluster, (one) => all.push(one));
  return { stopped, all };
}

test("every question comes back as it should, and the tables are gone afterwards", async () => {
  const cluster = await connect();
  const { stopped, all } = await replayed(cluster);
  expect(stopped).toBeUndefined();
  expect(all.filter(({ difference }) => difference !== undefined)).toEqual([]);
  expect(all.filter(({ refused }) => !refused).length).toBe(2 * contract.questions.length);
  const sent = new Set(cluster.standIn.requests.map(({ text }) => text));
  expect(all.flatMap(({ queries }) => queries).every(({ text }) => sent.has(text))).toBe(true);
  expect(await cluster.manage(listCommand())).toEqual({ results: [[]] });
});

test("a table of that name that somebody else made is not touched", async () => {
  const { standIn, gateway, manage } = await connect();
  await manage(contract.tables[0]?.create.replace(/docstring = .*/, 'docstring = "mine")') ?? "");
  const before = standIn.requests.length;
  const { stopped, all } = await replayed({ gateway, manage });
  expect(stopped).toContain("WeirContractContainerLogs is there and was not made by this command");
  expect(all).toEqual([]);
  expect(standIn.requests.length).toBe(before + 1);
});

test("a cluster that answers otherwise is told of", async () => {
  const { gateway, manage } = await connect();
  const losing: Manage = (command) => manage(command.replace(/\[\n(?:.*,\n){20}/, "[\n"));
  const first = { ...contract, questions: contract.questions.filter(({ ask }) => ask.startsWith("status ")) };
  const all: Replayed[] = [];
  await replay(first, { gateway, manage: losing }, (one) => all.push(one));
  expect(all.map(({ difference }) => difference).every((one) => one?.includes("is right"))).toBe(true);
});

import { once } from "node:events";
import { MessageChannel } from "node:worker_threads";
import { expect, it } from "vitest";
import { createAdxStore } from "#lib/stores/adx/adx-store.ts";
import { createHubbleDatabase } from "../../e2e/kusto-stand-in/hubble-tables.ts";
import { startKustoServer } from "../../e2e/kusto-stand-in/kusto-server.ts";
import { askerGone } from "./asker-gone.ts";
import { createEngineCore } from "./engine-core.ts";
import { createHttpServer } from "./http-server.ts";
import { createCaller, serveCalls } from "./rpc.ts";

it("calls a question off at the cluster when the browser that asked it hangs up", async () => {
  const now = Date.now;
  const cluster = await startKustoServer({ database: createHubbleDatabase(now) });
  const settings = {
    cluster: cluster.url,
    database: "Kubernetes",
    signIn: "none",
    clientId: "",
    tenantId: "",
    secretFile: "",
    shape: "typed",
    table: "",
    days: 14,
    timeoutMs: 20_000,
    concurrency: 4,
    cacheSeconds: 0,
    trustedHosts: [],
  } as const;
  const store = createAdxStore({ settings, credential: undefined, now });
  const sink = { append: () => Promise.reject(new Error("none")), position: () => Promise.resolve(undefined) };
  const core = createEngineCore({ store: { ...store, ...sink }, feeds: [], demo: undefined, tell: () => undefined });
  const channel = new MessageChannel();
  serveCalls(channel.port2, core.handlers, () => undefined);
  const caller = createCaller(channel.port1);
  const server = createHttpServer({
    config: { host: "127.0.0.1", allowedHosts: [], dev: false },
    store,
    pages: Promise.resolve(async (_request, response) => {
      await caller.call("status", undefined, 20_000, askerGone());
      response.end("answered");
    }),
    onError: () => undefined,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const browser = new AbortController();
  cluster.misbehaveAlways({ is: "slow", ms: 20_000 });
  const asked = fetch(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`, { signal: browser.signal }).catch(
    () => "hung up",
  );
  await expect.poll(() => cluster.load.now, { timeout: 10_000 }).toBe(1);
  browser.abort();
  expect(await asked).toBe("hung up");
  await expect.poll(() => cluster.cancelled.length, { timeout: 10_000 }).toBe(1);
  expect(cluster.requests.some(({ requestId }) => requestId === cluster.cancelled[0])).toBe(true);
  server.closeAllConnections();
  server.close();
  await core.close();
  channel.port1.close();
  await cluster.close();
});

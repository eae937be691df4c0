/** Each way in which a relay cannot be followed is called by its name, and following goes on when it is over. */
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import type { Running } from "#lib/testing/followed-relay.ts";
import { arrival, emit, reportOf, run, sourceOf, standIn, until } from "#lib/testing/followed-relay.ts";
import { certificatePath } from "../../../e2e/relay-stand-in/relay-stand-in.ts";

const TRUSTED = { insecure: false, ca: certificatePath("ca.pem"), serverName: "ui.hubble-relay.cilium.io" };
const CLIENT = { cert: certificatePath("client.pem"), key: certificatePath("client-key.pem") };

async function says(running: Running, words: string): Promise<void> {
  await until(
    () => reportOf(running)?.trouble.includes(words) === true,
    () => reportOf(running)?.trouble,
  );
  expect(reportOf(running)?.state).toBe("waiting");
}

describe("TLS", () => {
  it("follows with a trusted certificate, and with one of its own where it is asked for", async () => {
    for (const tls of ["server", "mutual"] as const) {
      const relay = await standIn({ tls });
      const running = run(relay.address, { choice: { ...TRUSTED, ...(tls === "mutual" ? CLIENT : {}) } });
      await arrival(running, emit(relay));
    }
  });

  it.each([
    ["not trusted", "server", { ...TRUSTED, ca: certificatePath("other-ca.pem") }, "--relay-ca names the authority"],
    ["of nobody known", "server", { ...TRUSTED, ca: undefined }, "--relay-ca names the authority"],
    ["for another name", "server", { ...TRUSTED, serverName: "relay.example.com" }, "--relay-server-name tells which one"],
    ["for another name than the address", "server", { ...TRUSTED, serverName: undefined }, "--relay-server-name tells which one"],
    ["missing on our side", "mutual", TRUSTED, "--relay-cert"],
    ["expected where plain text is spoken", undefined, TRUSTED, "--relay-insecure asks for plain text"],
    ["not expected where TLS is spoken", "server", { insecure: true }, "it may want TLS"],
    ["unreadable", "server", { ...TRUSTED, ca: "/nowhere/ca.pem" }, "--relay-ca /nowhere/ca.pem cannot be read"],
    ["no certificate at all", "server", { ...TRUSTED, ...CLIENT, key: certificatePath("README.md") }, "cannot be used"],
  ] as const)("says that a certificate is %s", async (_what, tls, choice, words) => {
    const relay = await standIn(tls === undefined ? {} : { tls });
    await says(run(relay.address, { choice }), words);
  });
});

describe("the connection", () => {
  it("is refused, and taken up when somebody listens", async () => {
    const relay = await standIn({ nodes: 1 });
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, "127.0.0.1", resolve));
    const address = free.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    await new Promise((resolve) => free.close(resolve));
    await says(run(`127.0.0.1:${port}`), "is the relay running, or the port-forward to it");
    const running = run(relay.address);
    await arrival(running, emit(relay));
    expect(reportOf(running)?.trouble).toBe("");
  });

  it("hangs without a word, and is opened again", async () => {
    const relay = await standIn({ nodes: 1 });
    const running = run(relay.address, { times: { askWithinMs: 100 } });
    await arrival(running, emit(relay));
    relay.front.freeze();
    await until(() => reportOf(running)?.state === "waiting");
    const meanwhile = emit(relay);
    await says(running, "does not answer");
    expect(sourceOf(running, "lab/node-0")).toMatchObject({ hearing: "unreachable", trouble: "The relay itself does not answer." });
    relay.front.thaw();
    await arrival(running, meanwhile);
  });

  it("is ended by pings that get no answer", async () => {
    const relay = await standIn({ nodes: 1 });
    const running = run(relay.address, { choice: { keepaliveMs: 1_000, keepaliveTimeoutMs: 50 }, times: { askWithinMs: 60_000 } });
    await arrival(running, emit(relay));
    relay.front.freeze();
    await until(() => reportOf(running)?.state === "waiting");
    relay.front.thaw();
    await arrival(running, emit(relay));
  });
});

describe("the relay", () => {
  it.each([
    [16, "no token", "does not accept who Weir is"],
    [7, "not for you", "does not let Weir read flows"],
    [8, "too many streams", "refuses more"],
    [14, "shutting down", "is not reached"],
    [3, "bad filter", "status 3"],
  ])("answers with status %i, and later does not", async (code, details, words) => {
    const relay = await standIn({ nodes: 1 });
    relay.switches.refuse = { code, details };
    const running = run(relay.address);
    await says(running, words);
    expect(reportOf(running)?.trouble).toContain(details);
    relay.switches.refuse = undefined;
    await arrival(running, emit(relay));
    expect(reportOf(running)?.trouble).toBe("");
  });

  it("is none", async () => {
    const relay = await standIn({ nodes: 1 });
    relay.switches.unknownCalls.add("GetFlows").add("ServerStatus").add("GetNodes");
    await says(run(relay.address), "is no Hubble Relay");
  });

  it("cannot list its nodes, and is followed all the same", async () => {
    const relay = await standIn({ nodes: 2 });
    relay.switches.unknownCalls.add("GetNodes");
    const running = run(relay.address);
    await arrival(running, emit(relay, 1));
    expect(sourceOf(running, "lab/node-1")).toMatchObject({ hearing: "flowing", hubble: { seen: undefined } });
    expect(sourceOf(running, "lab/node-0")).toMatchObject({ hearing: "unknown" });
  });

  it("reaches no node, or knows none", async () => {
    const relay = await standIn({ nodes: 2 });
    const running = run(relay.address);
    await arrival(running, emit(relay, 1));
    for (const node of relay.nodes) relay.turn(node, "NODE_UNAVAILABLE");
    await until(() => reportOf(running)?.trouble.includes("reaches none of its 2 nodes") === true);
    for (const node of relay.nodes) relay.turn(node, "NODE_GONE");
    await until(() => reportOf(running)?.trouble.includes("knows no node") === true);
    expect(reportOf(running)).toMatchObject({ state: "following", sources: { all: 0 } });
  });

  it("has nodes on which Hubble sees nothing", async () => {
    const relay = await standIn({ nodes: 2 });
    const running = run(relay.address);
    await arrival(running, emit(relay, 1));
    await until(() => reportOf(running)?.trouble.includes("Hubble sees no traffic on 1 of 2 nodes: lab/node-0") === true);
    expect(sourceOf(running, "lab/node-0")).toMatchObject({ hearing: "blind", hubble: { seen: 0, held: 0, room: 4_095 } });
    expect(reportOf(running)?.sources).toEqual({ all: 2, heard: 1, withGaps: 0 });
  });
});

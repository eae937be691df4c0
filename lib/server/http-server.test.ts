import { once } from "node:events";
import { request, type Server } from "node:http";
import { afterEach, expect, it } from "vitest";
import type { Answer, Coverage } from "#lib/questions/answer.ts";
import { createMemoryStore } from "#lib/stores/memory/memory-store.ts";
import { closeServer, createHttpServer, type HttpParts, listen } from "./http-server.ts";

const open: Server[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => closeServer(server, 0))));

async function serve(
  more: Partial<HttpParts> = {},
): Promise<{ readonly url: string; readonly server: Server; readonly errors: unknown[] }> {
  const errors: unknown[] = [];
  const server = createHttpServer({
    config: { host: "127.0.0.1", allowedHosts: ["weir.example.com"], dev: false },
    store: createMemoryStore({ now: () => 0 }),
    pages: Promise.resolve(async (incoming, response) => void response.end(String(incoming.headers["x-nonce"]))),
    onError: (error) => errors.push(error),
    ...more,
  });
  open.push(server);
  const listening = await listen(server, "127.0.0.1", 0);
  return { url: "port" in listening ? `http://127.0.0.1:${listening.port}` : "", server, errors };
}

async function statusFor(url: string, host: string): Promise<number | undefined> {
  const asking = request(url, { headers: { host } });
  asking.end();
  const [response] = await once(asking, "response");
  response.resume();
  return response.statusCode;
}

it("tells that it lives before anything else is ready", async () => {
  const { url } = await serve({ pages: new Promise(() => undefined) });
  expect((await fetch(`${url}/livez`)).status).toBe(200);
});

it("is ready when the store answers", async () => {
  const broken: Answer<Coverage> = { problem: { kind: "unavailable", title: "The store stopped", detail: "", next: "" } };
  expect((await fetch(`${(await serve()).url}/readyz`)).status).toBe(200);
  const refused = await fetch(`${(await serve({ store: { status: async () => broken } })).url}/readyz`);
  expect([refused.status, await refused.text()]).toEqual([503, "The store stopped\n"]);
});

it("gives each page a nonce of its own that nobody outside can choose", async () => {
  const { url } = await serve();
  const answers = await Promise.all(
    [1, 2].map(() => fetch(url, { headers: { "x-nonce": "mine", "content-security-policy": "script-src 'nonce-mine'" } })),
  );
  const nonces = await Promise.all(answers.map((answer) => answer.text()));
  expect(new Set(nonces).size).toBe(2);
  for (const [i, answer] of answers.entries()) {
    expect(answer.headers.get("content-security-policy")).toContain(`'nonce-${nonces[i]}'`);
    expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  }
});

it.each([
  ["127.0.0.1:8080", 200],
  ["[::1]:8080", 200],
  ["localhost", 200],
  ["Weir.Example.com:443", 200],
  ["rebound.example.com", 421],
  ["localhost.example.com", 421],
])("goes by the name %s: %i", async (host, status) => {
  const { url } = await serve();
  expect(await statusFor(url, host)).toBe(status);
});

it("answers 500 and says why on the terminal when a page throws", async () => {
  const { url, errors } = await serve({ pages: Promise.resolve(() => Promise.reject(new Error("torn"))) });
  const answer = await fetch(url);
  expect([answer.status, (await answer.text()).includes("torn")]).toEqual([500, false]);
  expect(errors).toEqual([new Error("torn")]);
});

it("says what is wrong with a port that is taken", async () => {
  const { url } = await serve();
  const second = createHttpServer({
    config: { host: "127.0.0.1", allowedHosts: [], dev: false },
    store: createMemoryStore({ now: () => 0 }),
    pages: new Promise(() => undefined),
    onError: () => undefined,
  });
  expect(await listen(second, "127.0.0.1", Number(new URL(url).port))).toEqual({ problem: expect.stringContaining("is taken") });
});

it("closes although a stream is open", async () => {
  const { url, server } = await serve({
    pages: Promise.resolve(
      async (_incoming, response) => void response.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n"),
    ),
  });
  const answer = await fetch(url);
  const reader = answer.body?.getReader();
  await reader?.read();
  const cut = reader?.read().then(
    () => "ended",
    () => "cut",
  );
  await closeServer(server, 10);
  expect(await cut).toBeDefined();
  expect(server.listening).toBe(false);
});

/** Credentials as kubectl finds them, against a server that asks for them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Cluster, readJson } from "./cluster.ts";
import { openCluster } from "./open-cluster.ts";

let directory = "";
let url = "";
let wanted = "";
let retryAfter: string | undefined;
const asked: IncomingMessage[] = [];
const server = createServer((request, response) => {
  asked.push(request);
  response.setHeader("content-type", "application/json");
  if (retryAfter !== undefined) response.setHeader("retry-after", retryAfter);
  if (request.url?.startsWith("/broken") === true) {
    response.write('{"half":');
    setImmediate(() => response.destroy());
  } else if (request.headers.authorization === wanted) response.end(JSON.stringify({ path: request.url }));
  else {
    response.statusCode = 401;
    response.end(JSON.stringify({ kind: "Status", message: "Unauthorized" }));
  }
});

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "weir-cluster-"));
  asked.length = 0;
  retryAfter = undefined;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(directory, { recursive: true, force: true });
});

const path = (name: string): string => join(directory, name);

function kubeconfig(user: object, more: object = {}): string {
  const text = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "here",
    clusters: [{ name: "one", cluster: { server: `${url}/prefix`, "insecure-skip-tls-verify": true, ...more } }],
    users: [{ name: "weir", user }],
    contexts: [
      { name: "here", context: { cluster: "one", user: "weir" } },
      { name: "there", context: { cluster: "none", user: "weir" } },
    ],
  };
  writeFileSync(path("config"), JSON.stringify(text));
  return path("config");
}

async function opened(file: string, context?: string): Promise<Cluster> {
  const found = await openCluster({ kubeconfig: file, context });
  if (found.problem !== undefined) throw new Error(found.problem);
  return found.cluster;
}

async function get(cluster: Cluster, where = "/api", query: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const reply = await cluster.get(where, query, new AbortController().signal);
  return reply.is === "open" ? readJson(reply.body) : reply;
}

describe("credentials", () => {
  it("come from a token, behind the server's own path, with the query spelled out", async () => {
    wanted = "Bearer secret";
    const cluster = await opened(kubeconfig({ token: "secret" }));
    expect(cluster.name).toBe("here");
    expect(await get(cluster, "/api/v1/pods", { labelSelector: "a=b,c in (d)" })).toEqual({
      value: { path: "/prefix/api/v1/pods?labelSelector=a%3Db%2Cc+in+%28d%29" },
    });
  });

  it("come from a plugin, run once for many requests at a time", async () => {
    wanted = "Bearer from-plugin";
    const script = `require("node:fs").appendFileSync(${JSON.stringify(path("runs"))}, "x"); process.stdout.write(JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status: { token: "from-plugin" } }));`;
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1",
      command: process.execPath,
      args: ["-e", script],
      interactiveMode: "Never",
    };
    const cluster = await opened(kubeconfig({ exec }));
    const got = await Promise.all(Array.from({ length: 20 }, () => get(cluster)));
    expect(got).toEqual(Array.from({ length: 20 }, () => ({ value: { path: "/prefix/api" } })));
    expect(readFileSync(path("runs"), "utf8")).toBe("x");
  });

  it("that a plugin does not give are told, and nothing is asked without them", async () => {
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1",
      command: process.execPath,
      args: ["-e", 'console.error("sign in first"); process.exit(3)'],
    };
    const cluster = await opened(kubeconfig({ exec }));
    expect(await get(cluster)).toEqual({ is: "unreachable", reason: "no credentials: sign in first" });
    expect(asked).toEqual([]);
  });

  it("that are refused are read again", async () => {
    wanted = "Bearer new";
    const file = kubeconfig({ token: "old" });
    const cluster = await opened(file);
    expect(await get(cluster)).toEqual({ is: "refused", status: 401, reason: "Unauthorized", retryAfterMs: 0 });
    kubeconfig({ token: "new" });
    expect(await get(cluster)).toEqual({ value: { path: "/prefix/api" } });
  });
});

describe("a kubeconfig that leads nowhere", () => {
  const problem = async (file: string, context?: string): Promise<string> =>
    (await openCluster({ kubeconfig: file, context })).problem ?? "";

  it("is named with what is wrong", async () => {
    expect(await problem(path("none"))).toMatch(/^The kubeconfig cannot be read: .*no such file/);
    expect(await problem(kubeconfig({ token: "a" }), "nowhere")).toBe('The kubeconfig has no context "nowhere". It has here, there.');
    expect(await problem(kubeconfig({ token: "a" }), "there")).toBe("The context there names no cluster with an address.");
    expect(await problem(kubeconfig({ token: "a" }, { "insecure-skip-tls-verify": false }))).toContain("is not encrypted");
  });
});

describe("an answer", () => {
  it("that breaks off, or never comes, is a value", async () => {
    wanted = "Bearer secret";
    const cluster = await opened(kubeconfig({ token: "secret" }));
    expect(await get(cluster, "/../broken")).toMatchObject({ problem: expect.stringContaining("broke off") });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await get(cluster)).toMatchObject({ is: "unreachable", reason: expect.stringContaining("ECONNREFUSED") });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  it("says how long to wait, and nothing strange about it", async () => {
    wanted = "Bearer secret";
    const cluster = await opened(kubeconfig({ token: "wrong" }));
    retryAfter = "7";
    expect(await get(cluster)).toMatchObject({ retryAfterMs: 7_000 });
    retryAfter = "Wed, 21 Oct 2026 07:28:00 GMT";
    expect(await get(cluster)).toMatchObject({ retryAfterMs: 0 });
  });
});

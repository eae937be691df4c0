/** The HTTP server: health, host check, headers, then Next; and an end that does not wait for open streams. */
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import { whileAsked } from "./asker-gone.ts";
import type { Config } from "./config.ts";
import { contentSecurityPolicy, FIXED_HEADERS, isOurHost } from "./security-headers.ts";

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface HttpParts {
  readonly config: Pick<Config, "host" | "allowedHosts" | "dev">;
  readonly store: Pick<FlowStore, "status">;
  /** Settles when Next is ready; requests wait for it. */
  readonly pages: Promise<PageHandler>;
  readonly onError: (error: unknown) => void;
}

export function createHttpServer(parts: HttpParts): Server {
  const server = createServer((request, response) => {
    answer(parts, request, response).catch((error: unknown) => {
      parts.onError(error);
      if (!response.headersSent) plain(response, 500, "Weir has a fault; the terminal that runs it says more.\n");
      else response.destroy();
    });
  });
  // a request line or headers that never end must not hold a socket for ever
  server.headersTimeout = 20_000;
  server.requestTimeout = 60_000;
  return server;
}

async function answer(parts: HttpParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of FIXED_HEADERS) response.setHeader(name, value);
  const path = (request.url ?? "/").split("?", 1)[0];
  if (path === "/livez") return plain(response, 200, "ok\n");
  if (path === "/readyz") return ready(parts, response);
  if (!isOurHost(request.headers.host, parts.config)) {
    return plain(response, 421, "This server does not go by that name. Start Weir with --allow-host NAME to add it.\n");
  }
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, parts.config.dev);
  response.setHeader("Content-Security-Policy", policy);
  // Next 16 takes the nonce for its own scripts out of the request's policy header; nobody outside may choose it
  request.headers["content-security-policy"] = policy;
  request.headers["x-nonce"] = nonce;
  const pages = await parts.pages;
  await whileAsked(response, () => pages(request, response));
}

const READY_WITHIN_MS = 2_000;

async function ready(parts: HttpParts, response: ServerResponse): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), READY_WITHIN_MS);
  });
  const status = await Promise.race([Promise.all([parts.store.status(), parts.pages]), late]);
  clearTimeout(timer);
  if (status === "late") return plain(response, 503, "the store does not answer\n");
  const [{ problem }] = status;
  if (problem !== undefined) return plain(response, 503, `${problem.title}\n`);
  plain(response, 200, "ok\n");
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(text);
}

export type Listening = { readonly port: number } | { readonly problem: string };

export function listen(server: Server, host: string, port: number): Promise<Listening> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException): void => resolve({ problem: listenProblem(error, host, port) });
    server.once("error", failed);
    server.listen({ host, port }, () => {
      server.off("error", failed);
      const address = server.address();
      resolve({ port: typeof address === "object" && address !== null ? address.port : port });
    });
  });
}

function listenProblem(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === "EADDRINUSE") return `Port ${port} on ${host} is taken. Choose another with --port, or --port 0 for any free one.`;
  if (error.code === "EACCES") return `Port ${port} may not be opened by this user. Choose one above 1023 with --port.`;
  if (error.code === "EADDRNOTAVAIL") return `This machine has no address ${host}. Choose another with --host.`;
  return `Cannot listen on ${host}:${port}: ${error.message}`;
}

/** No new connections; idle ones end now, busy ones after `graceMs`, open streams included. */
export function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

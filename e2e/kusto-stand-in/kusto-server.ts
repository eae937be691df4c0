/** An HTTP server that the real `azure-kusto-data` talks to as if it were a cluster, on 127.0.0.1; it can misbehave on demand. */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as after } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { runCommand } from "./kusto-commands.ts";
import { type KustoDatabase, QueryRefused, type QueryResult } from "./kusto-database.ts";
import { errorInsideRows, managementAnswer, oneApiError, queryFrames } from "./wire-frames.ts";

/** What goes wrong with one request. */
export type Misbehaviour =
  | { readonly is: "throttled"; readonly retryAfterSeconds?: number }
  | { readonly is: "status"; readonly status: number; readonly message?: string }
  | { readonly is: "slow"; readonly ms: number }
  | { readonly is: "cut" }
  | { readonly is: "error-row" }
  | { readonly is: "partial" }
  | { readonly is: "truncated" }
  /** Not a fault of the service, but of what it holds: only the first row of every result is there. */
  | { readonly is: "first-row" }
  | { readonly is: "redirect" }
  | { readonly is: "html" }
  | { readonly is: "reset" };

export interface KustoRequest {
  readonly path: string;
  readonly requestId: string;
  readonly text: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly authorization: string;
}

export interface KustoServer {
  readonly url: string;
  readonly requests: readonly KustoRequest[];
  /** The next queries go wrong, one each; then all is well again. */
  misbehave(...next: readonly Misbehaviour[]): void;
  /** Every query goes wrong until told otherwise, or every one whose text holds this word. */
  misbehaveAlways(how: Misbehaviour | undefined, word?: string): void;
  /** Queries being answered right now, and the most there ever were. */
  readonly load: { readonly now: number; readonly most: number };
  readonly cancelled: readonly string[];
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly database: KustoDatabase;
  /** 0 = any free one. */
  readonly port?: number;
  /** Requests without this token are refused. */
  readonly token?: string;
}

export async function startKustoServer({ database, port = 0, token }: ServerOptions): Promise<KustoServer> {
  const requests: KustoRequest[] = [];
  const cancelled: string[] = [];
  const planned: Misbehaviour[] = [];
  let always: { readonly how: Misbehaviour; readonly word: string } | undefined;
  const load = { now: 0, most: 0 };

  const answerQuery = async (request: KustoRequest, body: QueryBody, response: ServerResponse): Promise<void> => {
    const wrong = planned.shift() ?? (always !== undefined && body.text.includes(always.word) ? always.how : undefined);
    if (wrong?.is === "slow") {
      const until = Date.now() + wrong.ms;
      while (Date.now() < until && !response.destroyed && !cancelled.includes(request.requestId)) await after(5);
    } else if (wrong !== undefined && misbehaved(wrong, response)) return;
    if (cancelled.includes(request.requestId))
      return send(response, 400, oneApiError({ code: "Cancelled", message: "Query was cancelled" }));
    const found = asked(database, body);
    if ("refused" in found) return send(response, found.status, oneApiError(found.refused));
    const results = wrong?.is === "first-row" ? found.map((one) => ({ ...one, rows: one.rows.slice(0, 1) })) : found;
    const most = Number(body.options.truncationmaxrecords ?? 500_000);
    if (results.some(({ rows }) => rows.length > most)) {
      return send(
        response,
        200,
        queryFrames([], request.requestId, { code: "E_QUERY_RESULT_SET_TOO_LARGE", message: `more than ${most} records` }),
      );
    }
    const fault = { code: "E_RUNAWAY_QUERY", message: "Query execution exceeded the allowed limits" };
    const frames = queryFrames(
      results,
      request.requestId,
      wrong?.is === "partial" ? fault : wrong?.is === "truncated" ? TOO_LARGE : undefined,
    );
    if (wrong?.is === "error-row") return send(response, 200, errorInsideRows(frames, fault));
    const text = JSON.stringify(frames);
    return send(response, 200, wrong?.is === "cut" ? text.slice(0, text.length / 2) : text);
  };

  const server = createServer((incoming, response) => {
    void readBody(incoming).then(async (body) => {
      const request: KustoRequest = {
        path: incoming.url ?? "",
        requestId: String(incoming.headers["x-ms-client-request-id"] ?? ""),
        text: body.text,
        options: body.options,
        authorization: incoming.headers.authorization ?? "",
      };
      if (request.path === "/v1/rest/auth/metadata") return send(response, 404, "");
      requests.push(request);
      if (token !== undefined && request.authorization !== `Bearer ${token}`) return send(response, 401, "");
      if (request.path === "/v1/rest/mgmt") {
        const id = /^\.cancel query "([^"]+)"/.exec(body.text)?.[1];
        if (id === undefined) return manage(database, body.text, response);
        cancelled.push(id);
        return send(response, 200, managementAnswer([["ClientRequestId", "string"]], [[id]]));
      }
      if (request.path !== "/v2/rest/query") return send(response, 404, "");
      load.now += 1;
      load.most = Math.max(load.most, load.now);
      try {
        await answerQuery(request, body, response);
      } finally {
        load.now -= 1;
      }
    });
  });
  const url = await listening(server, port);
  return {
    url,
    requests,
    cancelled,
    load,
    misbehave: (...next) => void planned.push(...next),
    misbehaveAlways(how, word = "") {
      always = how && { how, word };
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The service gives the rows that fit, and says at the end that there were more. */
const TOO_LARGE = {
  code: "E_QUERY_RESULT_SET_TOO_LARGE",
  message: "Query result set has exceeded the internal record count limit (80DA0003)",
};

function manage(database: KustoDatabase, text: string, response: ServerResponse): void {
  try {
    const { columns, rows } = runCommand(database, text);
    send(
      response,
      200,
      managementAnswer(
        columns.map((name) => [name, "string"]),
        rows,
      ),
    );
  } catch (error) {
    send(response, 400, oneApiError({ code: "STAND-IN", message: error instanceof Error ? error.message : String(error) }));
  }
}

interface QueryBody {
  readonly text: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, unknown>>;
}

function asked(
  database: KustoDatabase,
  body: QueryBody,
): readonly QueryResult[] | { readonly status: number; readonly refused: { readonly code: string; readonly message: string } } {
  try {
    return database.query(body.text, body.parameters);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof QueryRefused)
      return { status: 400, refused: { code: error.code, message: `Semantic error: ${error.code}: ${message}` } };
    return { status: 500, refused: { code: "STAND-IN", message } };
  }
}

/** Whether the answer is given and over. */
function misbehaved(wrong: Misbehaviour, response: ServerResponse): boolean {
  switch (wrong.is) {
    case "throttled": {
      const headers = wrong.retryAfterSeconds === undefined ? undefined : { "Retry-After": String(wrong.retryAfterSeconds) };
      send(response, 429, oneApiError({ code: "TooManyRequests", message: "throttled", permanent: false }), headers);
      return true;
    }
    case "status":
      send(response, wrong.status, oneApiError({ code: String(wrong.status), message: wrong.message ?? "no" }));
      return true;
    case "redirect":
      send(response, 302, "", { Location: "http://127.0.0.1:9/elsewhere" });
      return true;
    case "html":
      send(response, 200, "<!doctype html><title>Sign in</title>", { "Content-Type": "text/html" });
      return true;
    case "reset":
      response.socket?.destroy();
      return true;
    default:
      return false;
  }
}

function send(response: ServerResponse, status: number, body: string | object, headers: Readonly<Record<string, string>> = {}): void {
  if (response.destroyed || response.headersSent) return;
  const bytes = gzipSync(typeof body === "string" ? body : JSON.stringify(body));
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Encoding": "gzip",
    "Content-Length": bytes.length,
    "x-ms-activity-id": randomUUID(),
    ...headers,
  });
  response.end(bytes);
}

async function readBody(incoming: IncomingMessage): Promise<QueryBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString("utf8");
  const body: unknown = text === "" ? {} : JSON.parse(text);
  const properties = bagOf(bagOf(body).properties);
  return { text: String(bagOf(body).csl ?? ""), options: bagOf(properties.Options), parameters: bagOf(properties.Parameters) };
}

function bagOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

async function listening(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the stand-in listens on no port");
  return `http://127.0.0.1:${address.port}`;
}

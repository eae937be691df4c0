/** A thread with a stand-in cluster that answers a text once and gives the same bytes again ever after: what is left of a question is Weir's. */
import { createServer, type IncomingMessage } from "node:http";
import { parentPort, workerData } from "node:worker_threads";
import { startDemoCluster } from "../../e2e/kusto-stand-in/demo-cluster.ts";

export interface ReplaySettings {
  readonly flows: number;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Milliseconds from a request's last byte to the answer's last. */
export type ReplayNews = { readonly url: string } | { readonly servedMs: number };

const port = parentPort;
if (port === null) throw new Error("replaying-cluster.ts is a worker thread");
const tell = (news: ReplayNews): void => port.postMessage(news);
const { flows, until } = givenSettings(workerData);
const cluster = await startDemoCluster({ shape: "typed", flows, until });
const answers = new Map<string, Buffer>();

const server = createServer((request, response) => {
  void bodyOf(request).then(async (body) => {
    if (request.url === "/v1/rest/auth/metadata") return response.writeHead(404).end();
    const from = performance.now();
    // whatever the values: the window of a question changes, its answer need not
    const key = /"csl":"((?:[^"\\]|\\.)*)"/.exec(body)?.[1] ?? body;
    let bytes = answers.get(key);
    if (bytes === undefined) {
      const told = await fetch(`${cluster.url}${request.url}`, { method: "POST", body, headers: { "content-type": "application/json" } });
      bytes = Buffer.from(await told.arrayBuffer());
      answers.set(key, bytes);
    }
    response.writeHead(200, { "content-type": "application/json", "content-length": bytes.length });
    response.end(bytes, () => tell({ servedMs: performance.now() - from }));
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") tell({ url: `http://127.0.0.1:${address.port}` });
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

/** `main.ts` is the only one who starts this file, with settings of this type. */
function givenSettings(data: unknown): ReplaySettings {
  return data as ReplaySettings;
}

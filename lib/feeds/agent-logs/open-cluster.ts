/** A cluster by kubeconfig (exec plugins too) or by the service account of the pod that Weir runs in. */
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, type RequestOptions, request as requestHttps } from "node:https";
import type { KubeConfig } from "@kubernetes/client-node";
import type { Cluster, ClusterReply } from "./cluster.ts";

export interface ClusterChoice {
  /** Path; undefined = KUBECONFIG, ~/.kube/config, or the service account, as kubectl does. */
  readonly kubeconfig: string | undefined;
  /** Undefined = the current one. */
  readonly context: string | undefined;
  /** Where the files of the pod's service account lie below, if that is what is wanted; for tests, a pod has them at the root. */
  readonly serviceAccountRoot?: string;
}

export type OpenedCluster =
  | { readonly cluster: Cluster; readonly server: string; readonly problem?: never }
  | { readonly problem: string; readonly cluster?: never };

const ANSWER_WITHIN_MS = 30_000;
/** A plugin may ask a person to sign in. */
const CREDENTIALS_WITHIN_MS = 120_000;
const CREDENTIALS_FOR_MS = 10_000;
const KEEP_ALIVE_MS = 30_000;
const REASON_BYTES = 64 << 10;

export async function openCluster(choice: ClusterChoice): Promise<OpenedCluster> {
  // its generated models take half a second to load: only for those who follow a cluster
  const client = await import("@kubernetes/client-node");
  const load = (): KubeConfig => loadConfig(new client.KubeConfig(), choice);
  let config: KubeConfig;
  try {
    config = load();
  } catch (error) {
    return { problem: `The kubeconfig cannot be read: ${messageOf(error)}.` };
  }
  const named = config.getContextObject(config.getCurrentContext());
  if (named === null) {
    const known = config.getContexts().map(({ name }) => name);
    const choose = known.length === 0 ? "It has no context at all." : `It has ${known.join(", ")}.`;
    return { problem: `The kubeconfig has no context ${JSON.stringify(config.getCurrentContext() ?? "")}. ${choose}` };
  }
  const found = config.getCurrentCluster();
  if (found === null || !URL.canParse(found.server))
    return { problem: `The context ${config.getCurrentContext()} names no cluster with an address.` };
  if (found.server.startsWith("http:") && found.skipTLSVerify !== true)
    return { problem: `${found.server} is not encrypted. The kubeconfig has to say insecure-skip-tls-verify: true for such a server.` };
  return { cluster: createCluster(config, load, new URL(found.server)), server: found.server };
}

function loadConfig(config: KubeConfig, { kubeconfig, context, serviceAccountRoot }: ClusterChoice): KubeConfig {
  if (serviceAccountRoot !== undefined) config.loadFromCluster(serviceAccountRoot);
  else if (kubeconfig === undefined) config.loadFromDefault();
  else config.loadFromFile(kubeconfig);
  if (context !== undefined) config.setCurrentContext(context);
  return config;
}

function createCluster(first: KubeConfig, load: () => KubeConfig, server: URL): Cluster {
  let config = first;
  /** The server refused what it says: the file may say something else by now. */
  let isStale = false;
  let credentials: { readonly until: number; readonly options: Promise<RequestOptions> } | undefined;
  // one connection for each stream: nothing waits behind a log that never ends
  const agent =
    server.protocol === "http:" ? new HttpAgent({ keepAlive: false }) : new HttpsAgent({ keepAlive: false, maxCachedSessions: 100 });

  /** Asked for once for all streams that open at the same time: a plugin is a process. */
  const optionsNow = (): Promise<RequestOptions> => {
    const now = performance.now();
    if (credentials !== undefined && credentials.until > now) return credentials.options;
    if (isStale) config = loadedAgain(load) ?? config;
    isStale = false;
    const options = withTimeout(credentialsOf(config), CREDENTIALS_WITHIN_MS, "the credential plugin did not answer");
    credentials = { until: now + CREDENTIALS_FOR_MS, options };
    options.catch(() => {
      credentials = undefined;
    });
    return options;
  };

  const get: Cluster["get"] = async (path, query, signal) => {
    let options: RequestOptions;
    try {
      options = await optionsNow();
    } catch (error) {
      return { is: "unreachable", reason: `no credentials: ${messageOf(error)}` };
    }
    const search = new URLSearchParams(query).toString();
    const url = new URL(`${server.pathname.replace(/\/$/, "")}${path}${search === "" ? "" : `?${search}`}`, server);
    const reply = await send(url, { ...options, agent: options.agent ?? agent }, signal);
    if (reply.is === "refused" && reply.status === 401) {
      credentials = undefined;
      isStale = true;
    }
    return reply;
  };
  return { name: config.getCurrentContext() === "inClusterContext" ? "this cluster" : config.getCurrentContext(), get };
}

/** Undefined while the file cannot be read: it may be half written. */
function loadedAgain(load: () => KubeConfig): KubeConfig | undefined {
  try {
    return load();
  } catch {
    return undefined;
  }
}

async function credentialsOf(config: KubeConfig): Promise<RequestOptions> {
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  // client-node 2.0.1 keeps its first agent, and with it certificates that were renewed since; only a proxy needs it
  if (config.getCurrentCluster()?.proxyUrl === undefined) delete options.agent;
  return options;
}

function send(url: URL, options: RequestOptions, signal: AbortSignal): Promise<ClusterReply> {
  return new Promise((resolve) => {
    const failed = (error: unknown): void => resolve({ is: "unreachable", reason: messageOf(error) });
    const request = (url.protocol === "http:" ? requestHttp : requestHttps)(url, { ...options, method: "GET", signal }, (response) => {
      clearTimeout(late);
      // whoever reads the body learns of it there; without a listener an aborted socket would end the process
      response.on("error", () => undefined);
      if (response.statusCode === 200) resolve({ is: "open", body: response });
      else refusalOf(response).then(resolve, failed);
    });
    const late = setTimeout(() => request.destroy(new Error(`no answer within ${ANSWER_WITHIN_MS / 1000} s`)), ANSWER_WITHIN_MS);
    request.on("socket", (socket) => socket.setKeepAlive(true, KEEP_ALIVE_MS));
    request.on("error", (error) => {
      clearTimeout(late);
      failed(error);
    });
    request.end();
  });
}

async function refusalOf(response: IncomingMessage): Promise<ClusterReply> {
  const status = response.statusCode ?? 0;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > REASON_BYTES) break;
  }
  const seconds = Number(response.headers["retry-after"] ?? 0);
  const retryAfterMs = Number.isFinite(seconds) ? Math.max(0, seconds) * 1000 : 0;
  return { is: "refused", status, reason: reasonIn(Buffer.concat(chunks).toString("utf8"), status), retryAfterMs };
}

/** The API server answers with a Status object; what stands between may answer with anything. */
function reasonIn(text: string, status: number): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && "message" in value && typeof value.message === "string") return value.message;
  } catch {
    // a proxy's own page
  }
  return `HTTP ${status} ${text.slice(0, 200)}`.trim();
}

async function withTimeout<T>(work: Promise<T>, ms: number, why: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(why)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.trim().split("\n").at(-1) ?? "") : String(error);
}

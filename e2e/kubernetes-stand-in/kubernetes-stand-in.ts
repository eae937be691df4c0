/** A stand-in for the Kubernetes API: pods of a cluster with Cilium, list, watch and logs, and the ways they fail in the field. */
import { readFileSync } from "node:fs";
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { answerLog, type LogAnswer, type LogFaults } from "./log-answer.ts";
import { createStandInPod, podObject, type StandInPod } from "./stand-in-pod.ts";

export interface Faults extends LogFaults {
  /** What is refused with 403. */
  forbidden: Set<"list" | "watch" | "get" | "log">;
  /** So many of the next log requests get 429. */
  tooMany: number;
  /** The next watch begins with an ERROR event, code 410. */
  watchGone: boolean;
}

export interface KubernetesStandIn {
  readonly url: string;
  readonly faults: Faults;
  /** The only bearer token that is taken; empty = everybody is let in. */
  token: string;
  readonly pods: readonly StandInPod[];
  /** Text of a kubeconfig for it. */
  readonly kubeconfig: string;
  /** Requests so far, by what they asked for. */
  readonly asked: ReadonlyMap<string, number>;
  /** Log streams that are open now, and the most there were. */
  readonly streams: { readonly open: number; readonly most: number };
  addPod(): StandInPod;
  removePod(pod: StandInPod): void;
  /** Tells the watchers that a pod is not as before. */
  touch(pod: StandInPod): void;
  /** Breaks every log stream of a pod, or all of them. */
  cut(pod?: StandInPod): void;
  close(): Promise<void>;
}

export interface StandInOptions {
  readonly pods: number;
  readonly namespace?: string;
  readonly now?: () => number;
  readonly port?: number;
  /** Over https, with a certificate that only the kubeconfig's own authority vouches for. */
  readonly isTls?: boolean;
}

type Watcher = (type: string, object: object) => void;

export async function startKubernetesStandIn(options: StandInOptions): Promise<KubernetesStandIn> {
  const { namespace = "kube-system", now = Date.now } = options;
  const faults: Faults = { silentAfterRotation: false, idleCutMs: 0, chunkBytes: 0, forbidden: new Set(), tooMany: 0, watchGone: false };
  const pods: StandInPod[] = [];
  const watchers = new Set<Watcher>();
  const events: { readonly version: number; readonly type: string; readonly object: object }[] = [];
  const answers = new Map<LogAnswer, StandInPod>();
  const asked = new Map<string, number>();
  const streams = { open: 0, most: 0 };
  let version = 1;
  let count = 0;

  const told = (type: string, pod: StandInPod): void => {
    version += 1;
    const event = { version, type, object: podObject(pod, namespace, version) };
    events.push(event);
    for (const watcher of watchers) watcher(event.type, event.object);
  };
  const addPod = (): StandInPod => {
    const pod = createStandInPod(count, `uid-${count}`, now);
    count += 1;
    pods.push(pod);
    told("ADDED", pod);
    return pod;
  };
  for (let index = 0; index < options.pods; index++) addPod();

  const logs = (pod: StandInPod, query: URLSearchParams, response: ServerResponse): void => {
    if (faults.tooMany > 0) {
      faults.tooMany -= 1;
      response.setHeader("retry-after", "1");
      refuse(response, 429, "TooManyRequests", "too many requests, please try again later");
      return;
    }
    if (pod.faults.isBroken) {
      refuse(response, 500, "InternalError", "dial tcp 192.0.2.7:10250: connect: connection refused");
      return;
    }
    const container = `container "cilium-agent" in pod "${pod.name}"`;
    if (pod.waiting === "ContainerCreating") {
      refuse(response, 400, "BadRequest", `${container} is waiting to start`);
      return;
    }
    const answer = answerLog(pod, query, response, faults);
    if (answer === "none") {
      refuse(response, 400, "BadRequest", `previous terminated ${container} not found`);
      return;
    }
    answers.set(answer, pod);
    streams.open += 1;
    streams.most = Math.max(streams.most, streams.open);
    response.on("close", () => {
      answers.delete(answer);
      streams.open -= 1;
    });
  };

  const watch = (after: number, response: ServerResponse): void => {
    response.writeHead(200, { "content-type": "application/json" });
    response.flushHeaders();
    if (faults.watchGone) {
      faults.watchGone = false;
      response.end(`${JSON.stringify({ type: "ERROR", object: statusObject(410, "Expired", "too old resource version") })}\n`);
      return;
    }
    const watcher: Watcher = (type, object) => void response.write(`${JSON.stringify({ type, object })}\n`);
    for (const event of events) if (event.version > after) watcher(event.type, event.object);
    watchers.add(watcher);
    response.on("close", () => void watchers.delete(watcher));
  };

  const credentials = { token: "" };
  const answer: RequestListener = (request, response) => {
    if (credentials.token !== "" && request.headers.authorization !== `Bearer ${credentials.token}`)
      return refuse(response, 401, "Unauthorized", "Unauthorized");
    const url = new URL(request.url ?? "/", "http://stand-in");
    const found = routeOf(url, namespace);
    asked.set(found.is, (asked.get(found.is) ?? 0) + 1);
    if (found.is === "discovery") return json(response, found.value);
    if (found.is === "none") return refuse(response, 404, "NotFound", `${url.pathname} not found`);
    const pod = pods.find(({ name }) => "name" in found && name === found.name);
    if (faults.forbidden.has(found.is) || (found.is === "log" && pod?.faults.isForbidden)) {
      const verb = found.is === "log" ? "get" : found.is;
      const resource = found.is === "log" ? "pods/log" : "pods";
      const why = `pods is forbidden: User "weir" cannot ${verb} resource "${resource}" in API group "" in the namespace "${namespace}"`;
      return refuse(response, 403, "Forbidden", why);
    }
    if (found.is === "watch") return watch(Number(url.searchParams.get("resourceVersion") ?? 0), response);
    const metadata = { resourceVersion: String(version) };
    if (found.is !== "get" && found.is !== "log")
      return json(response, { kind: "PodList", apiVersion: "v1", metadata, items: pods.map((pod) => podObject(pod, namespace, version)) });
    if (pod === undefined) return refuse(response, 404, "NotFound", `pods "${found.name}" not found`);
    if (found.is === "get") return json(response, podObject(pod, namespace, version));
    logs(pod, url.searchParams, response);
  };
  const server =
    options.isTls === true ? createTlsServer({ cert: read("server.pem"), key: read("server-key.pem") }, answer) : createServer(answer);
  server.keepAliveTimeout = 1_000;
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `${options.isTls === true ? "https" : "http"}://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  return {
    url,
    faults,
    pods,
    kubeconfig: kubeconfigFor(url),
    get token() {
      return credentials.token;
    },
    set token(token) {
      credentials.token = token;
    },
    asked,
    streams,
    addPod,
    removePod(pod) {
      pods.splice(pods.indexOf(pod), 1);
      pod.log.current.hasEnded = true;
      pod.log.rotate();
      told("DELETED", pod);
    },
    touch: (pod) => told("MODIFIED", pod),
    cut(pod) {
      for (const [answer, of] of answers) if (pod === undefined || of === pod) answer.cut();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Route =
  | { readonly is: "discovery"; readonly value: object }
  | { readonly is: "list" | "watch" | "none" }
  | { readonly is: "get" | "log"; readonly name: string };

function routeOf(url: URL, namespace: string): Route {
  const path = url.pathname;
  const discovery = DISCOVERY.get(path);
  if (discovery !== undefined) return { is: "discovery", value: discovery };
  const root = `/api/v1/namespaces/${namespace}/pods`;
  if (path === root) return { is: url.searchParams.get("watch") === "true" ? "watch" : "list" };
  if (!path.startsWith(`${root}/`)) return { is: "none" };
  const [name = "", log] = path.slice(root.length + 1).split("/");
  return { is: log === "log" ? "log" : "get", name };
}

/** What kubectl asks before anything else. */
const DISCOVERY: ReadonlyMap<string, object> = new Map<string, object>([
  ["/version", { major: "1", minor: "32", gitVersion: "v1.32.0" }],
  ["/api", { kind: "APIVersions", versions: ["v1"] }],
  ["/apis", { kind: "APIGroupList", apiVersion: "v1", groups: [] }],
  [
    "/api/v1",
    {
      kind: "APIResourceList",
      groupVersion: "v1",
      resources: [
        { name: "pods", singularName: "pod", namespaced: true, kind: "Pod", verbs: ["get", "list", "watch"], shortNames: ["po"] },
        { name: "pods/log", singularName: "", namespaced: true, kind: "Pod", verbs: ["get"] },
      ],
    },
  ],
]);

export function standInAuthority(): string {
  return read("ca.pem");
}

function read(name: string): string {
  return readFileSync(new URL(`certificates/${name}`, import.meta.url), "utf8");
}

function kubeconfigFor(server: string): string {
  const trust = server.startsWith("https:")
    ? `certificate-authority-data: ${Buffer.from(standInAuthority()).toString("base64")}`
    : "insecure-skip-tls-verify: true";
  return `apiVersion: v1
kind: Config
current-context: stand-in
clusters: [{ name: stand-in, cluster: { server: "${server}", ${trust} } }]
contexts: [{ name: stand-in, context: { cluster: stand-in, user: weir } }]
users: [{ name: weir, user: { token: not-a-secret } }]
`;
}

function statusObject(code: number, reason: string, message: string): object {
  return { kind: "Status", apiVersion: "v1", status: "Failure", message, reason, code };
}

function refuse(response: ServerResponse, code: number, reason: string, message: string): void {
  response.statusCode = code;
  json(response, statusObject(code, reason, message));
}

function json(response: ServerResponse, value: object): void {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(value));
}

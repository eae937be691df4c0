/** Which agents there are, kept current: a list, then a watch, and a list again whenever the watch cannot go on. */
import { performance } from "node:perf_hooks";
import { z } from "zod";
import { pause } from "../pause.ts";
import { type AgentPod, readPod } from "./agent-pod.ts";
import { type BackOffLimits, createBackOff } from "./back-off.ts";
import { type Cluster, type ClusterReply, readJson } from "./cluster.ts";
import { createStreamLines } from "./stream-lines.ts";

export interface PodWatchParts {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly selector: string;
  readonly backOff: BackOffLimits;
  readonly random: () => number;
  /** Every agent there is now, after a list. */
  readonly onAll: (pods: readonly AgentPod[]) => void;
  readonly onPod: (pod: AgentPod) => void;
  readonly onGone: (uid: string) => void;
  /** Undefined = all is well; else what went wrong and since it went wrong nothing new is known. */
  readonly onTrouble: (trouble: WatchTrouble | undefined) => void;
}

export interface WatchTrouble {
  readonly what: "list" | "watch";
  readonly status: number;
  readonly reason: string;
}

const PAGE = "500";
/** The server ends a watch after this; one that has not ended a little later hangs. */
const WATCH_SECONDS = 240;
const WATCH_SPARE_MS = 30_000;
/** Without the right to watch, a list again and again has to do. */
const POLL_MS = 30_000;
const GONE = 410;

const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string().default(""), continue: z.string().optional() }),
  items: z.array(z.unknown()),
});
const eventSchema = z.object({ type: z.string(), object: z.unknown() });
const versionSchema = z.object({ metadata: z.object({ resourceVersion: z.string() }) });
const errorSchema = z.object({ code: z.number() });

/** Resolves when the signal says so. */
export async function watchPods(parts: PodWatchParts, signal: AbortSignal): Promise<void> {
  const backOff = createBackOff(parts.backOff, parts.random);
  while (!signal.aborted) {
    const listed = await listPods(parts, signal);
    if (typeof listed !== "string") {
      parts.onTrouble({ what: "list", status: listed.is === "refused" ? listed.status : 0, reason: listed.reason });
      await pause(backOff.next(listed.is === "refused" ? listed.retryAfterMs : 0), signal);
      continue;
    }
    parts.onTrouble(undefined);
    const began = performance.now();
    const again = await watchFrom(listed, parts, signal);
    if (again === "poll") await pause(POLL_MS, signal);
    // a watch that ends at once, for ever, must not become a storm of lists
    else if (performance.now() - began > parts.backOff.mostMs) backOff.reset();
    else await pause(backOff.next(), signal);
  }
}

/** The version to watch from. */
async function listPods(parts: PodWatchParts, signal: AbortSignal): Promise<string | Exclude<ClusterReply, { is: "open" }>> {
  const pods: AgentPod[] = [];
  for (let next = ""; ; ) {
    const query = { labelSelector: parts.selector, limit: PAGE, ...(next === "" ? {} : { continue: next }) };
    const reply = await parts.cluster.get(podsPath(parts.namespace), query, signal);
    if (reply.is !== "open") return reply;
    const read = await readJson(reply.body);
    const page = "problem" in read ? undefined : listSchema.safeParse(read.value);
    if (!page?.success) return { is: "unreachable", reason: "problem" in read ? read.problem : "the answer is no list of pods" };
    for (const item of page.data.items) {
      const found = readPod(item);
      if (found.is === "agent") pods.push(found.pod);
    }
    next = page.data.metadata.continue ?? "";
    if (next !== "") continue;
    parts.onAll(pods);
    return page.data.metadata.resourceVersion;
  }
}

/** Until a new list is needed. A watch that only ended goes on where it was. */
async function watchFrom(start: string, parts: PodWatchParts, signal: AbortSignal): Promise<"list" | "poll"> {
  let version = start;
  const backOff = createBackOff(parts.backOff, parts.random);
  while (!signal.aborted) {
    const query = {
      labelSelector: parts.selector,
      watch: "true",
      allowWatchBookmarks: "true",
      resourceVersion: version,
      timeoutSeconds: String(WATCH_SECONDS),
    };
    const reply = await parts.cluster.get(podsPath(parts.namespace), query, signal);
    if (reply.is !== "open") {
      if (reply.is === "refused" && reply.status === GONE) return "list";
      parts.onTrouble({ what: "watch", status: reply.is === "refused" ? reply.status : 0, reason: reply.reason });
      if (reply.is === "refused" && reply.status === 403) return "poll";
      await pause(backOff.next(reply.is === "refused" ? reply.retryAfterMs : 0), signal);
      continue;
    }
    parts.onTrouble(undefined);
    const began = performance.now();
    const hangs = setTimeout(() => reply.body.destroy(), WATCH_SECONDS * 1000 + WATCH_SPARE_MS);
    const lines = createStreamLines();
    try {
      for await (const chunk of reply.body) {
        for (const line of lines.push(chunk)) {
          const seen = takeEvent(line, parts);
          if (seen === "list") return "list";
          version = seen ?? version;
        }
      }
    } catch {
      // cut off: the next one goes on from the same version
    } finally {
      clearTimeout(hangs);
      reply.body.destroy();
    }
    if (performance.now() - began > parts.backOff.mostMs) backOff.reset();
    await pause(backOff.next(), signal);
  }
  return "list";
}

/** The version after this event; "list" when the server has forgotten what comes next. */
function takeEvent(line: string, parts: PodWatchParts): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(line, "latin1").toString("utf8"));
  } catch {
    return undefined;
  }
  const event = eventSchema.safeParse(value);
  if (!event.success) return undefined;
  const { type, object } = event.data;
  if (type === "ERROR") return errorSchema.safeParse(object).data?.code === GONE ? "list" : undefined;
  const found = readPod(object);
  if (found.is === "agent" && type === "DELETED") parts.onGone(found.pod.uid);
  else if (found.is === "agent" && (type === "ADDED" || type === "MODIFIED")) parts.onPod(found.pod);
  return versionSchema.safeParse(object).data?.metadata.resourceVersion;
}

export function podsPath(namespace: string): string {
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
}

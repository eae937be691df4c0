/** The one way to the cluster: one client, few questions at a time, equal ones asked once, an end to each, every failure a problem. */

import { randomUUID } from "node:crypto";
import { setTimeout as after } from "node:timers/promises";
import type { TokenCredential } from "@azure/core-auth";
import { ClientRequestProperties } from "azure-kusto-data";
import type { AdxSettings } from "./adx-settings.ts";
import { createAnswerCache } from "./answer-cache.ts";
import { CANCELLED, type Trouble, troubleOf } from "./gateway-problems.ts";
import { createKustoClient } from "./kusto-client.ts";
import { type KustoQuery, queryText, sentParameters } from "./kusto-query.ts";
import { type Results, readFrames } from "./read-frames.ts";
import { createTurnstile } from "./turnstile.ts";

export interface KustoGateway {
  /** Never rejects. A signal that aborts cancels the query at the cluster once nobody else waits for it. */
  ask(query: KustoQuery, signal?: AbortSignal): Promise<Results>;
  close(): void;
}

export type GatewaySettings = Pick<AdxSettings, "cluster" | "database" | "timeoutMs" | "concurrency" | "cacheSeconds" | "trustedHosts">;

const MOST_ROWS = 50_000;
const MOST_BYTES = 32_000_000;
/** Waiting longer than this for a busy cluster is the person's decision. */
const MOST_WAIT_MS = 5_000;

/** `credential` undefined = without signing in. */
export function createKustoGateway(settings: GatewaySettings, credential: TokenCredential | undefined): KustoGateway {
  const { database, timeoutMs } = settings;
  const client = createKustoClient(settings, credential);
  const turnstile = createTurnstile(settings.concurrency);
  const cacheFor = (seconds: number) =>
    createAnswerCache<Results>({ keepMs: seconds * 1000, now: () => performance.now(), isKept: (results) => "results" in results });
  const kept = cacheFor(settings.cacheSeconds);
  const askedAnew = cacheFor(0);

  const cancel = (requestId: string): void => {
    const properties = new ClientRequestProperties(undefined, undefined, `${requestId}.cancel`, "weir", "weir");
    properties.setClientTimeout(5_000);
    // its failure changes nothing: the server's own timeout ends the query as well
    client.executeMgmt(database, `.cancel query "${requestId}"`, properties).catch(() => undefined);
  };

  const send = async (query: KustoQuery, signal: AbortSignal): Promise<Results | Trouble> => {
    const requestId = `Weir.Query;${randomUUID()}`;
    const properties = propertiesOf(query, requestId, timeoutMs);
    if (signal.aborted) return { problem: CANCELLED, retryInMs: undefined };
    const left = Promise.withResolvers<Trouble>();
    const stop = (): void => {
      cancel(requestId);
      left.resolve({ problem: CANCELLED, retryInMs: undefined });
    };
    signal.addEventListener("abort", stop, { once: true });
    const answered = client.executeQuery(database, queryText(query), properties).then(
      (body: unknown) => readFrames(body),
      (thrown: unknown) => {
        const trouble = troubleOf(thrown);
        if (trouble.problem.kind === "timeout") cancel(requestId);
        return trouble;
      },
    );
    try {
      return await Promise.race([answered, left.promise]);
    } finally {
      // nothing is at the cluster any more
      signal.removeEventListener("abort", stop);
    }
  };

  const askOnce = async (query: KustoQuery, signal: AbortSignal): Promise<Results> => {
    const first = await turnstile(() => send(query, signal));
    if (!isTrouble(first)) return first;
    const { retryInMs } = first;
    if (retryInMs === undefined || retryInMs > MOST_WAIT_MS || signal.aborted) return { problem: first.problem };
    if (!(await waited(retryInMs, signal))) return { problem: CANCELLED };
    const second = await turnstile(() => send(query, signal));
    return isTrouble(second) ? { problem: second.problem } : second;
  };

  return {
    ask: (query, signal) => {
      const cache = query.isKept === false ? askedAnew : kept;
      const key = JSON.stringify([query.body, query.parameters]);
      return cache(
        key,
        (everybodyLeft) => askOnce(query, everybodyLeft),
        signal,
        () => ({ problem: CANCELLED }),
      );
    },
    close: () => client.close(),
  };
}

/** False where everybody left meanwhile. */
async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await after(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

function isTrouble(answer: Results | Trouble): answer is Trouble {
  return "retryInMs" in answer;
}

function propertiesOf(query: KustoQuery, requestId: string, timeoutMs: number): ClientRequestProperties {
  const properties = new ClientRequestProperties(undefined, undefined, requestId, "weir", "weir");
  // the frames themselves: the SDK's reading of them loses error rows and 100 ns (azure-kusto-data 7.0.4)
  properties.raw = true;
  properties.setTimeout(timeoutMs);
  properties.setClientTimeout(timeoutMs + 2_000);
  for (const [name, sent] of sentParameters(query)) properties.setParameter(name, sent);
  for (const [name, value] of Object.entries(OPTIONS)) properties.setOption(name, value);
  return properties;
}

/** Caps and closed side doors for every query. */
const OPTIONS = {
  truncationmaxrecords: MOST_ROWS,
  truncationmaxsize: MOST_BYTES,
  request_readonly: true,
  request_callout_disabled: true,
  request_external_data_disabled: true,
  request_external_table_disabled: true,
  request_remote_entities_disabled: true,
  request_sandboxed_execution_disabled: true,
  query_results_cache_max_age: "00:00:30",
  results_progressive_enabled: false,
} as const;

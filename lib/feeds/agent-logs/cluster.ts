/** What the feed needs of a cluster: GET requests whose answers are streams, and failures as values. */
import type { Readable } from "node:stream";

export type ClusterReply =
  /** Destroy the body when it is no longer wanted. */
  | { readonly is: "open"; readonly body: Readable }
  /** The API server said no; `reason` in its own words. */
  | { readonly is: "refused"; readonly status: number; readonly reason: string; readonly retryAfterMs: number }
  | { readonly is: "unreachable"; readonly reason: string };

export interface Cluster {
  /** For people: the context's name, or "this cluster". */
  readonly name: string;
  /** Never rejects. */
  get(path: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<ClusterReply>;
}

const BODY_MAX = 64 << 20;

/** The whole body as JSON, or a sentence about what is wrong with it. */
export async function readJson(body: Readable): Promise<{ readonly value: unknown } | { readonly problem: string }> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > BODY_MAX) return { problem: "the answer is too big" };
    }
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    return { value };
  } catch (error) {
    return { problem: `the answer broke off: ${error instanceof Error ? error.message : String(error)}` };
  }
}

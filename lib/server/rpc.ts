/** Questions across threads: one side calls methods by name over a message port, the other answers; nothing is ever lost silently. */
import { z } from "zod";
import type { Problem } from "#lib/questions/answer.ts";

/** The part of a MessagePort or Worker that is used here. */
export interface Wire {
  postMessage(message: unknown): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
}

const callSchema = z.object({ rpc: z.literal("call"), id: z.number(), method: z.string(), input: z.unknown() });
const replySchema = z.object({
  rpc: z.literal("reply"),
  id: z.number(),
  value: z.unknown(),
  failed: z.string().optional(),
});

const cancelSchema = z.object({ rpc: z.literal("cancel"), id: z.number() });

/** The signal aborts when nobody waits for the answer any more. */
export type Handler = (input: unknown, gone?: AbortSignal) => Promise<unknown>;

/** Answers calls with the handlers. A handler that throws is a bug: the caller learns its message, and `onBug` is told. */
export function serveCalls(wire: Wire, handlers: ReadonlyMap<string, Handler>, onBug: (method: string, error: unknown) => void): void {
  const running = new Map<number, AbortController>();
  wire.on("message", (message) => {
    const cancelled = cancelSchema.safeParse(message);
    if (cancelled.success) return running.get(cancelled.data.id)?.abort();
    const call = callSchema.safeParse(message);
    if (!call.success) return;
    const { id, method, input } = call.data;
    const handler = handlers.get(method);
    const stop = new AbortController();
    running.set(id, stop);
    const answer = handler === undefined ? Promise.reject(new Error(`no method ${method}`)) : handler(input, stop.signal);
    void answer.catch(() => undefined).then(() => running.delete(id));
    answer.then(
      (value) => wire.postMessage({ rpc: "reply", id, value }),
      (error: unknown) => {
        onBug(method, error);
        wire.postMessage({ rpc: "reply", id, value: undefined, failed: error instanceof Error ? error.message : String(error) });
      },
    );
  });
}

export type Reply = { readonly value: unknown; readonly problem?: never } | { readonly problem: Problem; readonly value?: never };

export interface Caller {
  /** Never rejects: what goes wrong between the threads comes back as a problem. */
  call(method: string, input: unknown, timeoutMs: number, gone?: AbortSignal): Promise<Reply>;
  /** Answers everything still open with this problem, and every later call too. */
  fail(problem: Problem): void;
}

export function createCaller(wire: Wire): Caller {
  const open = new Map<number, (reply: Reply) => void>();
  let last = 0;
  let over: Problem | undefined;
  wire.on("message", (message) => {
    const read = replySchema.safeParse(message);
    if (!read.success) return;
    const settle = open.get(read.data.id);
    open.delete(read.data.id);
    if (read.data.failed === undefined) settle?.({ value: read.data.value });
    else settle?.({ problem: bugProblem(read.data.failed) });
  });
  return {
    call(method, input, timeoutMs, gone) {
      if (over !== undefined) return Promise.resolve({ problem: over });
      const id = ++last;
      const cancel = (): void => wire.postMessage({ rpc: "cancel", id });
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          open.delete(id);
          cancel();
          resolve({ problem: timeoutProblem(timeoutMs) });
        }, timeoutMs);
        gone?.addEventListener("abort", cancel, { once: true });
        open.set(id, (reply) => {
          clearTimeout(timer);
          gone?.removeEventListener("abort", cancel);
          resolve(reply);
        });
        wire.postMessage({ rpc: "call", id, method, input });
        if (gone?.aborted) cancel();
      });
    },
    fail(problem) {
      over = problem;
      for (const settle of open.values()) settle({ problem });
      open.clear();
    },
  };
}

function timeoutProblem(timeoutMs: number): Problem {
  return {
    kind: "timeout",
    title: "No answer in time",
    detail: `The store did not answer within ${Math.round(timeoutMs / 1000)} s.`,
    next: "Ask about a shorter window, or try again in a moment.",
  };
}

function bugProblem(message: string): Problem {
  return {
    kind: "bug",
    title: "Weir has a fault",
    detail: `The store stumbled over this question: ${message}`,
    next: "The terminal that runs Weir says more. Please report it with the address of this page.",
  };
}

import { MessageChannel } from "node:worker_threads";
import { afterEach, expect, it } from "vitest";
import { createCaller, type Handler, serveCalls } from "./rpc.ts";

const open: MessageChannel[] = [];
afterEach(() => {
  for (const channel of open.splice(0)) channel.port1.close();
});

function pair(handlers: Record<string, Handler>): { readonly caller: ReturnType<typeof createCaller>; readonly bugs: string[] } {
  const channel = new MessageChannel();
  open.push(channel);
  const bugs: string[] = [];
  serveCalls(channel.port2, new Map(Object.entries(handlers)), (method, error) => bugs.push(`${method}: ${String(error)}`));
  return { caller: createCaller(channel.port1), bugs };
}

it("brings answers back to their calls, in whatever order they come", async () => {
  const slow = Promise.withResolvers<string>();
  const { caller } = pair({ slow: () => slow.promise, fast: async (input) => `fast ${String(input)}` });
  const first = caller.call("slow", 1, 5_000);
  expect(await caller.call("fast", 2, 5_000)).toEqual({ value: "fast 2" });
  slow.resolve("slow 1");
  expect(await first).toEqual({ value: "slow 1" });
});

it("keeps 64-bit numbers and undefined", async () => {
  const { caller } = pair({ echo: async (input) => input });
  const input = { time: 1_790_000_000_123_456_789n, none: undefined };
  expect(await caller.call("echo", input, 5_000)).toEqual({ value: input });
});

it("answers a handler that throws, and a method that is not there, with a problem", async () => {
  const { caller, bugs } = pair({ breaks: () => Promise.reject(new Error("torn")) });
  expect(await caller.call("breaks", undefined, 5_000)).toMatchObject({
    problem: { kind: "bug", detail: expect.stringContaining("torn") },
  });
  expect(await caller.call("absent", undefined, 5_000)).toMatchObject({ problem: { kind: "bug" } });
  expect(bugs).toEqual(["breaks: Error: torn", "absent: Error: no method absent"]);
});

it("answers a call that takes too long with a problem", async () => {
  const { caller } = pair({ never: () => new Promise(() => undefined) });
  expect(await caller.call("never", undefined, 20)).toMatchObject({ problem: { kind: "timeout" } });
});

it("answers open and later calls with the problem that ended it", async () => {
  const { caller } = pair({ never: () => new Promise(() => undefined) });
  const problem = { kind: "unavailable", title: "gone", detail: "", next: "" } as const;
  const first = caller.call("never", undefined, 5_000);
  caller.fail(problem);
  expect(await first).toEqual({ problem });
  expect(await caller.call("never", undefined, 5_000)).toEqual({ problem });
});

it("tells a handler when nobody waits any more: the asker left, or waited too long", async () => {
  const told: string[] = [];
  const left = Promise.withResolvers<void>();
  const { caller } = pair({
    waits: (input, gone) =>
      new Promise((resolve) => {
        gone?.addEventListener("abort", () => {
          told.push(String(input));
          if (told.length === 2) left.resolve();
          resolve("called off");
        });
      }),
  });
  const asker = new AbortController();
  const asked = caller.call("waits", "left", 5_000, asker.signal);
  const late = caller.call("waits", "late", 20);
  asker.abort();
  expect(await asked).toEqual({ value: "called off" });
  expect(await late).toMatchObject({ problem: { kind: "timeout" } });
  await left.promise;
  expect(told).toEqual(["left", "late"]);
});

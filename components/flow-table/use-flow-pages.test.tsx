import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { FlowPage, FlowRow } from "#lib/questions/answer.ts";
import { useFlowPages } from "./use-flow-pages.ts";

function rowOf(id: string): FlowRow {
  return {
    id,
    time: "2026-09-22T10:42:16.5Z",
    pod: "a/b",
    namespace: "a",
    podName: "b",
    workload: "a/b",
    workloadKind: "",
    sourceIp: "10.0.0.1",
    sourcePort: 1,
    destinationIp: "192.0.2.1",
    destinationPort: 443,
    protocol: "TCP",
    group: "world",
    groupKind: "reserved",
    alsoIn: [],
    names: [],
    reason: "deny",
    verdict: "DROPPED",
    dropReason: 181,
    dropReasonName: "POLICY_DENY",
    policies: [],
    node: "n",
    packets: 1,
    eventType: 1,
  };
}

const pageOf = (ids: readonly string[], next?: string): FlowPage => ({ rows: ids.map(rowOf), next });
const idsOf = (rows: readonly FlowRow[]): string => rows.map((row) => row.id).join(" ");

function answering(...bodies: readonly unknown[]): readonly string[] {
  const asked: string[] = [];
  const left = [...bodies];
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    const body = left.shift();
    if (body instanceof Error) throw body;
    return { json: async () => body };
  });
  return asked;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("useFlowPages", () => {
  it("asks for the page after the last row, once, until there is none", async () => {
    const asked = answering({ answer: pageOf(["3"]), coverage: {} });
    const first = pageOf(["1", "2"], "t,2");
    const { result } = renderHook(() => useFlowPages(first, "/api/v1/flows?ns=a"));
    act(() => {
      result.current.more();
      result.current.more();
    });
    await waitFor(() => expect(idsOf(result.current.rows)).toBe("1 2 3"));
    expect(asked).toEqual(["/api/v1/flows?ns=a&limit=500&after=t%2C2"]);
    expect(result.current.isComplete).toBe(true);
    act(() => result.current.more());
    expect(asked).toHaveLength(1);
  });

  it("keeps what it has when Weir does not answer, and tries again when asked", async () => {
    const asked = answering(new Error("offline"), { answer: pageOf(["2"]), coverage: {} });
    const first = pageOf(["1"], "t,1");
    const { result } = renderHook(() => useFlowPages(first, "/api/v1/flows"));
    act(() => result.current.more());
    await waitFor(() => expect(result.current.problem?.kind).toBe("unavailable"));
    expect(idsOf(result.current.rows)).toBe("1");
    act(() => result.current.more());
    await waitFor(() => expect(idsOf(result.current.rows)).toBe("1 2"));
    expect(result.current.problem).toBeUndefined();
    expect(asked[1]).toBe("/api/v1/flows?limit=500&after=t%2C1");
  });

  it("takes a newer beginning while nobody scrolled, and keeps its place afterwards", async () => {
    answering({ answer: pageOf(["3"], "t,3"), coverage: {} });
    const { result, rerender } = renderHook(({ first }) => useFlowPages(first, "/api/v1/flows"), {
      initialProps: { first: pageOf(["2"], "t,2") },
    });
    rerender({ first: pageOf(["1", "2"], "t,2") });
    expect(idsOf(result.current.rows)).toBe("1 2");
    act(() => result.current.more());
    await waitFor(() => expect(idsOf(result.current.rows)).toBe("1 2 3"));
    rerender({ first: pageOf(["0", "1", "2"], "t,2") });
    expect(idsOf(result.current.rows)).toBe("1 2 3");
  });

  it("puts live rows in their place, and begins anew when it is turned on or asked to", () => {
    const { result, rerender } = renderHook(({ first, isLive }) => useFlowPages(first, "/api/v1/flows", isLive), {
      initialProps: { first: pageOf(["5", "4"], "t,4"), isLive: true },
    });
    act(() => result.current.add([rowOf("7"), rowOf("6"), rowOf("5")]));
    expect(idsOf(result.current.rows)).toBe("7 6 5 4");
    rerender({ first: pageOf(["8", "7"], "t,7"), isLive: true });
    expect(idsOf(result.current.rows)).toBe("7 6 5 4");
    rerender({ first: pageOf(["8", "7"], "t,7"), isLive: false });
    expect(idsOf(result.current.rows)).toBe("7 6 5 4");
    rerender({ first: pageOf(["9", "8"], "t,8"), isLive: true });
    expect(idsOf(result.current.rows)).toBe("9 8");
    act(() => result.current.add([rowOf("a")]));
    act(() => result.current.restart());
    rerender({ first: pageOf(["c", "b"], "t,b"), isLive: true });
    expect(idsOf(result.current.rows)).toBe("c b");
  });
});

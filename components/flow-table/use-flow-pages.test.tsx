import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { sampleRow } from "#components/testing/sample-row.ts";
import type { FlowPage, FlowRow } from "#lib/questions/answer.ts";
import { useFlowPages } from "./use-flow-pages.ts";

const pageOf = (ids: readonly string[], next?: string): FlowPage => ({ rows: ids.map((id) => sampleRow({ id })), next });
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
    act(() => result.current.add([sampleRow({ id: "7" }), sampleRow({ id: "6" }), sampleRow({ id: "5" })]));
    expect(idsOf(result.current.rows)).toBe("7 6 5 4");
    rerender({ first: pageOf(["8", "7"], "t,7"), isLive: true });
    expect(idsOf(result.current.rows)).toBe("7 6 5 4");
    rerender({ first: pageOf(["8", "7"], "t,7"), isLive: false });
    expect(idsOf(result.current.rows)).toBe("7 6 5 4");
    rerender({ first: pageOf(["9", "8"], "t,8"), isLive: true });
    expect(idsOf(result.current.rows)).toBe("9 8");
    act(() => result.current.add([sampleRow({ id: "a" })]));
    act(() => result.current.restart());
    rerender({ first: pageOf(["c", "b"], "t,b"), isLive: true });
    expect(idsOf(result.current.rows)).toBe("c b");
  });
});

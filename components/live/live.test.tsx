import { act, render, renderHook, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { FlowRow } from "#lib/questions/answer.ts";
import { NOTHING_CHOSEN } from "#lib/url/search.ts";
import { LiveSwitch, liveHref } from "./live-switch.tsx";
import { useHeldFlows } from "./use-held-flows.ts";
import { useLiveStream } from "./use-live-stream.ts";

class FakeSource extends EventTarget {
  static readonly opened: FakeSource[] = [];
  readonly url: string;
  isClosed = false;
  constructor(url: string) {
    super();
    this.url = url;
    FakeSource.opened.push(this);
  }
  close(): void {
    this.isClosed = true;
  }
  tell(name: string, data: object, mark: string): void {
    act(() => void this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data), lastEventId: mark })));
  }
  fail(): void {
    act(() => void this.dispatchEvent(new Event("error")));
  }
}

const last = (): FakeSource => {
  const found = FakeSource.opened.at(-1);
  if (found === undefined) throw new Error("none was opened");
  return found;
};

beforeEach(() => {
  FakeSource.opened.length = 0;
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", FakeSource);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("goes on from its mark after the connection broke, and hands on what comes", () => {
  const got: number[] = [];
  let broken = 0;
  const { result } = renderHook(() =>
    useLiveStream("/live?ns=a", { onFlows: (rows, skipped) => got.push(rows.length, skipped), onBroken: () => (broken += 1) }),
  );
  expect(result.current).toBe("connecting");
  last().tell("beat", { now: 1 }, "b-1");
  expect(result.current).toBe("live");
  last().tell("flows", { rows: [{}, {}], skipped: 3 }, "b-7");
  expect(got).toEqual([2, 3]);
  last().fail();
  expect(result.current).toBe("reconnecting");
  expect(last().isClosed).toBe(true);
  act(() => void vi.advanceTimersByTime(1_100));
  expect(last().url).toBe("/live?ns=a&after=b-7");
  last().tell("broken", {}, "c-1");
  expect(broken).toBe(1);
  expect(result.current).toBe("live");
});

it("takes a connection that says nothing for dead, and strange data for nothing", () => {
  const got: unknown[] = [];
  const { result, unmount } = renderHook(() => useLiveStream("/live", { onFlows: (rows) => got.push(rows), onBroken: () => undefined }));
  last().tell("flows", { rows: "no" }, "b-1");
  expect(got).toEqual([]);
  expect(result.current).toBe("live");
  act(() => void vi.advanceTimersByTime(20_100));
  expect(result.current).toBe("reconnecting");
  unmount();
  expect(FakeSource.opened.every(({ isClosed }) => isClosed)).toBe(true);
});

it("is closed while it is off", () => {
  const { result, rerender } = renderHook(
    ({ href }: { href: string | undefined }) => useLiveStream(href, { onFlows: () => undefined, onBroken: () => undefined }),
    {
      initialProps: { href: "/live" as string | undefined },
    },
  );
  rerender({ href: undefined });
  expect(result.current).toBe("off");
  expect(last().isClosed).toBe(true);
});

it("holds rows back while paused, counts what is too much, and lets them go in one", () => {
  const shown: number[] = [];
  const onRows = (rows: readonly FlowRow[]): void => void shown.push(rows.length);
  const rows = (count: number): FlowRow[] => Array.from({ length: count }, () => Object.create(null));
  const { result, rerender } = renderHook(({ isPaused }) => useHeldFlows(isPaused, onRows), { initialProps: { isPaused: true } });
  act(() => result.current.take(rows(1_500), 0));
  act(() => result.current.take(rows(700), 10));
  expect(result.current).toMatchObject({ held: 2_000, missed: 210 });
  expect(shown).toEqual([]);
  rerender({ isPaused: false });
  expect(shown).toEqual([2_000]);
  expect(result.current).toMatchObject({ held: 0, missed: 210 });
  act(() => result.current.take(rows(3), 0));
  expect(shown).toEqual([2_000, 3]);
  act(() => result.current.forget());
  expect(result.current.missed).toBe(0);
});

it("is a switch that is a link, and leaves a window in the past for the last hour", () => {
  render(<LiveSwitch path="/flows" search={{ ...NOTHING_CHOSEN, live: true }} state="live" isPaused behind={9} />);
  expect(screen.getByRole("switch", { name: /Live/, checked: true }).textContent).toBe("Livepaused");
  expect(liveHref("/flows", NOTHING_CHOSEN)).toBe("/flows?live=on");
  expect(liveHref("/flows", { ...NOTHING_CHOSEN, window: { from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z" } })).toBe(
    "/flows?from=now-1h&live=on",
  );
  expect(liveHref("/flows", { ...NOTHING_CHOSEN, live: true, text: "a" })).toBe("/flows?q=a");
});

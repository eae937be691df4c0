// @vitest-environment happy-dom
import { act, renderHook } from "@testing-library/react";
import { type OnUrlUpdateFunction, withNuqsTestingAdapter } from "nuqs/adapters/testing";
import { isParserBijective } from "nuqs/testing";
import { expect, test, vi } from "vitest";
import { hrefOf, NOTHING_CHOSEN } from "./search.ts";
import { tidyParams } from "./tidy-params.ts";
import { parseAsTexts, useSearch } from "./use-search.ts";

function rendered(searchParams: string) {
  const onUrlUpdate = vi.fn<OnUrlUpdateFunction>();
  const { result } = renderHook(() => useSearch(), {
    wrapper: withNuqsTestingAdapter({ searchParams, onUrlUpdate, hasMemory: true, processUrlSearchParams: tidyParams }),
  });
  return { result, onUrlUpdate, address: () => onUrlUpdate.mock.lastCall?.[0] };
}

test("the address bar is read", () => {
  const { result } = rendered("?from=now-24h&ns=checkout&not.port=53&namespace=web");
  expect(result.current.search).toEqual({
    ...NOTHING_CHOSEN,
    window: { from: "now-24h", to: "now" },
    filter: { include: [{ namespace: ["checkout", "web"] }], exclude: [{ port: ["53"] }] },
  });
});

test("a change pushes one entry that the server answers", async () => {
  const { result, onUrlUpdate, address } = rendered("?ns=a");
  await act(async () => result.current.change({ order: "packets", by: ["pod", "port"] }));
  await vi.waitFor(() => expect(onUrlUpdate).toHaveBeenCalledTimes(1));
  expect(address()?.options).toMatchObject({ history: "push", shallow: false });
  expect(`/${address()?.queryString}`).toBe(hrefOf("/", result.current.search));
  expect(result.current.search).toMatchObject({ order: "packets", by: ["pod", "port"] });
});

test("what stays the same pushes nothing", async () => {
  const { result, onUrlUpdate } = rendered("?ns=a&order=packets");
  await act(async () => result.current.change({ order: "packets" }));
  await act(async () =>
    result.current.change(({ filter }) => ({
      filter: { include: [{ namespace: [...(filter.include[0]?.namespace ?? [])] }], exclude: [] },
    })),
  );
  expect(onUrlUpdate).not.toHaveBeenCalled();
});

test("two changes at once are both kept", async () => {
  const { result, address } = rendered("");
  await act(async () => {
    result.current.change(({ open }) => ({ open: [...open, ["a"]] }));
    result.current.change(({ open }) => ({ open: [...open, ["b"]] }));
  });
  expect(result.current.search.open).toEqual([["a"], ["b"]]);
  await vi.waitFor(() => expect(address()?.searchParams.get("open")).toBe("a,b"));
});

test("a change takes unreadable values and other spellings with it", async () => {
  const { result, address } = rendered("?port=443,99999&namespace=a");
  await act(async () => result.current.change({ zone: "local" }));
  await vi.waitFor(() => expect(address()?.queryString).toBe("?ns=a&port=443&zone=local"));
});

test("going back to the usual takes the parameter away", async () => {
  const { result, address } = rendered("?order=packets&dir=asc");
  await act(async () => result.current.change({ order: "attempts", descending: true }, { history: "replace", shallow: true }));
  await vi.waitFor(() => expect(address()?.queryString).toBe(""));
  expect(address()?.options).toMatchObject({ history: "replace", shallow: true });
});

test("a parameter's texts survive nuqs", () => {
  expect(isParserBijective(parseAsTexts, ["a,b", "~", 'é & / "'], ["a,b", "~", 'é & / "'])).toBe(true);
});

test("a filter written in a freer way is read too, and never lost meanwhile", async () => {
  const filter = '{"include":[{"sourcePod":["a/"]},{"pod":["b"]}]}';
  const { result, address } = rendered(`?filter=${encodeURIComponent(filter)}`);
  await act(async () => result.current.change({ zone: "local" }));
  await vi.waitFor(() => expect(address()?.searchParams.get("zone")).toBe("local"));
  // The strict reader is loaded only now, compilers and all.
  await vi.waitFor(() => expect(result.current.search.filter.include).toEqual([{ source_pod: ["a/"] }, { pod: ["b"] }]), 20_000);
  expect(address()?.searchParams.get("filter")).toBe(filter);
});

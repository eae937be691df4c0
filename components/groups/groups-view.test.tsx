import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { NuqsTestingAdapter, type OnUrlUpdateFunction } from "nuqs/adapters/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { GroupRow, GroupTable } from "#lib/questions/answer.ts";
import type { Branch } from "./group-tree.ts";
import { GroupsView } from "./groups-view.tsx";

const row = (key: readonly (string | null)[], attempts: number): GroupRow => ({
  key,
  attempts,
  packets: 2 * attempts,
  reasons: { deny: attempts },
  pods: 1,
  addresses: 2,
  firstSeen: "2026-09-22T10:00:00Z",
  lastSeen: "2026-09-22T10:00:00Z",
  firstStored: "2026-09-22T10:00:00Z",
  isNew: false,
  attemptsBefore: 0,
  spark: [1, 2],
  about: { workloadKind: "Deployment", groupKind: "cidrgroup" },
});
const table = (by: GroupTable["by"], rows: readonly GroupRow[], total = rows.length): GroupTable => ({
  by,
  rows,
  total,
  totals: { attempts: 900, packets: 1800 },
});
const FIRST = table(["workload"], [row(["shop/cart"], 700), row(["shop/web"], 200)]);
const NOW = Date.UTC(2026, 8, 22, 12);

const asked = vi.fn<(address: string) => Response>();

beforeEach(() => {
  // Without a layout every element is 0 high, and a table of that height shows no rows.
  for (const side of ["clientHeight", "clientWidth"])
    Object.defineProperty(HTMLElement.prototype, side, { configurable: true, get: () => 1000 });
  vi.stubGlobal("fetch", async (address: string) => asked(address));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  asked.mockReset();
});

function show(searchParams = "", first = FIRST, branches: ReadonlyMap<string, Branch> = new Map()) {
  const onUrlUpdate = vi.fn<OnUrlUpdateFunction>();
  render(
    <NuqsTestingAdapter searchParams={searchParams} onUrlUpdate={onUrlUpdate} hasMemory>
      <GroupsView
        by={["workload", "group"]}
        first={first}
        branches={branches}
        combinations={7}
        asked={{ from: NOW - 3_600_000, to: NOW }}
        now={NOW}
      />
    </NuqsTestingAdapter>,
  );
  const address = () => onUrlUpdate.mock.lastCall?.[0];
  /** Once the address bar says so: until then nuqs may show the old address for a moment. */
  const opened = (paths: string | null) => waitFor(() => expect(address()?.searchParams.get("open")).toBe(paths));
  return { address, opened };
}

const cells = (name: string) => within(screen.getByText(name).closest<HTMLElement>("[role=row]") ?? document.body);

test("rows, their numbers, and that nothing is cut off", () => {
  show();
  expect(cells("cart").getByText("700")).toBeTruthy();
  expect(cells("cart").getByText("shop · Deployment")).toBeTruthy();
  expect(cells("cart").getByText("from 0")).toBeTruthy();
  expect(screen.getByText("2 workloads")).toBeTruthy();
  expect(screen.getByText(/7 combinations/)).toBeTruthy();
  expect(screen.getByText("Everything is shown. Nothing is cut off.")).toBeTruthy();
});

test("opening a group asks about the same window, and shows what is in it", async () => {
  const inside = table(
    ["workload", "group"],
    [row(["shop/cart", "corp"], 600), row(["shop/other", "corp"], 5), row(["shop/cart", null], 100)],
  );
  asked.mockImplementation(() => Response.json({ answer: inside, coverage: {} }));
  const { address } = show("?from=now-1h&not.port=53");
  fireEvent.click(screen.getByText("cart"));
  await waitFor(() => expect(screen.getByText("corp")).toBeTruthy());
  await waitFor(() => expect(screen.getByText("in no group")).toBeTruthy());
  expect(screen.queryByText("5")).toBeNull();
  const url = new URL(asked.mock.calls[0]?.[0] ?? "", "http://weir");
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    from: "2026-09-22T11:00:00Z",
    to: "2026-09-22T12:00:00Z",
    by: "workload,group",
    workload: "shop/cart",
    "not.port": "53",
  });
  expect(address()?.searchParams.get("open")).toBe("shop/cart");
  expect(address()?.options).toMatchObject({ shallow: true, history: "replace" });
});

test("a group that cannot be read says so, and is asked for again when it is opened again", async () => {
  const problem = { kind: "timeout", title: "The store took too long.", detail: "", next: "Try a smaller window." };
  asked.mockImplementation(() => Response.json({ problem }, { status: 504 }));
  const { opened } = show();
  fireEvent.click(screen.getByText("cart"));
  await waitFor(() => expect(screen.getByText(/The store took too long/)).toBeTruthy());
  await opened("shop/cart");
  fireEvent.click(screen.getByText("cart"));
  await waitFor(() => expect(screen.queryByText(/The store took too long/)).toBeNull());
  await opened(null);
  asked.mockImplementation(() => Response.json({ answer: table(["workload", "group"], [row(["shop/cart", "corp"], 1)]), coverage: {} }));
  fireEvent.click(screen.getByText("cart"));
  await waitFor(() => expect(screen.getByText("corp")).toBeTruthy());
  expect(asked).toHaveBeenCalledTimes(2);
});

test("what came with the page is not asked for", () => {
  show("?open=shop/web", FIRST, new Map([['["shop/web"]', { is: "rows", rows: [row(["shop/web", "corp"], 9)], total: 3 }]]));
  expect(screen.getByText("corp")).toBeTruthy();
  expect(screen.getByText("2 smaller ones are not shown.")).toBeTruthy();
  expect(asked).not.toHaveBeenCalled();
});

test("keys move, open, close and go in and out", async () => {
  asked.mockImplementation(() => Response.json({ answer: table(["workload", "group"], [row(["shop/cart", "corp"], 600)]), coverage: {} }));
  const { opened } = show();
  const grid = screen.getByRole("treegrid");
  const at = () => document.getElementById(grid.getAttribute("aria-activedescendant") ?? "");
  fireEvent.keyDown(grid, { key: "ArrowDown" });
  expect(at()?.textContent).toContain("cart");
  fireEvent.keyDown(grid, { key: "ArrowRight" });
  await waitFor(() => expect(screen.getByText("corp")).toBeTruthy());
  await opened("shop/cart");
  fireEvent.keyDown(grid, { key: "ArrowRight" });
  await waitFor(() => expect(at()?.textContent).toContain("corp"));
  fireEvent.keyDown(grid, { key: "ArrowLeft" });
  await waitFor(() => expect(at()?.textContent).toContain("cart"));
  fireEvent.keyDown(grid, { key: "Enter" });
  await waitFor(() => expect(screen.queryByText("corp")).toBeNull());
  fireEvent.keyDown(grid, { key: "End" });
  expect(at()?.textContent).toContain("web");
});

test("more groups come as the end comes into view", async () => {
  asked.mockImplementation(() => Response.json({ answer: table(["workload"], [row(["shop/third"], 3)], 3), coverage: {} }));
  show("", table(["workload"], FIRST.rows, 3));
  expect(screen.getByText("2 of 3 are here. More come as you scroll.")).toBeTruthy();
  await waitFor(() => expect(screen.getByText("third")).toBeTruthy());
  expect(asked.mock.calls[0]?.[0]).toContain("offset=2");
  expect(screen.getByText("Everything is shown. Nothing is cut off.")).toBeTruthy();
});

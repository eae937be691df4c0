import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { fakeRouter } from "#components/testing/with-router.tsx";
import { NOTHING_CHOSEN } from "#lib/url/search.ts";
import { FacetList } from "./facet-list.tsx";
import { facetRows } from "./facet-model.ts";

const names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
const facet = { dimension: "namespace", values: names.map((value, index) => ({ value, attempts: 90 - index })), total: 40 } as const;

function show(filter = NOTHING_CHOSEN.filter) {
  const search = { ...NOTHING_CHOSEN, filter };
  const { push, wrapper } = fakeRouter();
  const rows = facetRows(facet, "/groups", search);
  render(<FacetList dimension="namespace" many="namespaces" rows={rows} total={40} path="/groups" search={search} />, { wrapper });
  return { push, user: userEvent.setup() };
}
const shown = (): readonly (string | null)[] => screen.getAllByRole("listitem").map((row) => row.querySelector("bdi")?.textContent ?? null);

afterEach(() => vi.restoreAllMocks());

it("shows the five biggest and says how many more there are", async () => {
  const { user } = show();
  expect(shown()).toEqual(["a", "b", "c", "d", "e"]);
  await user.click(screen.getByRole("button", { name: "35 more" }));
  expect(shown()).toEqual(names);
  expect(screen.getByText("The 9 biggest. Search finds the others.")).toBeTruthy();
});

it("never hides what is chosen", () => {
  show({ include: [], exclude: [{ namespace: ["h"] }] });
  expect(shown()).toEqual(["a", "b", "c", "d", "e", "h"]);
  expect(screen.getByRole("link", { name: /h.*excluded/ })).toBeTruthy();
});

it("excludes on Alt-click instead of following the link", async () => {
  const { push, user } = show();
  await user.keyboard("{Alt>}");
  await user.click(screen.getByRole("link", { name: /^b/ }));
  await user.keyboard("{/Alt}");
  expect(push).toHaveBeenCalledExactlyOnceWith("/groups?not.ns=b", { scroll: false });
});

it("reaches including, only and excluding by keyboard", async () => {
  const { user } = show();
  const stops: (string | null)[] = [];
  for (let step = 0; step < 4; step++) {
    await user.tab();
    stops.push(document.activeElement?.getAttribute("href") ?? document.activeElement?.getAttribute("aria-label") ?? null);
  }
  expect(stops).toEqual(["Search namespaces", "/groups?ns=a", "/groups?ns=a", "/groups?not.ns=a"]);
});

it("searches beyond what the page holds", async () => {
  const fetching = vi
    .spyOn(globalThis, "fetch")
    .mockImplementation(async () =>
      Response.json({ answer: [{ dimension: "namespace", values: [{ value: "zebra", attempts: 1 }], total: 1 }] }),
    );
  const { user } = show();
  await user.type(screen.getByRole("searchbox", { name: "Search namespaces" }), "zeb");
  expect((await screen.findByText("zebra")).tagName).toBe("BDI");
  expect(String(fetching.mock.lastCall?.[0])).toContain("find.namespace=zeb");
  expect(shown()).toEqual(["zebra"]);
});

it("says that it could not look, not that there is nothing", async () => {
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response("", { status: 503 }));
  const { user } = show();
  await user.type(screen.getByRole("searchbox", { name: "Search namespaces" }), "z");
  expect(await screen.findByText("The server did not answer.")).toBeTruthy();
});

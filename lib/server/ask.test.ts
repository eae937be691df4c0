import { expect, it } from "vitest";
import { createMemoryStore } from "#lib/stores/memory/memory-store.ts";
import { groupsQuestion, readAsked, topQuestion } from "./ask.ts";

const now = Date.UTC(2026, 10, 23, 12);
const store = createMemoryStore({ now: () => now });

it("resolves what was searched for against the clock", async () => {
  const asked = await readAsked(new URLSearchParams("from=now-1h&q=web&order=packets&dir=asc"), { store, now });
  expect(asked.question).toEqual({ window: { from: now - 3_600_000, to: now }, filter: { include: [], exclude: [] }, text: "web" });
  expect(asked.windowChosen).toBe(true);
  expect(groupsQuestion(asked, { by: ["pod"], limit: 5 })).toMatchObject({
    by: ["pod"],
    order: "packets",
    descending: false,
    offset: 0,
    limit: 5,
  });
  expect(topQuestion(asked, { by: ["pod"], limit: 5 })).toMatchObject({ order: "attempts", descending: true });
});

it("opens on the default window when none was chosen", async () => {
  const asked = await readAsked({}, { store, now });
  expect(asked.question.window).toEqual({ from: now - 86_400_000, to: now });
  expect(asked.windowChosen).toBe(false);
});

it("names a window that lies the wrong way round once now is known", async () => {
  const asked = await readAsked(new URLSearchParams("from=now-1h&to=2020-01-01T00:00:00Z"), { store, now });
  expect(asked.unreadable.map((one) => one.name)).toEqual(["to"]);
  expect(asked.question.window).toEqual({ from: now - 86_400_000, to: now });
});

it("still asks when the store cannot answer", async () => {
  const problem = { kind: "unavailable", title: "gone", detail: "", next: "" } as const;
  const asked = await readAsked({}, { store: { ...store, status: async () => ({ problem }) }, now });
  expect(asked.status).toEqual({ problem });
  expect(asked.question.window.to).toBe(now);
});

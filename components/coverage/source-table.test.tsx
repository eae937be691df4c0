import { MantineProvider } from "@mantine/core";
import { render, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { sampleSource } from "#components/testing/sample-coverage.ts";
import { HEARINGS } from "#lib/questions/source-report.ts";
import { HEARING_WORDS, hearingRank } from "./hearing-words.ts";
import { SourceTable } from "./source-table.tsx";

const NOW = Date.parse("2026-09-22T10:42:00Z");

function show(sources: readonly ReturnType<typeof sampleSource>[]): readonly HTMLElement[] {
  render(
    <MantineProvider>
      <SourceTable sources={sources} now={NOW} />
    </MantineProvider>,
  );
  return screen.queryAllByRole("row").slice(1);
}

it("names every kind of silence differently", () => {
  const words = HEARINGS.map((hearing) => HEARING_WORDS[hearing].words);
  expect(new Set(words).size).toBe(HEARINGS.length);
  expect([...HEARINGS].map(hearingRank).every((rank) => rank >= 0)).toBe(true);
});

it("shows the worst first, with what it means and what the agent said", () => {
  const rows = show([
    sampleSource({ node: "a", name: "cilium-a" }),
    sampleSource({
      node: "b",
      name: "cilium-b",
      hearing: "rejected",
      exporter: [{ time: "2026-09-22T10:41:55Z", level: "error", text: "Failed to parse dynamic exporter config \u202Ebad" }],
    }),
    sampleSource({
      node: "c",
      name: "cilium-c",
      hearing: "forbidden",
      trouble: 'User "weir" cannot get resource "pods/log"',
      lastFlow: "",
    }),
  ]);
  expect(rows.map((row) => within(row).getByRole("rowheader").textContent)).toEqual(["ccilium-c", "bcilium-b", "acilium-a"]);
  expect(rows[0]?.textContent).toContain("kubectl auth can-i get pods --subresource=log");
  expect(rows[0]?.textContent).toContain("never");
  expect(rows[1]?.textContent).toContain("Config rejected");
  expect(rows[1]?.textContent).toContain("⟨U+202E⟩");
  expect(rows[2]?.textContent).toContain("2 s ago");
});

it("leads from a silence that the exporter causes to the workshop, and says what was left out", () => {
  const [rotated, flowing] = show([sampleSource({ name: "b", hearing: "stdout-rotated", shed: 1_204 }), sampleSource({ name: "a" })]);
  if (rotated === undefined || flowing === undefined) throw new Error("two rows");
  expect(within(rotated).getByRole("link", { name: "Mend it in the exporter workshop" }).getAttribute("href")).toMatch(
    /^\/exporter\?config=/,
  );
  expect(rotated.textContent).toContain("1,204 lines were left out");
  expect(within(flowing).queryByRole("link")).toBeNull();
});

it("says when lines may be missing, and why", () => {
  const [row] = show([sampleSource({ gaps: 2, lastGap: { from: "2026-09-22T10:00:00.5Z", to: "2026-09-22T10:01:00Z", why: "rotated" } })]);
  expect(row?.textContent).toContain("between 2026-09-22 10:00:00 and 2026-09-22 10:01:00 UTC: the log was rotated.");
});

it("says since when an agent is gone whose log lacks something", () => {
  const [row] = show([sampleSource({ hearing: "gone", goneSince: "2026-09-22T10:02:03.5Z", gaps: 1 })]);
  expect(row?.textContent).toContain("Gone since 2026-09-22 10:02:03 UTC. What its log lacks stays missing.");
});

it("is not there when nothing is followed", () => {
  expect(show([])).toEqual([]);
});

import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { sampleCoverage, sampleFeed } from "#components/testing/sample-coverage.ts";
import type { Coverage } from "#lib/questions/answer.ts";
import { NOTHING_CHOSEN } from "#lib/url/search.ts";
import { NothingBlocked } from "./nothing-blocked.tsx";

const asked = { from: Date.parse("2026-09-22T09:42:00Z"), to: Date.parse("2026-09-22T10:42:00Z") };

function show(coverage: Coverage, nearest?: string) {
  const search = { ...NOTHING_CHOSEN, filter: { include: [{ namespace: ["identity"] }], exclude: [] } };
  render(<NothingBlocked path="/flows" search={search} asked={asked} now={asked.to} coverage={coverage} nearest={nearest} />);
  return screen.getByRole("heading").textContent;
}

it("says that nothing was blocked only when nothing is missing", () => {
  expect(show(sampleCoverage())).toBe("Nothing blocked.");
  expect(screen.getByText(/No blocked egress of pods in identity in 22 Sep 09:42 – 10:42 UTC\./)).toBeTruthy();
});

it("says what it did not see otherwise", () => {
  expect(show(sampleCoverage({ lost: { HUBBLE_RING_BUFFER: 412 } }))).toBe("Nothing blocked in what was seen.");
  expect(screen.getByText(/Hubble lost 412 events\. What was not seen may have been blocked\./)).toBeTruthy();
});

it("knows nothing of a time before everything that is stored", () => {
  expect(show(sampleCoverage({ span: { oldest: "2026-09-22T10:42:00Z", newest: "2026-09-22T11:00:00Z" } }))).toBe(
    "Nothing is known of this time.",
  );
  expect(screen.getByText(/The oldest flow that is stored is of 22 Sep 10:42 UTC/)).toBeTruthy();
});

it("does not speak for what others ship", () => {
  expect(show(sampleCoverage({ shipped: { checks: [] } }))).toBe("Nothing blocked in what arrived.");
  expect(document.body.textContent).not.toMatch(/Every line|no event was lost/);
});

it("shows where the way to a cluster ends, and what helps, when no flow has arrived", () => {
  const checks = [
    { what: "Table", state: "good", found: "It is there.", next: "" },
    { what: "Rows", state: "bad", found: "None in 14 days.", next: "Check that Fluent Bit runs." },
    { what: "Flows", state: "unknown", found: "Not looked at yet.", next: "" },
  ] as const;
  expect(show(sampleCoverage({ span: undefined, shipped: { checks } }))).toBe("No flow has arrived yet.");
  const items = screen.getAllByRole("listitem").map((item) => item.textContent);
  expect(items).toEqual(["Table: It is there.", "Rows: None in 14 days. Check that Fluent Bit runs.", "Flows: Not looked at yet."]);
});

it("checks hop by hop when nothing is stored", () => {
  const lines = { ...sampleCoverage().lines, total: 40, flows: 0, notices: 0, agent: 40 };
  expect(show(sampleCoverage({ span: undefined, lines, feeds: [sampleFeed()] }))).toBe("No flow is stored yet.");
  expect(screen.getByText(/None of them is a flow: 40 are the agent's own/)).toBeTruthy();
});

it("offers the nearest time that has something, all time, and fewer filters", () => {
  show(sampleCoverage(), "2026-09-12T06:00:00.123456789Z");
  const links = screen.getAllByRole("link").map((link) => [link.textContent, link.getAttribute("href")]);
  expect(links).toEqual([
    ["Nearest blocked egress: 12 Sep 06:00 UTC", "/flows?from=2026-09-12T05:30:00.123Z&to=2026-09-12T06:30:00.123Z&ns=identity"],
    ["All stored time", "/flows?from=2026-09-10T00:00:00Z&to=2026-09-22T10:41:58.001Z&ns=identity"],
    ["The same window without filters", "/flows"],
  ]);
});

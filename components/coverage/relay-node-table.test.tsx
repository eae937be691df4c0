import { MantineProvider } from "@mantine/core";
import { render, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { sampleSource } from "#components/testing/sample-coverage.ts";
import { HEARINGS } from "#lib/questions/source-report.ts";
import { RelayNodeTable } from "./relay-node-table.tsx";
import { relayWords } from "./relay-words.ts";
import { SourceTable } from "./source-table.tsx";

const NOW = Date.parse("2026-09-22T10:42:00Z");
const HUBBLE = { seen: 12_345, held: 4_000, room: 4_095 };

it("shows nodes behind the relay apart from agents, the worst first", () => {
  const sources = [
    sampleSource({ node: "agent", name: "cilium-a" }),
    sampleSource({ node: "lab/a", hubble: HUBBLE }),
    sampleSource({
      node: "lab/b\u202E",
      hearing: "unreachable",
      trouble: "connection refused",
      lost: 7,
      hubble: { seen: undefined, held: undefined, room: undefined },
      lastGap: { from: "2026-09-22T10:00:00.5Z", to: "2026-09-22T10:01:00Z", why: "forgotten" },
    }),
  ];
  render(
    <MantineProvider>
      <SourceTable sources={sources} now={NOW} />
      <RelayNodeTable sources={sources} now={NOW} />
    </MantineProvider>,
  );
  const [agents, nodes] = screen.getAllByRole("table").map((table) => within(table).getAllByRole("row").slice(1));
  expect(agents?.map((row) => within(row).getByRole("rowheader").textContent)).toEqual(["agentcilium-a"]);
  expect(nodes?.map((row) => within(row).getByRole("rowheader").textContent?.slice(0, 5))).toEqual(["lab/b", "lab/a"]);
  expect(nodes?.[0]?.textContent).toContain("Not reached by Relay");
  expect(nodes?.[0]?.textContent).toContain("connection refused");
  expect(nodes?.[0]?.textContent).toContain("⟨U+202E⟩");
  expect(nodes?.[0]?.textContent).toContain("between 2026-09-22 10:00:00 and 2026-09-22 10:01:00 UTC");
  expect(nodes?.[1]?.textContent).toContain("12,345");
  expect(nodes?.[1]?.textContent).toContain("4,000 of 4,095");
});

it("says whose node it is only where several relays are followed", () => {
  const [one, other] = ["Hubble Relay, a:443", "Hubble Relay, b:443"].map((feed) => sampleSource({ feed, node: "n1", hubble: HUBBLE }));
  if (one === undefined || other === undefined) throw new Error("two nodes");
  const { rerender } = render(<RelayNodeTable sources={[one]} now={NOW} />, { wrapper: MantineProvider });
  expect(screen.queryByText("Hubble Relay, a:443")).toBeNull();
  rerender(<RelayNodeTable sources={[one, other]} now={NOW} />);
  expect(screen.getByText("Hubble Relay, a:443")).toBeDefined();
  expect(screen.getByText("Hubble Relay, b:443")).toBeDefined();
});

it("has words for every hearing, each its own", () => {
  const words = HEARINGS.map((hearing) => relayWords(hearing).words);
  expect(new Set(words).size).toBe(HEARINGS.length);
});

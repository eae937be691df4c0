import { cleanup, render, screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Answer, Coverage, GroupRow, GroupTable, Problem, Summary, Timeline } from "#lib/questions/answer.ts";
import { NOTHING_CHOSEN } from "#lib/url/search.ts";
import { Overview } from "./overview.tsx";
import type { OverviewAnswers } from "./overview-answers.ts";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => undefined }) }));
vi.mock("next/dynamic", () => ({ default: () => () => null }));

const FROM = Date.parse("2026-09-21T10:00:00Z");
const TO = Date.parse("2026-09-22T10:00:00Z");

describe("Overview", () => {
  it("shows totals, change, reasons and what is not counted", () => {
    mount({});
    const totals = screen.getByRole("region", { name: "Totals" });
    expect(totals.textContent).toContain("Attempts1,200");
    expect(totals.textContent).toContain("2.0× the 24 h before, 600");
    expect(totals.textContent).toContain("Explicit deny");
    expect(within(totals).getByRole("link", { name: "7 would-be drops" }).getAttribute("href")).toBe("/?reason=audit");
    expect(within(totals).getByRole("link", { name: "2 new" }).getAttribute("href")).toBe("/groups?by=workload&order=first");
  });

  it("says why reasons can be more than all attempts, and only then", () => {
    mount({ summary: ok({ ...summary, reasons: { deny: 900, default: 424 } }) });
    expect(screen.getByText("124 more than all attempts: an attempt that met two reasons counts under both.")).toBeDefined();
    cleanup();
    mount({ summary: ok({ ...summary, reasons: { deny: 900, default: 300 } }) });
    expect(screen.queryByText(/counts under both/)).toBeNull();
  });

  it("says that nothing is stored from before instead of calling all of it new", () => {
    mount({ summary: ok({ ...summary, before: undefined }) });
    expect(screen.getAllByText("nothing stored from before")).toHaveLength(2);
  });

  it("lets each part fail alone", () => {
    mount({ timeline: { problem }, ports: { problem } });
    expect(screen.getAllByText(problem.title)).toHaveLength(2);
    expect(screen.getByRole("region", { name: "Senders" }).textContent).toContain("cart-api");
    expect(screen.getByRole("region", { name: "Totals" }).textContent).toContain("1,200");
  });

  it("says that nothing was blocked, and where there is something", () => {
    mount({ summary: ok(nothing), nearest: "2026-09-20T08:00:00Z" });
    expect(screen.getByText("Nothing blocked.")).toBeDefined();
    expect(screen.getByRole("link", { name: /20 Sep 08:00/ })).toBeDefined();
    expect(screen.getByRole("link", { name: "7 would-be drops" })).toBeDefined();
    expect(screen.queryByRole("region", { name: "Senders" })).toBeNull();
  });

  it("never says that nothing was blocked when the totals could not be read", () => {
    mount({ summary: { problem }, nearest: undefined });
    expect(screen.queryByText(/Nothing blocked/)).toBeNull();
  });

  it("fails once where nothing could be read", () => {
    mount({ summary: { problem }, timeline: { problem }, senders: { problem }, destinations: { problem }, ports: { problem } });
    expect(screen.getAllByText(problem.title)).toHaveLength(1);
  });

  it("checks the way of a flow where nothing is stored at all", () => {
    mount({ summary: { answer: { ...nothing, notCounted: { audit: 0, other: 0 } }, coverage: { ...coverage, span: undefined } } });
    expect(screen.getByText("No flow is stored yet.")).toBeDefined();
    expect(screen.queryByRole("region", { name: "Totals" })).toBeNull();
  });

  it("shows nine rows and says how many there are", () => {
    const many = { ...table, rows: Array.from({ length: 12 }, (_, index) => ({ ...row, key: [`shop/w${index}`] })), total: 1234 };
    mount({ senders: ok(many) });
    const senders = screen.getByRole("region", { name: "Senders" });
    expect(within(senders).getAllByRole("row")).toHaveLength(10);
    expect(within(senders).getByRole("link", { name: "All 1,234 workloads" }).getAttribute("href")).toBe("/groups?by=workload");
  });

  it("does not run what a log calls itself", () => {
    mount({ senders: ok({ ...table, rows: [{ ...row, key: ["<img src=x onerror=alert(1)>/javascript:alert(1)"] }] }) });
    expect(document.querySelector("img")).toBeNull();
    expect(screen.getByRole("region", { name: "Senders" }).textContent).toContain("javascript:alert(1)");
    expect([...document.querySelectorAll("a")].every((link) => link.getAttribute("href")?.startsWith("/"))).toBe(true);
  });
});

function mount(answers: Partial<OverviewAnswers>): void {
  const all: OverviewAnswers = {
    summary: ok(summary),
    timeline: ok(timeline),
    senders: ok(table),
    destinations: ok(table),
    ports: ok(table),
    pairs: undefined,
    nearest: undefined,
    ...answers,
  };
  render(<Overview answers={all} search={NOTHING_CHOSEN} asked={{ from: FROM, to: TO }} now={TO} />);
}

const summary: Summary = {
  attempts: 1200,
  packets: 3000,
  senders: { workloads: 15, pods: 112, fresh: 2 },
  destinations: { groups: 12, addresses: 361, fresh: 0 },
  reasons: { deny: 900, default: 300 },
  notCounted: { audit: 7, other: 0 },
  before: { attempts: 600, packets: 2900, from: "2026-09-20T10:00:00Z" },
};

const nothing: Summary = { ...summary, attempts: 0, packets: 0, reasons: {}, before: undefined };

const row: GroupRow = {
  key: ["checkout/cart-api"],
  attempts: 900,
  packets: 900,
  reasons: { deny: 900 },
  pods: 3,
  addresses: 1,
  firstSeen: "2026-09-21T10:00:00Z",
  lastSeen: "2026-09-22T09:00:00Z",
  firstStored: "2026-09-21T10:00:00Z",
  isNew: true,
  attemptsBefore: 0,
  spark: [1, 2, 3],
  about: {},
};

const table: GroupTable = { by: ["workload"], rows: [row], total: 1, totals: { attempts: 900, packets: 900 } };

const timeline: Timeline = {
  start: FROM,
  width: 3_600_000,
  count: 24,
  series: [{ name: "deny", values: Array.from({ length: 24 }, () => 50) }],
  before: undefined,
  fresh: [{ workload: "checkout/cart-api", at: FROM + 3_600_000 }],
};

const problem: Problem = {
  kind: "timeout",
  title: "The store did not answer in time.",
  detail: "It was given 10 s.",
  next: "A smaller window asks less of it.",
};

function ok<T>(answer: T): Answer<T> {
  return { answer, coverage };
}

const coverage: Coverage = {
  store: "memory",
  window: { from: "2026-09-21T10:00:00Z", to: "2026-09-22T10:00:00Z" },
  span: { oldest: "2026-09-01T00:00:00Z", newest: "2026-09-22T10:00:00Z" },
  lines: { total: 0, flows: 0, notices: 0, agent: 0, rejected: 0, rejectedBy: {}, duplicates: 0 },
  lost: {},
  feeds: [],
  nodes: 1,
  demo: undefined,
  truncated: undefined,
};

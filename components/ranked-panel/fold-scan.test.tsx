import { describe, expect, it } from "vitest";
import type { GroupRow, GroupTable } from "#lib/questions/answer.ts";
import { foldScans, isScan, mayHoldScan } from "./fold-scan.ts";

describe("foldScans", () => {
  const scanned = Array.from({ length: 20 }, (_, index) => row([String(2000 + index)], 100 + index));
  const ports = table([row(["1433"], 9000), ...scanned, row(["53"], 50)]);
  const pairs = table([
    row(["checkout/cart-api", "1433"], 9000),
    ...scanned.map((port) => row(["ci/runner", port.key[0] ?? null], port.attempts)),
    row(["web/a", "53"], 30),
    row(["web/b", "53"], 20),
  ]);

  it("makes one row of the ports that one sender alone tried", () => {
    const { rows, isComplete } = foldScans(ports, pairs);
    expect(isComplete).toBe(true);
    expect(rows.map((each) => (isScan(each) ? `${each.ports.length} of ${each.workload}` : each.key[0]))).toEqual([
      "1433",
      "20 of ci/runner",
      "53",
    ]);
  });

  it("neither loses nor adds an attempt", () => {
    const sum = foldScans(ports, pairs).rows.reduce((all, each) => all + (isScan(each) ? each.row.attempts : each.attempts), 0);
    expect(sum).toBe(ports.rows.reduce((all, each) => all + each.attempts, 0));
  });

  it("leaves a port alone that the same sender tries far more often", () => {
    const loud = row(["443"], 5000);
    const { rows } = foldScans(table([loud, ...ports.rows]), table([row(["ci/runner", "443"], 5000), ...pairs.rows]));
    expect(rows.some((each) => !isScan(each) && each.key[0] === "443")).toBe(true);
  });

  it("leaves ports alone that others tried too", () => {
    const shared = table(pairs.rows.map((pair) => ({ ...pair, attempts: pair.attempts - 1 })));
    const { rows } = foldScans(ports, shared);
    expect(rows.filter(isScan)).toEqual([]);
    expect(rows).toHaveLength(ports.rows.length);
  });

  it("says when there are more ports than it was given", () => {
    expect(foldScans({ ...ports, total: 400 }, pairs).isComplete).toBe(false);
  });
});

describe("mayHoldScan", () => {
  it("asks no further where ports are shared", () => {
    const many = Array.from({ length: 20 }, (_, index) => row([String(index)], 5));
    expect(mayHoldScan(table(many))).toBe(true);
    expect(mayHoldScan(table(many.map((each) => ({ ...each, pods: 3 }))))).toBe(false);
  });
});

function table(rows: readonly GroupRow[]): GroupTable {
  return { by: ["port"], rows, total: rows.length, totals: { attempts: 0, packets: 0 } };
}

function row(key: readonly (string | null)[], attempts: number): GroupRow {
  return {
    key,
    attempts,
    packets: attempts,
    reasons: { deny: attempts },
    pods: 1,
    addresses: 1,
    firstSeen: "2026-09-21T10:00:00.000000001Z",
    lastSeen: "2026-09-21T11:00:00Z",
    firstStored: "2026-09-21T10:00:00.000000001Z",
    isNew: false,
    attemptsBefore: undefined,
    spark: [1, 2],
    about: {},
  };
}

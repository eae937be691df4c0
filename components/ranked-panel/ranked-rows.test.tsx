import { describe, expect, it } from "vitest";
import type { GroupAbout, GroupRow } from "#lib/questions/answer.ts";
import { NOTHING_CHOSEN } from "#lib/url/search.ts";
import { rankedPorts, rankedRow } from "./ranked-rows.ts";

describe("rankedRow", () => {
  it("names a workload first and its namespace lighter, and leads to only it, without it and to its flows", () => {
    expect(rankedRow(row("checkout/cart-api"), "workload", NOTHING_CHOSEN)).toMatchObject({
      name: "cart-api",
      detail: "checkout",
      title: "checkout/cart-api",
      only: "/?workload=checkout/cart-api",
      exclude: "/?not.workload=checkout/cart-api",
      flows: "/flows?workload=checkout/cart-api",
    });
  });

  it("keeps what else is chosen, and replaces a choice of the same kind", () => {
    const search = { ...NOTHING_CHOSEN, text: "cart", filter: { include: [{ port: ["443", "80"] }], exclude: [{ namespace: ["ops"] }] } };
    expect(rankedRow(row("443"), "port", search).only).toBe("/?q=cart&port=443&not.ns=ops");
  });

  it("takes the question along to another page, not how this page looks", () => {
    const search = { ...NOTHING_CHOSEN, text: "cart", split: "group" as const, tab: "table" };
    expect(rankedRow(row("443"), "port", search).flows).toBe("/flows?q=cart&port=443");
    expect(rankedRow(row("443"), "port", search).only).toBe("/?q=cart&port=443&tab=table&split=group");
  });

  it("says what a port is for, and its protocol where it is not TCP alone", () => {
    expect(rankedRow(row("1433", { protocols: ["TCP"] }), "port", NOTHING_CHOSEN).detail).toBe("SQL Server");
    expect(rankedRow(row("53", { protocols: ["UDP"] }), "port", NOTHING_CHOSEN).detail).toBe("UDP DNS");
    expect(rankedRow(row("53", { protocols: ["TCP", "UDP"] }), "port", NOTHING_CHOSEN).detail).toBe("TCP, UDP DNS");
  });

  it("explains well-known addresses and Cilium's own names", () => {
    expect(rankedRow(row("169.254.169.254"), "ip", NOTHING_CHOSEN).detail).toBe("cloud metadata");
    expect(rankedRow(row("world", { groupKind: "reserved" }), "group", NOTHING_CHOSEN).title).toContain("outside the cluster");
  });

  it("has words and a link for flows without a value", () => {
    expect(rankedRow(row(null, { protocols: ["ICMPv4"] }), "port", NOTHING_CHOSEN)).toMatchObject({ name: "no port", detail: "ICMPv4" });
  });

  it("shows hostile names as what they are", () => {
    const hostile = rankedRow(row("evil\u202e/<b>"), "workload", NOTHING_CHOSEN);
    expect([hostile.name, hostile.detail]).toEqual(["<b>", "evil⟨U+202E⟩"]);
  });
});

describe("rankedPorts", () => {
  it("writes a scan as one row that opens its sender's ports", () => {
    const scan = { workload: "ci/runner", ports: Array.from({ length: 64 }, (_, index) => String(index + 1)), row: row("1") };
    const [first] = rankedPorts({ rows: [scan], isComplete: true }, NOTHING_CHOSEN, 9);
    expect(first).toMatchObject({
      name: "64 ports",
      detail: "together",
      only: "/groups?workload=ci/runner&by=workload,port",
      exclude: undefined,
    });
    expect(rankedPorts({ rows: [scan], isComplete: false }, NOTHING_CHOSEN, 9)[0]?.name).toBe("64+ ports");
  });
});

function row(key: string | null, about: GroupAbout = {}): GroupRow {
  return {
    key: [key],
    attempts: 1,
    packets: 1,
    reasons: { deny: 1 },
    pods: 1,
    addresses: 1,
    firstSeen: "2026-09-21T10:00:00Z",
    lastSeen: "2026-09-21T11:00:00Z",
    firstStored: "2026-09-21T10:00:00Z",
    isNew: false,
    attemptsBefore: undefined,
    spark: [],
    about,
  };
}

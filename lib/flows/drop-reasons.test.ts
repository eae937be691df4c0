/** Drop reasons by code, name and meaning for the product. */
import { describe, expect, it } from "vitest";
import {
  DROP_REASONS,
  dropReasonCode,
  dropReasonName,
  dropReasonOfCode,
  dropReasonOfName,
  dropReasonText,
  reasonOf,
} from "./drop-reasons.ts";
import type { Reason } from "./reason.ts";

describe("the table", () => {
  it("has each code and each name once, and says something about all of them", () => {
    const named = DROP_REASONS.filter(({ name }) => name !== "");
    expect(new Set(DROP_REASONS.map(({ code }) => code)).size).toBe(DROP_REASONS.length);
    expect(new Set(named.map(({ name }) => name)).size).toBe(named.length);
    expect(DROP_REASONS.filter(({ meaning }) => !/^[A-Z].*\.$/.test(meaning))).toEqual([]);
    expect(DROP_REASONS.map(({ code }) => code)).toEqual([0, ...range(130, 158), ...range(160, 207)]);
  });

  it("keeps default deny and explicit deny apart", () => {
    expect(dropReasonOfCode(133)).toMatchObject({ name: "POLICY_DENIED", text: "Policy denied" });
    expect(dropReasonOfCode(181)).toMatchObject({ name: "POLICY_DENY", text: "Policy denied by denylist" });
    expect(dropReasonOfName("POLICY_DENY")?.code).toBe(181);
  });

  it("goes from code to name and back, and keeps what it does not know", () => {
    for (const { code } of DROP_REASONS) expect(dropReasonCode(dropReasonName(code))).toBe(code);
    expect([dropReasonName(206), dropReasonName(999), dropReasonName(0)]).toEqual(["206", "999", ""]);
    expect([dropReasonCode("__proto__"), dropReasonCode(""), dropReasonCode("999")]).toEqual([0, 0, 999]);
    expect([dropReasonText(206), dropReasonText(999)]).toEqual(["No device", "Drop reason 999"]);
  });
});

const cases: readonly [verdict: string, code: number, name: string, eventType: number, reason: Reason][] = [
  ["DROPPED", 181, "POLICY_DENY", 1, "deny"],
  ["DROPPED", 133, "POLICY_DENIED", 5, "default"],
  ["DROPPED", 0, "POLICY_DENIED", -1, "default"],
  ["DROPPED", 189, "AUTH_REQUIRED", 1, "auth"],
  ["DROPPED", 0, "", 129, "l7"],
  ["DROPPED", 202, "DROP_HOST_NOT_READY", 1, "other"],
  ["DROPPED", 0, "206", 1, "other"],
  ["DROPPED", 0, "", 1, "other"],
  ["AUDIT", 133, "POLICY_DENIED", 5, "audit"],
  ["AUDIT", 0, "", 5, "audit"],
  ["FORWARDED", 0, "", 4, "none"],
  ["REDIRECTED", 0, "", 5, "none"],
  ["VERDICT_UNKNOWN", 181, "", 5, "deny"],
  ["VERDICT_UNKNOWN", 0, "", 1, "other"],
  ["VERDICT_UNKNOWN", 0, "", 5, "none"],
  ["9", 202, "DROP_HOST_NOT_READY", 1, "other"],
];

it.each(cases)("verdict %s, code %i %s, event type %i: %s", (verdict, dropReason, name, eventType, reason) => {
  expect(reasonOf({ verdict, dropReason, dropReasonName: name, eventType })).toBe(reason);
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

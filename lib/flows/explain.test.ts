import { describe, expect, it } from "vitest";
import { type ExplainedFlow, explain, policyKnowledge } from "./explain.ts";
import { REASONS } from "./reason.ts";

const FLOW: ExplainedFlow = {
  reason: "deny",
  verdict: "DROPPED",
  dropReason: 181,
  pod: "prod/api-1",
  destinationIp: "10.60.12.7",
  destinationPort: 1433,
  protocol: "TCP",
  group: "corp-deny",
  groupKind: "cidrgroup",
  names: [],
};

describe("explain", () => {
  it("says that an allow rule does not beat a deny rule", () => {
    const { sentence, meaning, helps } = explain(FLOW);
    expect(sentence).toBe("A deny rule covers 10.60.12.7 on port 1433.");
    expect(meaning).toBe("Deny beats allow in Cilium: another allow policy will not open this.");
    expect(helps.some((help) => help.startsWith("Allow"))).toBe(false);
    expect(helps[0]).toContain("CIDR group corp-deny");
  });

  it.each<[Partial<ExplainedFlow>, string]>([
    [{ names: ["api.example.com"] }, "Allow it with toFQDNs api.example.com on port 1433; the address behind a name may change."],
    [{ groupKind: "none", group: "" }, "Allow it with toCIDR 10.60.12.7/32 on port 1433, or with toFQDNs if the destination has a name."],
    [
      { groupKind: "none", group: "", destinationIp: "2001:db8::1", destinationPort: null },
      "Allow it with toCIDR 2001:db8::1/128, or with toFQDNs if the destination has a name.",
    ],
    [{ groupKind: "reserved", group: "kube-apiserver" }, "Allow it with toEntities kube-apiserver on port 1433."],
    [
      { groupKind: "workload", group: "db/pg" },
      "Allow it with toEndpoints for db/pg on port 1433. Name the pod's own port, not the Service's.",
    ],
  ])("for a default deny prefers what the destination is known by: %j", (different, help) => {
    expect(explain({ ...FLOW, reason: "default", dropReason: 133, ...different }).helps[0]).toBe(help);
  });

  it("never offers a policy change for what policy did not decide", () => {
    const told = explain({ ...FLOW, reason: "other", dropReason: 158 });
    expect(told.meaning).toBe("This was not a decision of policy, so no policy changes it.");
    expect(explain({ ...FLOW, reason: "other", dropReason: 250 }).sentence).toContain("250");
  });

  it("has a whole sentence for every reason, even where the flow says next to nothing", () => {
    const bare: ExplainedFlow = { ...FLOW, pod: "", destinationIp: "", destinationPort: null, protocol: "", group: "", groupKind: "none" };
    for (const reason of REASONS) {
      for (const flow of [FLOW, bare]) {
        const { sentence, meaning, helps } = explain({ ...flow, reason });
        for (const text of [sentence, ...(meaning === "" ? [] : [meaning]), ...helps]) expect(text).toMatch(/^[A-Z].*\.$/);
        expect(`${sentence}${meaning}${helps.join("")}`).not.toMatch(/undefined|null| {2}| \./);
      }
    }
  });
});

describe("policyKnowledge", () => {
  it.each([
    ["deny", ["prod/deny-egress"], "recorded"],
    ["default", [], "candidate"],
    ["deny", [], "unknown"],
    ["other", [], "unknown"],
  ] as const)("%s with %j is %s", (reason, policies, step) => {
    expect(policyKnowledge({ reason, pod: "prod/api-1" }, policies).step).toBe(step);
  });
});

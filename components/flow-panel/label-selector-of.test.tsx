import { describe, expect, it } from "vitest";
import { labelSelectorOf, labelsInOrder, shortLabel } from "./label-selector-of.ts";

describe("labelSelectorOf", () => {
  it("takes labels that are selectors of themselves", () => {
    for (const label of ["k8s:app=cart-api", "reserved:world", "cidrgroup:io.cilium.policy.cidrgroupname/corp-legacy", "cidr:10.0.0.0/8"])
      expect(labelSelectorOf(label)).toBe(label);
  });

  it("refuses what a selector would read otherwise or not at all", () => {
    for (const label of ["a=b,c=d", "!k8s:app", "k8s:app in (a)", "k8s:x=<script>", "", "k8s:x=\u202e", `k8s:${"a".repeat(500)}`])
      expect(labelSelectorOf(label)).toBeUndefined();
  });
});

describe("labelsInOrder", () => {
  it("puts what tells an app or a group first", () => {
    expect(
      labelsInOrder(["k8s:io.kubernetes.pod.namespace=a", "k8s:app=b", "reserved:world", "cidrgroup:io.cilium.policy.cidrgroupname/c"]),
    ).toEqual(["cidrgroup:io.cilium.policy.cidrgroupname/c", "k8s:app=b", "reserved:world", "k8s:io.kubernetes.pod.namespace=a"]);
  });
});

describe("shortLabel", () => {
  it("keeps the end that tells labels apart", () => {
    expect(shortLabel("cidrgroup:io.cilium.policy.cidrgroupname/corp-legacy")).toBe("cidrgroup:…cidrgroupname/corp-legacy");
    expect(shortLabel("k8s:app=cart-api")).toBe("app=cart-api");
    expect(shortLabel("reserved:world")).toBe("reserved:world");
  });
});

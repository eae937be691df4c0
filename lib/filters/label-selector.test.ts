import { describe, expect, it } from "vitest";
import { parseLabelSelector } from "./label-selector.ts";

const LABELS = [
  "k8s:app=api",
  "k8s:version=12",
  "k8s:io.kubernetes.pod.namespace=prod",
  "reserved:world",
  "cidr:10.20.30.0/24",
  "cidrgroup:policy=deny",
  "cidrgroup:io.cilium.policy.cidrgroupname/corp",
  "cidrgroup:twin=1",
  "k8s:twin=2",
  "bare=x",
];

function selects(text: string, labels: readonly string[] = LABELS): boolean {
  const parsed = parseLabelSelector(text);
  if ("reason" in parsed) throw new Error(parsed.reason);
  return parsed.built(labels);
}

describe("parseLabelSelector", () => {
  it.each([
    "",
    "app",
    "app=api",
    "app==api",
    " app = api ",
    "k8s:app=api",
    "any:app=api",
    "app in (web, api)",
    "app notin (web)",
    "app!=web",
    "!nothing",
    "nothing!=x",
    "nothing notin (x)",
    "version>11",
    "version<13",
    "version>011",
    "app=api,version>11",
    "io.kubernetes.pod.namespace=prod",
    "reserved:world",
    "reserved:world=",
    "world in ()",
    "reserved:world in (,x)",
    "cidr:10.0.0.0/8",
    "cidr:10.20.30.40/8",
    "cidr:0.0.0.0/0",
    "10.20.30.0/24",
    "cidrgroup:io.cilium.policy.cidrgroupname/corp",
    "io.cilium.policy.cidrgroupname/corp",
    "twin=1",
    "bare=x",
    "in!=y",
  ])("%j selects", (text) => {
    expect(selects(text)).toBe(true);
  });

  it.each([
    "app=web",
    "k8s.app=api",
    "reserved.world",
    "!app",
    "! app",
    "app notin (api)",
    "app in ()",
    "version>12",
    "app>1",
    "cidr:10.20.30.40/32",
    "cidr:8.8.8.8",
    "twin=2",
    "k8s:bare",
    "app=",
    "app=api,!app",
  ])("%j does not select", (text) => {
    expect(selects(text)).toBe(false);
  });

  it.each([
    " ",
    ",",
    "a=b,",
    "a=b,,c=d",
    "=",
    "!",
    "a b",
    "a===b",
    "a=b c",
    "a in b",
    "a in (b",
    "a notin",
    "a in (b,c=d)",
    "version>6.5",
    "version>-1",
    "version>99999999999999999999",
    "a=*",
    "a='b'",
    "any:k8s:a",
    "cidr:2001:db8::/32",
    "cidr:FD00--0/8",
    "cidr:2001-db8--/32",
    "fqdn:*.x",
    "a/",
    "/a",
    "A.b/c",
    "a/b/c",
    "a".repeat(60),
    `a=${"v".repeat(64)}`,
    "!a=b",
    "__proto__ in",
  ])("refuses %j", (text) => {
    expect(parseLabelSelector(text)).toHaveProperty("reason");
  });

  it("counts the source prefix towards the 63 characters of a key, but not before a slash", () => {
    expect(parseLabelSelector("a".repeat(59))).toHaveProperty("built");
    expect(parseLabelSelector(`reserved:${"a".repeat(54)}`)).toHaveProperty("built");
    expect(parseLabelSelector(`reserved:${"a".repeat(55)}`)).toHaveProperty("reason");
    expect(parseLabelSelector(`x.y/${"a".repeat(63)}`)).toHaveProperty("built");
  });

  it("matches IPv6 prefixes written with dashes", () => {
    expect(selects("cidr:2000--0/3", ["cidr:2001-db8--0/32"])).toBe(true);
    expect(selects("cidr:0.0.0.0/0", ["cidr:2001-db8--0/32"])).toBe(false);
  });

  it("treats a label without a source as one of no known source", () => {
    expect([selects("k8s:gpu", ["gpu=true"]), selects("gpu=true", ["gpu=true"]), selects("any:gpu", ["gpu=true"])]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it("reads labels and sources as older agents wrote them", () => {
    expect(selects("reserved:world", ["$world"])).toBe(true);
    expect(selects("reserved:world", ["reserved.world"])).toBe(true);
    expect(selects("reserved:world", ["reserved:=world"])).toBe(true);
    expect(selects("cidr:10.0.0.0/8", ["cidr:10.1.0.0/16=x"])).toBe(false);
  });

  it("moves a dot of a source into the key, as agents do", () => {
    expect(selects("a.b:c", ["a:b.c"])).toBe(true);
    expect(selects("a.b:c", ["a.b:c"])).toBe(false);
  });
});

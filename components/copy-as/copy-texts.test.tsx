import { describe, expect, it } from "vitest";
import type { FlowDetail, FlowRow } from "#lib/questions/answer.ts";
import { copyTexts } from "./copy-texts.ts";

const ROW: FlowRow = {
  id: "62b81705-ed79-4e5b-8f10-70a06970104d",
  time: "2026-09-22T10:42:16.503118007Z",
  pod: "checkout/cart-api-7d9c6b5f44-x2mzq",
  namespace: "checkout",
  podName: "cart-api-7d9c6b5f44-x2mzq",
  workload: "checkout/cart-api",
  workloadKind: "Deployment",
  sourceIp: "100.64.3.41",
  sourcePort: 51822,
  destinationIp: "10.60.12.7",
  destinationPort: 1433,
  protocol: "TCP",
  group: "corp-legacy",
  groupKind: "cidrgroup",
  alsoIn: [],
  names: [],
  reason: "deny",
  verdict: "DROPPED",
  dropReason: 181,
  dropReasonName: "POLICY_DENY",
  policies: [],
  node: "aks-azst-2/node-1",
  packets: 1,
  eventType: 1,
};

function detailOf(row: Partial<FlowRow>): FlowDetail {
  return {
    row: { ...ROW, ...row },
    sourceLabels: [],
    destinationLabels: [],
    deniedBy: [],
    policyLog: [],
    line: '{"flow":{}}',
    sibling: undefined,
    attempt: [],
  };
}

const textOf = (detail: FlowDetail, id: string): string | undefined =>
  copyTexts(detail, "https://weir.test/flows?row=62b8").find((text) => text.id === id)?.text;

describe("copyTexts", () => {
  it("has the line as it came and the link", () => {
    expect(textOf(detailOf({}), "line")).toBe('{"flow":{}}');
    expect(textOf(detailOf({}), "link")).toBe("https://weir.test/flows?row=62b8");
  });

  it("follows the pod to its destination", () => {
    expect(textOf(detailOf({}), "hubble")).toBe(
      "hubble observe --from-pod checkout/cart-api-7d9c6b5f44-x2mzq --to-ip 10.60.12.7 --protocol tcp --to-port 1433 --follow",
    );
  });

  it("describes the pod and reads its logs from that second on", () => {
    expect(textOf(detailOf({}), "describe")).toBe("kubectl -n checkout describe pod cart-api-7d9c6b5f44-x2mzq");
    expect(textOf(detailOf({}), "logs")).toBe(
      "kubectl -n checkout logs cart-api-7d9c6b5f44-x2mzq --all-containers --since-time=2026-09-22T10:42:16Z",
    );
  });

  it("leaves pod commands out where the sender is no pod", () => {
    const host = detailOf({ podName: "", namespace: "", pod: "10.224.0.4", sourceIp: "10.224.0.4" });
    expect(textOf(host, "describe")).toBeUndefined();
    expect(textOf(host, "logs")).toBeUndefined();
    expect(textOf(host, "hubble")).toContain("--from-ip 10.224.0.4");
  });

  it("keeps a hostile pod name one argument", () => {
    const hostile = detailOf({ podName: "a'; rm -rf / #", namespace: "$(id)" });
    expect(textOf(hostile, "describe")).toBe(`kubectl -n '$(id)' describe pod 'a'\\''; rm -rf / #'`);
    expect(textOf(detailOf({ podName: "--help" }), "describe")).toBe("kubectl -n checkout describe pod -- --help");
  });

  it("writes Markdown in which a name is nothing but a name", () => {
    const markdown = textOf(detailOf({ pod: "x`](javascript:alert(1))<img src=x>", group: "**bold** \u202e" }), "markdown") ?? "";
    expect(markdown).toContain("`xˋ](javascript:alert(1))<img src=x>`");
    expect(markdown).not.toContain("\u202e");
    expect(markdown.split("\n").filter((line) => /(^|[^`\\])<img/.test(line.replace(/`[^`]*`/g, "")))).toEqual([]);
  });

  it("says when, who, where to, why and which node", () => {
    const markdown = textOf(detailOf({}), "markdown") ?? "";
    for (const word of [
      "2026-09-22T10:42:16.503118007Z",
      "checkout/cart-api",
      "10.60.12.7:1433",
      "181",
      "POLICY_DENY",
      "aks-azst-2/node-1",
      "A deny rule covers",
    ])
      expect(markdown).toContain(word);
  });
});

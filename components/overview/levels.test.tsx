import { describe, expect, it } from "vitest";
import { NOTHING_CHOSEN } from "#lib/url/search.ts";
import { destinationLevel, destinationLinks, senderLevel, senderLinks } from "./levels.ts";

describe("levels", () => {
  it("counts workloads and groups unless the address says otherwise", () => {
    expect([senderLevel([]), destinationLevel(["port"])]).toEqual(["workload", "group"]);
    expect([senderLevel(["cidr", "pod"]), destinationLevel(["cidr", "pod"])]).toEqual(["pod", "cidr"]);
  });

  it("changes one side and keeps the other", () => {
    const search = { ...NOTHING_CHOSEN, text: "cart", by: ["ip" as const] };
    expect(senderLinks(search).map((link) => link.href)).toEqual([
      "/?q=cart&by=pod,ip",
      "/?q=cart&by=ip",
      "/?q=cart&by=namespace,ip",
      "/?q=cart&by=cluster,ip",
    ]);
    expect(destinationLinks(search)[0]).toEqual({ word: "group", href: "/?q=cart" });
  });
});

import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { SAMPLE_ADX_SETTINGS } from "#lib/testing/adx-settings.ts";
import { exportedLine } from "#lib/testing/exported-line.ts";
import { sampleFlow } from "#lib/testing/sample-flow.ts";
import { createHubbleDatabase, ingestLines } from "../../../e2e/kusto-stand-in/hubble-tables.ts";
import { FLOW_SHAPES } from "./adx-settings.ts";
import { stringLiteral } from "./kusto-query.ts";
import { adxLink, openInAdx } from "./open-in-adx.ts";

const NOW = 1_737_619_260_000;
const window = { from: NOW - 3_600_000, to: NOW };
const filter = { include: [{ pod: ["prod/api-1", "\u202e'\"\\ 🛑"], source_label: ["app=api"] }], exclude: [{ port: ["53"] }] };
const asked = { window, filter, text: "API" };
const questions = {
  groups: {
    ...asked,
    by: ["pod", "label:k8s:app"] as const,
    order: "attempts",
    descending: true,
    offset: 0,
    limit: 50,
    sparkPoints: 0,
  } as const,
  timeline: { ...asked, buckets: 60, split: "group" } as const,
  flows: { ...asked, after: undefined, limit: 100, newestFirst: true },
};

describe.each(FLOW_SHAPES)("over a %s table", (shape) => {
  it("every question opens as a text that the parser takes and that finds the same flows", () => {
    const database = createHubbleDatabase(() => NOW);
    ingestLines(database, shape, [{ text: exportedLine(sampleFlow()), loggedAt: "2025-01-23T08:00:00.002Z" }]);
    const opened = openInAdx({ ...SAMPLE_ADX_SETTINGS, shape }, questions, NOW);
    expect(opened.map(({ title }) => title)).toEqual(["Totals", "Groups", "Timeline", "Flows"]);
    for (const one of opened) {
      if (!("text" in one)) throw new Error(one.problem.detail);
      expect(one.text).not.toContain("query_parameters");
      expect(
        database.query(one.text, {}).some(({ rows }) => rows.length > 0),
        one.title,
      ).toBe(true);
      const packed = new URL(one.link ?? "").searchParams.get("query") ?? "";
      expect(gunzipSync(Buffer.from(packed, "base64")).toString("utf8")).toBe(one.text);
    }
    const flows = opened.at(-1);
    expect(flows && "text" in flows && database.query(flows.text, {}).at(-1)?.rows.length).toBe(1);
  });
});

it("names the cluster as the web UI does, public or not", () => {
  const link = (cluster: string) => adxLink({ cluster, database: "My db" }, "print 1")?.split("?")[0];
  expect(link(SAMPLE_ADX_SETTINGS.cluster)).toBe("https://dataexplorer.azure.com/clusters/weir.northeurope/databases/My%20db");
  expect(link("https://x.z1.kusto.fabric.microsoft.com")).toBe(
    "https://dataexplorer.azure.com/clusters/https%3A%2F%2Fx.z1.kusto.fabric.microsoft.com/databases/My%20db",
  );
});

it("makes no link of what is too long for an address", () => {
  const random = Array.from({ length: 300 }, (_, index) => createHash("sha256").update(String(index)).digest("hex")).join("");
  expect(adxLink(SAMPLE_ADX_SETTINGS, random)).toBeUndefined();
});

it("writes a text literal that nothing ends early", () => {
  expect(stringLiteral('a"b\\c\nd\u202e🛑')).toBe(String.raw`"a\"b\\c\u000ad\u202e\ud83d\uded1"`);
});

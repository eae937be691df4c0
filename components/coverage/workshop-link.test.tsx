import { expect, it } from "vitest";
import { sampleSource } from "#components/testing/sample-coverage.ts";
import { checkConfig } from "#lib/exporter/check-config.ts";
import { readConfig } from "#lib/exporter/read-config.ts";
import { readWorkshop } from "#lib/url/workshop-params.ts";
import { workshopLink } from "./workshop-link.ts";

const said = (text: string) => [{ time: "2026-09-22T10:41:55Z", level: "info", text }];
const chosen = (over: Parameters<typeof sampleSource>[0]) => {
  const link = workshopLink(sampleSource(over));
  return link && readWorkshop(new URL(link.href, "http://weir").searchParams);
};

it("brings a silence after 10 MB to the workshop as the finding it is", () => {
  const read = chosen({
    hearing: "stdout-rotated",
    version: "1.18.2",
    exporter: said('level=info msg="Configuring Hubble event exporter" flowLogName=blocked options={}'),
  });
  expect(read?.unreadable).toEqual([]);
  expect(read?.choice.target).toBe("1.18");
  const text = read?.choice.text ?? "";
  expect(text).toContain('name: "blocked"');
  const { config, places } = readConfig(text, { version: "1.18" });
  if (config === undefined) throw new Error("it can be read");
  const findings = checkConfig(config, { version: "1.18", now: 0, places });
  expect(findings.map(({ title, explanation }) => `${title} ${explanation}`).join(" ")).toContain("/dev/stdout");
});

it("aims at the agent's version, or the nearest one that is known", () => {
  const target = (version: string) => chosen({ hearing: "rejected", version })?.choice.target;
  expect(target("1.16.9")).toBe("1.16");
  expect(target("1.25.0")).toBe("1.19");
  expect(target("1.9.1")).toBe("1.15");
  expect(target("")).toBe("1.17");
});

it("takes no name that is none", () => {
  const read = chosen({ hearing: "stdout-rotated", exporter: said('msg="Configuring Hubble event exporter" flowLogName="\n- evil: {"') });
  expect(read?.choice.text).toContain('name: "blocked-egress"');
});

it("leads nowhere where the exporter is not the cause", () => {
  expect(workshopLink(sampleSource({ hearing: "forbidden" }))).toBeUndefined();
  expect(workshopLink(sampleSource({ hearing: "quiet" }))).toBeUndefined();
});

/** A replay lets through what the filter room lets through, and counts the bytes that an exporter would write. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createDecoder } from "#lib/decode/decoder.ts";
import { latin1Of } from "#lib/decode/line-text.ts";
import { compileFilter } from "#lib/filters/compile-filter.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { randomFilter } from "#lib/testing/random-filters.ts";
import { randomFlows } from "#lib/testing/random-flows.ts";
import { type ExporterEntry, emptyEntry } from "./config.ts";
import { createReplay } from "./replay.ts";
import { ratesOf } from "./replay-result.ts";
import { TEMPLATES } from "./templates.ts";

const FIXTURES = "../filters/fixtures/cilium-1.17/";
const flowRow = z.object({ kind: z.string(), line: z.string() });
const maskRow = z.object({ fieldMask: z.array(z.string()), line: z.string(), out: z.string().optional() });

const flowOf = z.object({ flow: z.object({ verdict: z.union([z.string(), z.number()]).optional() }) });

const stored = rows("flows.jsonl")
  .map((row) => flowRow.parse(row))
  .flatMap(({ line }) => decoded(line));

const blocked = TEMPLATES[0]?.entry("1.17") ?? emptyEntry("none", "stdout");

describe("what is let through", () => {
  it("is what the filter room lets through, on 10,000 flows", () => {
    const many = Array.from({ length: 40 }, () => stored).flat();
    expect(many.length).toBeGreaterThan(10_000);
    const [entry] = replayed([blocked], many);
    const filter = compileFilter({ include: blocked.includeFilters, exclude: blocked.excludeFilters });
    const matches = filter.problem ? [] : many.filter(({ flow }) => filter.matches(flow));
    expect(matches.length).toBeGreaterThan(100);
    expect(entry?.matched).toBe(matches.length);
    expect(entry?.notMatched).toBe(many.length - matches.length);
    expect(entry?.bytesFull).toBe(matches.reduce((sum, { line }) => sum + Buffer.byteLength(line) + 1, 0));
  });

  it("is so for any filter and any flows", () => {
    fc.assert(
      fc.property(randomFilter, randomFlows, (filter, flows) => {
        const compiled = compileFilter(filter);
        const entry: ExporterEntry = { ...emptyEntry("x", "stdout"), includeFilters: filter.include, excludeFilters: filter.exclude };
        const replay = createReplay({ configs: [{ entries: [entry] }], version: "1.19", windowMs: 1000 });
        for (const flow of flows) replay.add(flow, "");
        const [result] = replay.result().configs[0]?.entries ?? [];
        if (result?.refused !== undefined || compiled.problem) return;
        expect(result?.matched).toBe(flows.filter((flow) => compiled.matches(flow)).length);
        expect(result?.examplesNotMatched.every(({ why }) => why.length > 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("sizes", () => {
  it("are those of Cilium's own masked lines, byte for byte", () => {
    const cases = rows("masks.jsonl")
      .map((row) => maskRow.parse(row))
      .filter(({ out, line }) => out !== undefined && line.startsWith('{"flow"'));
    expect(cases.length).toBeGreaterThan(30);
    for (const { fieldMask, line, out = "" } of cases) {
      const [entry] = replayed([{ ...emptyEntry("x", "stdout"), fieldMask }], decoded(line));
      expect([line, entry?.bytesMasked]).toEqual([line, Buffer.byteLength(out) + 1]);
      expect(entry?.bytesFull).toBe(Buffer.byteLength(line) + 1);
    }
  });

  it("become rates", () => {
    expect(ratesOf(7200, 1_000_000, 3_600_000, 2)).toEqual({ flowsPerSecond: 2, bytesPerDay: 24_000_000, costPerMonth: 1.44 });
    expect(ratesOf(1, 1, 0, 1)).toEqual({ flowsPerSecond: 0, bytesPerDay: 0, costPerMonth: 0 });
  });
});

describe("what is said about it", () => {
  it("tells the first criterion that fails, and the clause that excludes", () => {
    const include = [{ traffic_direction: ["EGRESS"], destination_port: ["443"] }];
    const entry = { ...emptyEntry("x", "stdout"), includeFilters: include, excludeFilters: [{ source_pod: ["shop/"] }] };
    const [result] = replayed([entry], stored);
    expect(result?.failed.map(({ list, criterion }) => `${list} ${criterion}`)).toEqual(
      expect.arrayContaining(["include traffic_direction", "include destination_port", "exclude "]),
    );
    expect(result?.failed.reduce((sum, { flows }) => sum + flows, 0)).toBe(result?.notMatched);
  });

  it("offers clauses that leave the noise out", () => {
    const [before] = replayed([blocked], stored);
    const loudest = before?.noise.find(({ exclude }) => exclude !== undefined);
    expect(loudest).toBeDefined();
    const clause = loudest?.exclude?.clause ?? {};
    const [after] = replayed([{ ...blocked, excludeFilters: [clause] }], stored);
    expect(after?.refused).toBeUndefined();
    expect((before?.matched ?? 0) - (after?.matched ?? 0)).toBeGreaterThanOrEqual(loudest?.flows ?? 0);
  });

  it("every offered clause can be built and leaves its flows out", () => {
    const [result] = replayed([emptyEntry("all", "stdout")], stored);
    for (const { exclude, flows } of result?.noise ?? []) {
      if (exclude === undefined) continue;
      const [without] = replayed([{ ...emptyEntry("all", "stdout"), excludeFilters: [exclude.clause] }], stored);
      expect([exclude.label, without?.refused]).toEqual([exclude.label, undefined]);
      expect((result?.matched ?? 0) - (without?.matched ?? 0)).toBeGreaterThanOrEqual(flows);
    }
  });

  it("aggregates by what the entry groups by, from 1.19 on", () => {
    const entry = { ...emptyEntry("x", "stdout"), fieldAggregate: ["verdict"], aggregationInterval: "1000000h" };
    const verdicts = new Set(stored.map(({ flow, line }) => `${flow.node} ${flowOf.parse(JSON.parse(line)).flow.verdict}`));
    expect(replayed([entry], stored, "1.19")[0]?.aggregation?.lines).toBe(verdicts.size);
    expect(replayed([entry], stored, "1.18")[0]?.aggregation).toBeUndefined();
  });

  it("refuses what agents refuse, and says so", () => {
    const entry = { ...emptyEntry("x", "stdout"), includeFilters: [{ destination_port: ["https"] }] };
    const masked = { ...emptyEntry("y", "/y"), fieldMask: ["destination.port"] };
    const result = replayed([entry, masked], stored);
    expect(result.map(({ refused, matched }) => [refused !== undefined, matched])).toEqual([
      [true, 0],
      [true, 0],
    ]);
  });

  it("names what the store cannot tell", () => {
    const drops = stored.filter(
      ({ flow }) => flow.verdict === "DROPPED" && flow.eventType === 1 && flow.direction === "egress" && flow.uuid !== "",
    );
    const spots = (entries: readonly ExporterEntry[]) => {
      const replay = createReplay({ configs: [{ entries }], version: "1.17", windowMs: 1 });
      for (const { flow, line } of drops) replay.add(flow, line);
      return replay.result().blindSpots.join(" ");
    };
    expect(spots([blocked])).toBe("");
    expect(spots([emptyEntry("all", "stdout")])).toMatch(/no forwarded flows.*no ingress.*policy verdicts.*Lost, agent and debug/);
    expect(createReplay({ configs: [], version: "1.17", windowMs: 1 }).result().blindSpots).toHaveLength(1);
  });
});

function replayed(
  entries: readonly ExporterEntry[],
  flows: readonly { readonly flow: Flow; readonly line: string }[],
  version: "1.17" | "1.18" | "1.19" = "1.17",
) {
  const replay = createReplay({ configs: [{ entries }], version, windowMs: 1000 });
  for (const { flow, line } of flows) replay.add(flow, line);
  return replay.result().configs[0]?.entries ?? [];
}

function decoded(line: string): { readonly flow: Flow; readonly line: string }[] {
  const read = createDecoder().decode(latin1Of(line), { fallbackTime: 0n });
  return read.is === "flow" ? [{ flow: read.flow, line: compact(line) }] : [];
}

/** Some vectors are spaced, sorted or hold nulls; an exporter writes none of that. */
function compact(line: string): string {
  return JSON.stringify(JSON.parse(line), (_, value: unknown) => value ?? undefined);
}

function rows(file: string): unknown[] {
  return readFileSync(new URL(FIXTURES + file, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}

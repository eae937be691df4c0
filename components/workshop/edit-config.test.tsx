import { describe, expect, it } from "vitest";
import { type ExporterConfig, emptyEntry } from "#lib/exporter/config.ts";
import { withClause, withClauseTurned, withEntry, withNewClause, withNewEntry, withoutClause, withoutEntry } from "./edit-config.ts";

const EGRESS = { traffic_direction: ["EGRESS"] };
const PODS = { source_pod: ["kube-system/"] };
const config: ExporterConfig = { entries: [{ ...emptyEntry("a", "stdout"), includeFilters: [EGRESS, PODS] }, emptyEntry("b", "/b.log")] };
const place = { entry: 0, list: "include", clause: 1 } as const;

describe("what clicks do to a configuration", () => {
  it("changes one entry and leaves the others as they are", () => {
    const changed = withEntry(config, 0, { name: "c" });
    expect(changed.entries.map(({ name }) => name)).toEqual(["c", "b"]);
    expect(changed.entries[1]).toBe(config.entries[1]);
  });

  it("gives a new entry a name and a path of its own", () => {
    const names = withNewEntry(withNewEntry(config, emptyEntry("a", "stdout")), emptyEntry("a", "stdout")).entries;
    expect(names.slice(2).map(({ name, filePath }) => [name, filePath])).toEqual([
      ["a-2", "/var/run/cilium/hubble/a-2.log"],
      ["a-3", "/var/run/cilium/hubble/a-3.log"],
    ]);
  });

  it("adds, changes, turns and drops clauses", () => {
    expect(withNewClause(config, 1, "exclude", PODS).entries[1]?.excludeFilters).toEqual([PODS]);
    expect(withClause(config, place, () => ({})).entries[0]?.includeFilters).toEqual([EGRESS, {}]);
    expect(withClauseTurned(config, place).entries[0]).toMatchObject({ includeFilters: [EGRESS], excludeFilters: [PODS] });
    expect(withoutClause(config, place).entries[0]?.includeFilters).toEqual([EGRESS]);
    expect(withoutEntry(config, 0).entries).toEqual([config.entries[1]]);
  });

  it("does nothing to what is not there", () => {
    expect(withClauseTurned(config, { ...place, clause: 7 })).toBe(config);
    expect(withoutClause(config, { ...place, entry: 7 })).toBe(config);
    expect(withNewClause(config, 7, "include", {})).toBe(config);
  });
});

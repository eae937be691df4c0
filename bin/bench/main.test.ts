/** The benchmark runs from end to end on a few flows and tells a figure for each of its parts. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));

test("measures reading, size and questions, and writes them down", () => {
  const folder = mkdtempSync(join(tmpdir(), "weir-bench-test-"));
  try {
    const out = join(folder, "figures.md");
    const run = spawnSync(process.execPath, [MAIN, "--flows", "2000", "--pairs", "1", "--repeats", "2", "--out", out], {
      encoding: "utf8",
      env: { ...process.env, TMPDIR: folder },
    });
    expect(run.stderr).toBe("");
    expect(run.stdout).toContain("Weir stored 2000 flows, DuckDB's read_json 2000");
    const rows = readFileSync(out, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("| "));
    for (const what of [
      "File to queryable against DuckDB",
      "Bytes on disk per flow",
      "Matching, one criterion",
      "Matching, blocked egress by policy",
      "Matching, 20 clauses",
      "Overview, no filter",
      "Overview, namespace",
      "Newest 200 flows",
    ])
      expect(rows.filter((row) => row.startsWith(`| ${what}`) && !row.includes("NaN"))).toHaveLength(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 240_000);

test("names an option it does not know", () => {
  const run = spawnSync(process.execPath, [MAIN, "--fast"], { encoding: "utf8" });
  expect(run.status).not.toBe(0);
  expect(run.stderr).toContain("--fast");
}, 60_000);

/** The short form of the torture, as `npm run torture -- --short` runs it. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));

test("survives hostile lines and kills", () => {
  const run = spawnSync(process.execPath, [MAIN, "--short"], { encoding: "utf8" });
  expect(run.stderr).toBe("");
  expect(run.stdout).toMatch(/^ok {5}kill 3 of 3: /m);
  expect(run.stdout).not.toContain("FAILED");
  expect(run.stdout).toMatch(/\n(?:[6-9]|\d{2,}) passed, 0 failed\n$/);
  expect(run.status).toBe(0);
}, 240_000);

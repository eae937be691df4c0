/** Runs the checks one after another, every one even when others fail, and counts what passed. */
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./root.mjs";

/**
 * @typedef {{ passed: number, failed: number, failures: string[] }} Count
 * @typedef {{ name: string, command: string[], count?: (report: string, status: number) => Count, env?: NodeJS.ProcessEnv, minutes?: number }} Step
 */

const OUTPUT_SHOWN = 12_000;
/** Where a step that counts its own tests writes its report. */
export const REPORT = join(tmpdir(), `weir-report-${process.pid}.json`);

/** @param {Step[]} steps @param {NodeJS.ProcessEnv} env @param {(text: string) => void} say @returns {Promise<{ passed: number, failed: number }>} */
export async function runSteps(steps, env, say) {
  let passed = 0;
  let failed = 0;
  let stopped = false;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.once(signal, () => {
      stopped = true;
      killGroup(running);
    });
  }
  for (const step of steps) {
    if (stopped) {
      say(`FAILED ${step.name} (stopped before it ran)`);
      failed++;
      continue;
    }
    const begun = Date.now();
    rmSync(REPORT, { force: true });
    const { status, output } = await runOne(step, { ...env, ...step.env });
    const count = countOf(step, status);
    passed += count.passed;
    failed += count.failed;
    const seconds = ((Date.now() - begun) / 1000).toFixed(1);
    const number = step.count ? `, ${count.passed} passed${count.failed > 0 ? `, ${count.failed} failed` : ""}` : "";
    say(`${count.failed === 0 ? "ok    " : "FAILED"} ${step.name} (${seconds} s${number})`);
    if (count.failed > 0) {
      for (const failure of count.failures.slice(0, 50)) say(`       ${failure}`);
      say(indent(output.slice(-OUTPUT_SHOWN)));
    }
  }
  rmSync(REPORT, { force: true });
  return { passed, failed };
}

/** @param {Step} step @param {number} status @returns {Count} */
function countOf(step, status) {
  if (step.count) {
    try {
      const count = step.count(readFileSync(REPORT, "utf8"), status);
      // a runner that fails without a failed test (a crash, nothing found) is a failure
      const silent = status !== 0 && count.failed === 0 ? 1 : count.passed + count.failed === 0 ? 1 : 0;
      return { ...count, failed: count.failed + silent };
    } catch {
      return { passed: 0, failed: 1, failures: ["it ended without a report"] };
    }
  }
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, failures: [] };
}

/** @param {Step} step @param {NodeJS.ProcessEnv} env @returns {Promise<{ status: number, output: string }>} */
function runOne(step, env) {
  return new Promise((resolve) => {
    const [command = "", ...args] = step.command;
    const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    let output = "";
    const add = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString("utf8")).slice(-1_000_000);
    };
    child.stdout.on("data", add);
    child.stderr.on("data", add);
    running = child;
    const limit = setTimeout(
      () => {
        output += `\nstopped: longer than ${step.minutes ?? 5} minutes\n`;
        // the whole group, so that nothing a test started stays behind
        if (child.pid) process.kill(-child.pid, "SIGKILL");
      },
      (step.minutes ?? 5) * 60_000,
    );
    child.on("error", (error) => {
      output += `\n${error.message}\n`;
    });
    child.on("close", (code) => {
      clearTimeout(limit);
      resolve({ status: code ?? 1, output });
    });
  });
}

/** @type {import("node:child_process").ChildProcess | undefined} */
let running;

/** The whole group, so that nothing a test started stays behind. @param {import("node:child_process").ChildProcess | undefined} child */
function killGroup(child) {
  try {
    if (child?.pid && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
  } catch {
    // it ended in this moment
  }
}

/** @param {string} text */
function indent(text) {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `       | ${line}`)
    .join("\n");
}

/** The checks, in the order they run. */
import { join, relative } from "node:path";
import { root } from "./root.mjs";
import { REPORT } from "./steps.mjs";

/** @typedef {import("./steps.mjs").Step} Step */

/** Tests that try many random cases or kill processes: more than half the time of all the unit tests together. */
export const LONG_TESTS = [
  "bin/**/*.test.ts",
  "**/*.law.test.ts",
  "**/*-laws.test.ts",
  "**/*.contract.test.ts",
  "**/torture.test.ts",
  "**/fuzz-decoder.test.ts",
  "**/mutated-filters.test.ts",
];

/** What needs neither build nor browser. @param {readonly string[]} leftOut tests, as patterns @returns {Step[]} */
export function fastChecks(leftOut = []) {
  return [
    { name: "format", command: ["biome", "format", "."] },
    { name: "lint", command: ["biome", "check", "--formatter-enabled=false", "--error-on-warnings", "."] },
    { name: "arrows", command: ["node", "bin/house/arrows.mjs", REPORT], count: countPlain },
    { name: "types", command: ["node", "bin/house/types.mjs"] },
    { name: "paths in documents", command: ["node", "bin/house/docs.mjs"] },
    { name: "dead code", command: ["knip", "--no-progress"] },
    {
      name: "unit, law and contract tests",
      command: [
        ...["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${REPORT}`],
        ...leftOut.map((pattern) => `--exclude=${pattern}`),
      ],
      count: countVitest,
      minutes: 12,
    },
  ];
}

/** @param {string | undefined} browser @returns {Step[]} */
export function wholeChecks(browser) {
  return [
    ...fastChecks(),
    { name: "build", command: ["node", "bin/house/build.mjs"], minutes: 8 },
    {
      name: "browser tests",
      command: ["playwright", "test", "--config", "e2e/playwright.config.ts", "--reporter=line,json", "--global-timeout=900000"],
      count: countPlaywright,
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: REPORT, ...(browser ? { WEIR_CHROMIUM: browser } : {}) },
      minutes: 16,
    },
  ];
}

/** @param {string} text @returns {import("./steps.mjs").Count} */
function countPlain(text) {
  return JSON.parse(text);
}

/** @param {string} text @returns {import("./steps.mjs").Count} */
function countVitest(text) {
  const report = JSON.parse(text);
  /** @type {string[]} */
  const failures = [];
  let broken = 0;
  for (const file of report.testResults) {
    const failed = file.assertionResults.filter((/** @type {{ status: string }} */ test) => test.status === "failed");
    for (const test of failed) failures.push(`${relative(root, file.name)}: ${test.fullName}`);
    // a file that does not even load has no test that could fail
    if (file.status === "failed" && failed.length === 0) {
      broken++;
      failures.push(`${relative(root, file.name)}: ${String(file.message).split("\n")[0]}`);
    }
  }
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken, failures };
}

/** @param {string} text @returns {import("./steps.mjs").Count} */
function countPlaywright(text) {
  const report = JSON.parse(text);
  /** @type {string[]} */
  const failures = report.errors.map((/** @type {{ message?: string }} */ error) => String(error.message).split("\n")[0]);
  const visit = (/** @type {any} */ suite) => {
    for (const inner of suite.suites ?? []) visit(inner);
    for (const spec of suite.specs ?? []) if (!spec.ok) failures.push(`${join("e2e", spec.file)}: ${spec.title}`);
  };
  for (const suite of report.suites) visit(suite);
  const { expected, unexpected, flaky } = report.stats;
  return { passed: expected + flaky, failed: unexpected + report.errors.length, failures };
}

/**
 * The arrows between rooms, and the proof that they are checked: a run over deliberate violations must name each of them, and
 * the real run must have read enough modules (a checker that cannot parse TypeScript reads none and finds nothing wrong).
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./root.mjs";

const CONFIG = join(root, ".dependency-cruiser.mjs");
const CANARY = join(root, "e2e/arrows-canary");
const MODULES_LEAST = 100;

/** @param {string} cwd @param {string[]} folders */
function cruise(cwd, folders) {
  const cli = join(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const done = spawnSync(process.execPath, [cli, "--config", CONFIG, "--output-type", "json", ...folders], {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  try {
    const { summary, modules } = JSON.parse(done.stdout);
    return { violations: summary.violations, modules };
  } catch {
    throw new Error(`dependency-cruiser gave no answer:\n${done.stderr || done.stdout}`);
  }
}

/** @returns {{ name: string, problems: string[] }[]} one entry for each thing checked */
function checkArrows() {
  const real = cruise(root, ["app", "components", "lib", "bin"]);
  const own = real.modules.filter((/** @type {{ source: string }} */ module) => /^(app|components|lib|bin)\//.test(module.source));
  const inner = own
    .flatMap((/** @type {{ dependencies: { module: string, resolved: string }[] }} */ module) => module.dependencies)
    .filter((/** @type {{ module: string }} */ to) => to.module.startsWith("#"));
  const lost = inner.filter((/** @type {{ resolved: string }} */ to) => !/^(app|components|lib)\//.test(to.resolved));
  return [
    {
      name: "arrows between rooms",
      problems: real.violations.map(
        (/** @type {{ from: string, to: string, rule: { name: string } }} */ found) => `${found.rule.name}: ${found.from} -> ${found.to}`,
      ),
    },
    {
      name: `arrows: ${own.length} modules were read`,
      problems: own.length >= MODULES_LEAST ? [] : [`only ${own.length} modules were read, at least ${MODULES_LEAST} were expected`],
    },
    {
      name: `arrows: ${inner.length} imports by # were followed`,
      problems:
        inner.length === 0 ? ["no import by # was seen"] : lost.map((/** @type {{ module: string }} */ to) => `not followed: ${to.module}`),
    },
    ...checkCanary(),
  ];
}

function checkCanary() {
  const { violations } = cruise(CANARY, ["app", "components", "lib"]);
  /** @type {Record<string, string>} */
  const expected = JSON.parse(readFileSync(join(CANARY, "expected.json"), "utf8"));
  const found = violations.map((/** @type {{ from: string, rule: { name: string } }} */ one) => `${one.from} ${one.rule.name}`);
  const checks = Object.entries(expected).map(([file, rule]) => ({
    name: `canary: ${rule} names ${file}`,
    problems: found.includes(`${file} ${rule}`) ? [] : [`${file} breaks ${rule} and was not named`],
  }));
  const meant = new Set(Object.keys(expected));
  const others = violations.filter((/** @type {{ from: string }} */ one) => !meant.has(one.from) && !/cycle-/.test(one.from));
  return [
    ...checks,
    {
      name: "canary: what is allowed is not named",
      problems: others.map(
        (/** @type {{ from: string, to: string, rule: { name: string } }} */ one) => `${one.rule.name}: ${one.from} -> ${one.to}`,
      ),
    },
  ];
}

const [, script, report] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  const checks = checkArrows();
  const failures = checks.flatMap((check) => check.problems);
  const failed = checks.filter((check) => check.problems.length > 0).length;
  const passed = checks.length - failed;
  if (report) writeFileSync(report, JSON.stringify({ passed, failed, failures }));
  process.stdout.write(`${[...failures, `${passed} passed, ${failed} failed`].join("\n")}\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}

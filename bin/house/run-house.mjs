/** Prepares the machine, runs the checks, ends with one line `N passed, N failed`. */
import { ensureBrowser } from "./browser.mjs";
import { ensureInstalled } from "./installed.mjs";
import { pinnedNode, toolEnv } from "./pinned-node.mjs";
import { runSteps } from "./steps.mjs";

/**
 * @param {(browser: string | undefined) => import("./steps.mjs").Step[]} checks
 * @param {{ browser: boolean }} needs
 */
export async function runHouse(checks, needs) {
  const begun = Date.now();
  /** @param {string} text */
  const say = (text) => void process.stdout.write(`${text}\n`);
  /** @param {number} passed @param {number} failed */
  const end = (passed, failed) => {
    say(`\nin ${Math.round((Date.now() - begun) / 1000)} s`);
    say(`${passed} passed, ${failed} failed`);
    // exitCode, not exit(): a piped stdout may still hold the last line
    process.exitCode = failed === 0 ? 0 : 1;
  };
  if (!ensureInstalled(say)) return end(0, 1);
  const node = pinnedNode(say);
  if (node === undefined) return end(1, 1);
  const env = { ...toolEnv(node), CI: "true", FORCE_COLOR: "0" };
  /** @type {string | undefined} */
  let browser;
  let ready = 1;
  let missing = 0;
  if (needs.browser) {
    const found = ensureBrowser(env, say);
    if ("problem" in found) {
      say(`FAILED browser: ${found.problem}`);
      missing = 1;
    } else {
      browser = found.path;
      ready++;
    }
  }
  const { passed, failed } = await runSteps(checks(browser), env, say);
  end(ready + passed, missing + failed);
}

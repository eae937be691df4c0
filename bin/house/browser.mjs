/** A Chromium for the browser tests: the machine's own, else Debian's package where this user may install it, else Playwright's. */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "./root.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** @returns {string | undefined} */
function onThisMachine() {
  const given = process.env.WEIR_CHROMIUM;
  if (given) return given;
  for (const name of NAMES) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // not here
      }
    }
  }
  return undefined;
}

/**
 * @param {NodeJS.ProcessEnv} env @param {(text: string) => void} say
 * @returns {{ path: string | undefined } | { problem: string }} path undefined = Playwright's own
 */
export function ensureBrowser(env, say) {
  const found = onThisMachine();
  if (found) return { path: found };
  if (process.getuid?.() === 0 && spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0) {
    say("Installing Debian's Chromium.");
    const quiet = { ...env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update", "-qq"], { env: quiet, stdio: ["ignore", 2, 2] });
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { env: quiet, stdio: ["ignore", 2, 2] });
    const installed = onThisMachine();
    if (installed) return { path: installed };
  }
  say("Installing Playwright's Chromium.");
  const cli = join(root, "node_modules/playwright/cli.js");
  const done = spawnSync(process.execPath, [cli, "install", "chromium"], { env, stdio: ["ignore", 2, 2] });
  return done.status === 0 ? { path: undefined } : { problem: "no Chromium on this machine, and none could be installed" };
}

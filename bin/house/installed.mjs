/** Installs what the lock file says, when node_modules holds anything else. Needs nothing but Node 20 and npm. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.mjs";

/** @returns {string} why an install is needed, empty = it is not */
function missing() {
  const hidden = join(root, "node_modules/.package-lock.json");
  if (!existsSync(hidden)) return "nothing is installed yet";
  const wanted = packagesOf(join(root, "package-lock.json"));
  const present = packagesOf(hidden);
  for (const [path, want] of Object.entries(wanted)) {
    if (path === "" || want.link) continue;
    const have = present[path];
    // optional packages are for other platforms; npm leaves them out
    if (have === undefined ? !want.optional && !want.devOptional && !want.peer : have.version !== want.version) {
      return `${path.replace(/^node_modules\//, "")} is not the one of the lock file`;
    }
  }
  return "";
}

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }>} */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
  } catch {
    return {};
  }
}

/** @param {(text: string) => void} say @returns {boolean} whether everything is there now */
export function ensureInstalled(say) {
  const why = missing();
  if (why === "") return true;
  say(`Installing what package-lock.json says (${why}); once, about a minute.`);
  // stdout goes to stderr: what npm says is no answer of ours. --include=dev: the build needs them, whatever NODE_ENV says.
  const npm = (/** @type {string[]} */ args) =>
    spawnSync(process.platform === "win32" ? "npm.cmd" : "npm", [...args, "--include=dev", "--no-audit", "--no-fund"], {
      cwd: root,
      stdio: ["ignore", 2, 2],
    });
  let done = npm(["ci"]);
  if (done.status !== 0 && done.error === undefined) {
    say("npm ci failed; trying npm install, which also takes what a registry mirror leaves out for other platforms.");
    done = npm(["install", "--no-save"]);
  }
  if (done.status === 0) return true;
  say(
    `npm could not install${done.error ? `: ${done.error.message}` : ""}. Its words are above; most often the registry cannot be reached or the disk is full.`,
  );
  return false;
}

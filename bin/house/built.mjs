/** Builds the pages when their sources are not the ones of the last build. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { toolEnv } from "./pinned-node.mjs";
import { root } from "./root.mjs";

const SOURCES = ["app", "components", "lib", "public", "next.config.ts", "package-lock.json", "package.json", "tsconfig.json"];
const STAMP = join(root, ".next/weir-sources");

function sourcesHash() {
  const hash = createHash("sha256");
  for (const source of SOURCES) addTo(hash, source);
  return hash.digest("hex");
}

/** @param {import("node:crypto").Hash} hash @param {string} path */
function addTo(hash, path) {
  const full = join(root, path);
  const about = statSync(full, { throwIfNoEntry: false });
  if (about === undefined || /\.test\.tsx?$|(^|\/)testing$/.test(path)) return;
  if (about.isDirectory()) for (const entry of readdirSync(full).sort()) addTo(hash, `${path}/${entry}`);
  else hash.update(path).update("\0").update(readFileSync(full)).update("\0");
}

export function isBuilt() {
  return existsSync(join(root, ".next/BUILD_ID")) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === sourcesHash();
}

/** @param {string} node @param {(text: string) => void} say @returns {boolean} */
export function ensureBuilt(node, say) {
  if (isBuilt()) return true;
  say("Building the pages; after a change of the sources only, about half a minute.");
  const hash = sourcesHash();
  rmSync(STAMP, { force: true });
  const next = join(root, "node_modules/next/dist/bin/next");
  const done = spawnSync(node, [next, "build"], { cwd: root, env: { ...toolEnv(node), NODE_ENV: "production" }, stdio: ["ignore", 2, 2] });
  if (done.status !== 0) {
    say(`The build failed${done.error ? `: ${done.error.message}` : ""}; its words are above.`);
    return false;
  }
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, hash);
  return true;
}

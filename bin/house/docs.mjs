/** Every path that a document of ours names exists: links, and paths in backticks. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./root.mjs";

const DOCS = ["*.md", "lib/**/*.md", "docs/**/*.md", "bin/**/*.md", "e2e/*.md"];
const ROOTED = /^(app|bin|components|docs|e2e|lib|public|\.ci)\/[\w./@-]+$|^[\w.-]+\.(md|json|mjs)$|^\.[\w-]+\.mjs$/;

let missing = 0;
for (const doc of globSync(DOCS, { cwd: root })) {
  const text = readFileSync(join(root, doc), "utf8").replace(/```[\s\S]*?```/g, "");
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)].map((match) => join(dirname(doc), match[1] ?? ""));
  const paths = [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? "").filter((path) => ROOTED.test(path));
  for (const path of [...links, ...paths]) {
    if (existsSync(join(root, path)) || existsSync(join(root, dirname(doc), path))) continue;
    process.stdout.write(`${doc} names ${path}, which does not exist\n`);
    missing++;
  }
}
process.exitCode = missing === 0 ? 0 : 1;

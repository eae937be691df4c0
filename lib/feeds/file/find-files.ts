/** What was asked to be read → the files to read, oldest first, and what is wrong with each name. */
import { glob, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { inodeOf } from "./file-identity.ts";

export interface FoundFile {
  readonly path: string;
  /** Which of the asked names it was found under. */
  readonly asked: number;
  readonly size: number;
  readonly mtimeMs: number;
  readonly inode: string;
  /** When it was made, in milliseconds since 1970: the inode of a removed file may be given to another. */
  readonly birthMs: number;
}

export interface Found {
  readonly files: readonly FoundFile[];
  /** One text for each asked name, empty = nothing wrong. */
  readonly troubles: readonly string[];
}

const DEPTH_MOST = 6;
const LOG_NAME = /\.(log|json|jsonl|ndjson|txt|out)([.-][\w.:+-]*)?$/i;
const LOOKED_FOR = "*.log, *.json, *.jsonl, *.ndjson, *.txt, rotated and .gz ones too";

export async function findFiles(asked: readonly string[]): Promise<Found> {
  const found = new Map<string, FoundFile>();
  const troubles: string[] = [];
  for (const [index, name] of asked.entries()) {
    const { paths, trouble } = await pathsOf(name);
    const problems = trouble === "" ? [] : [trouble];
    for (const path of paths) {
      const file = await look(path, index);
      if ("problem" in file) problems.push(file.problem);
      else if (!found.has(file.inode)) found.set(file.inode, file);
    }
    troubles.push(shortened(problems));
  }
  return { files: [...found.values()].sort(oldestFirst), troubles };
}

async function pathsOf(name: string): Promise<{ readonly paths: readonly string[]; readonly trouble: string }> {
  const about = await stat(name).catch(reasonOf);
  if (typeof about === "object") {
    if (!about.isDirectory()) return { paths: [name], trouble: "" };
    const paths = await logsIn(name, 0);
    return { paths, trouble: paths.length === 0 ? `No log in this directory; looked for ${LOOKED_FOR}.` : "" };
  }
  if (!/[*?[{]/.test(name)) return { paths: [], trouble: about };
  const paths: string[] = [];
  for await (const path of glob(name)) paths.push(path);
  paths.sort();
  return { paths, trouble: paths.length === 0 ? "No file matches." : "" };
}

async function logsIn(directory: string, depth: number): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const paths: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".")) continue;
    const path = join(directory, entry.name);
    if (entry.isDirectory() && depth < DEPTH_MOST) paths.push(...(await logsIn(path, depth + 1)));
    else if ((entry.isFile() || entry.isSymbolicLink()) && LOG_NAME.test(entry.name)) paths.push(path);
  }
  return paths;
}

async function look(path: string, asked: number): Promise<FoundFile | { readonly problem: string }> {
  const about = await stat(path).catch(reasonOf);
  if (typeof about === "string") return { problem: `${basename(path)}: ${about}` };
  if (about.isDirectory()) return { problem: `${basename(path)}: is a directory; name it without a wildcard to read what is in it.` };
  if (!about.isFile()) return { problem: `${basename(path)}: is not a regular file; standard input is read with --stdin.` };
  return { path, asked, size: about.size, mtimeMs: about.mtimeMs, inode: inodeOf(about), birthMs: about.birthtimeMs };
}

/** For lines without a time before any line had one: when the file was written last, in nanoseconds since 1970. */
export function timeOf({ mtimeMs }: { readonly mtimeMs: number }): bigint {
  return BigInt(Math.trunc(mtimeMs)) * 1_000_000n;
}

export function reasonOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "No such file.";
  if (code === "EACCES" || code === "EPERM") return "This user may not read it.";
  if (code === "ENOTDIR") return "A part of the path is not a directory.";
  if (code === "EISDIR") return "It is a directory.";
  return error instanceof Error ? error.message : String(error);
}

/** Rotated files end in `.1`, `.2`, …: the higher the number the older. Times decide first. */
function oldestFirst(a: FoundFile, b: FoundFile): number {
  return a.mtimeMs - b.mtimeMs || rotationOf(b.path) - rotationOf(a.path) || (a.path < b.path ? -1 : 1);
}

function rotationOf(path: string): number {
  return Number(/\.(\d{1,6})(\.gz)?$/.exec(path)?.[1] ?? 0);
}

function shortened(problems: readonly string[]): string {
  const [first = "", ...more] = problems;
  return more.length === 0 ? first : `${first} And ${more.length} more.`;
}

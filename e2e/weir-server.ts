/** Starts the built product for a test, in a data directory of its own on a free port, and stops it by its process id. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface WeirOptions {
  /** `--file`, `--demo`, … Without any, demo data of a modest size. */
  readonly args?: readonly string[];
  /** Piped to standard input; then `--stdin` belongs in `args`. */
  readonly stdin?: string | Uint8Array;
  /** Kept from run to run by the test; else a fresh directory, removed at the end. */
  readonly dataDir?: string;
  /** Resolve as soon as it serves, not when its feeds were read. */
  readonly whileReading?: boolean;
  /** Beside the variables of the test. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface WeirEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface WeirServer {
  readonly url: string;
  readonly pid: number;
  /** All it printed so far. */
  output(): string;
  /** Sends the signal; a process that does not end by itself in three seconds is killed, which shows in `signal`. */
  stop(signal?: NodeJS.Signals): Promise<WeirEnd>;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const DEMO = ["--demo", "--demo-flows", "40000"];
const START_MS = 60_000;
const STOP_MS = 3_000;

export async function startWeir(options: WeirOptions = {}): Promise<WeirServer> {
  if (!existsSync(join(root, ".next/BUILD_ID"))) throw new Error("Weir is not built: node bin/house/build.mjs");
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "weir-e2e-")));
  const args = [join(root, "lib/server/main.ts"), "--port", "0", "--data", dataDir, ...(options.args ?? DEMO)];
  const weir = spawn(process.execPath, args, {
    cwd: dataDir,
    env: { ...process.env, NODE_ENV: "production", INIT_CWD: undefined, ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise<WeirEnd>((resolve) => weir.once("exit", (code, signal) => resolve({ code, signal })));
  let printed = "";
  const heard = new Set<() => void>();
  const hear = (chunk: Buffer): void => {
    printed += chunk.toString("utf8");
    for (const listener of heard) listener();
  };
  weir.stdout.on("data", hear);
  weir.stderr.on("data", hear);
  // a server that ends early breaks the pipe; its exit says why
  weir.stdin.on("error", () => undefined);
  weir.stdin.end(options.stdin ?? "");

  const stop = async (signal: NodeJS.Signals = "SIGTERM"): Promise<WeirEnd> => {
    weir.kill(signal);
    const late = setTimeout(() => weir.kill("SIGKILL"), STOP_MS);
    const end = await ended;
    clearTimeout(late);
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    return end;
  };

  try {
    const serves = /address\s+(http:\/\/\S+)/;
    // every feed ends with one line that says how much of it was read
    const reads = /^ {2}\S.* {2}(read|failed), /m;
    await until(
      () => serves.test(printed) && (options.whileReading === true || reads.test(printed)),
      heard,
      weir,
      ended,
      () => printed,
    );
    return { url: serves.exec(printed)?.[1] ?? "", pid: weir.pid ?? 0, output: () => printed, stop };
  } catch (error) {
    await stop("SIGKILL");
    throw error;
  }
}

async function until(
  holds: () => boolean,
  heard: Set<() => void>,
  weir: ChildProcess,
  ended: Promise<WeirEnd>,
  printed: () => string,
): Promise<void> {
  if (holds()) return;
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`Weir ${why}:\n${printed()}`));
    const timer = setTimeout(() => fail(`did not start within ${START_MS / 1000} s`), START_MS);
    heard.add(() => {
      if (!holds()) return;
      clearTimeout(timer);
      resolve();
    });
    weir.once("error", (error) => fail(error.message));
    ended.then(({ code, signal }) => {
      clearTimeout(timer);
      fail(`ended with ${code ?? signal}`);
    });
  });
}

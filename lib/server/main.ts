/** Weir's process: configuration, the engine thread, the HTTP server around Next, and a clean end. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Config, readConfig } from "./config.ts";
import { startEngine } from "./engine-client.ts";
import type { EngineNews } from "./engine-protocol.ts";
import { helpText } from "./help.ts";
import type { PageHandler } from "./http-server.ts";
import { closeServer, createHttpServer, listen } from "./http-server.ts";
import { createProgressPrinter } from "./progress-printer.ts";
import { setRuntime } from "./runtime-slot.ts";
import { openingText } from "./terminal.ts";

const STREAM_GRACE_MS = 300;
const ENGINE_GRACE_MS = 2_000;
const root = fileURLToPath(new URL("../..", import.meta.url));

const read = readConfig({
  argv: process.argv.slice(2),
  env: process.env,
  cwd: process.env.INIT_CWD ?? process.cwd(),
  defaultDataDir: join(root, "data"),
  holdsFlows: (dir) => existsSync(dir) && readdirSync(dir).some((name) => name.endsWith(".duckdb")),
});
if (read.is === "show") {
  process.stdout.write(read.what === "help" ? helpText() : `${version()}\n`);
  process.exit(0);
} else if (read.is === "wrong") {
  process.stderr.write(
    `Weir cannot start like this:\n${read.problems.map((problem) => `  ${problem}\n`).join("")}\nnpm start -- --help tells every option.\n`,
  );
  process.exit(2);
} else await run(read.config);

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "";
}

async function run(config: Config): Promise<void> {
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  const printProgress = createProgressPrinter(process.stdout, Date.now);
  const opened = Promise.withResolvers<Extract<EngineNews, { news: "ready" | "refused" }>>();
  const engine = startEngine({
    entry: new URL("./engine.ts", import.meta.url),
    settings: config,
    onNews: (news) => {
      if (news.news === "progress") printProgress(news.feeds);
      else if (news.news === "trouble") say(`weir: ${news.text}`);
      else opened.resolve(news);
    },
    onCrash: (reason, againInMs) => say(`weir: the store's thread stopped and starts again in ${againInMs} ms: ${reason}`),
  });
  setRuntime({ store: engine.store, live: engine.live, replays: engine.replays, config, version: version(), startedAt: Date.now() });

  const pages = Promise.withResolvers<PageHandler>();
  const server = createHttpServer({ config, store: engine.store, pages: pages.promise, onError: (error) => say(`weir: ${String(error)}`) });
  let ending = false;
  const end = async (code: number): Promise<void> => {
    if (ending) return;
    ending = true;
    await Promise.all([closeServer(server, STREAM_GRACE_MS), engine.close(ENGINE_GRACE_MS)]);
    process.exit(code);
  };
  process.on("SIGINT", () => void end(130));
  process.on("SIGTERM", () => void end(143));
  process.on("SIGHUP", () => void end(129));
  // one page's forgotten rejection must not end the process for everybody
  process.on("unhandledRejection", (reason) => say(`weir: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`));
  // bin/start.mjs holds the other end: when it is gone, nobody could stop this process any more
  if (process.send !== undefined) process.on("disconnect", () => void end(1));

  const listening = await listen(server, config.host, config.port);
  if ("problem" in listening) {
    say(listening.problem);
    return end(1);
  }
  const [handler, news] = await Promise.all([preparePages(config, listening.port, server), opened.promise]);
  pages.resolve(handler);
  if (news.news === "refused") {
    say(`Weir cannot open its store: ${news.text}`);
    if (!config.dev) return end(1);
  }
  const { store, feeds } = news.news === "ready" ? news : { store: "none", feeds: [] };
  const host = config.host.includes(":") ? `[${config.host}]` : config.host;
  const address = `http://${host}:${listening.port}`;
  process.stdout.write(`${openingText({ version: version(), address, store, feeds, config })}\n`);
}

async function preparePages(config: Config, port: number, httpServer: ReturnType<typeof createHttpServer>): Promise<PageHandler> {
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  // next is CommonJS: required, its type is the function itself
  const next: typeof import("next").default = createRequire(import.meta.url)("next");
  const app = next({ dev: config.dev, dir: root, hostname: config.host, port, httpServer });
  await app.prepare();
  return app.getRequestHandler();
}

/** Agents print, or a relay streams, and a browser watches the live view: how long a line takes to its row on the screen, and how long the page is busy at once. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { chromium, type Page } from "playwright";
import { startWeir } from "../../e2e/weir-server.ts";
import { startAgents, startRelay } from "./live-source.ts";

export interface LiveSize {
  /** Nodes behind a relay instead of agents. */
  readonly relay: boolean;
  readonly agents: number;
  readonly linesPerSecond: number;
  readonly seconds: number;
}

export interface LiveResult {
  readonly emitted: number;
  /** Milliseconds from printing a line until it, or a newer one, is painted; of all lines. */
  readonly lagP50: number;
  readonly lagP95: number;
  readonly lagMost: number;
  readonly longTasks: number;
  /** Milliseconds. */
  readonly longestTask: number;
}

const STEP_MS = 20;
/** What the page and the server do once only is over by then. */
const WARM_UP_MS = 5_000;

interface Seen {
  /** Milliseconds since 1970, and the newest line painted then. */
  readonly painted: readonly (readonly [number, number])[];
  readonly tasks: readonly number[];
}

export async function measureLive(size: LiveSize): Promise<LiveResult> {
  const folder = mkdtempSync(join(tmpdir(), "weir-live-lag-"));
  mkdirSync(join(folder, "data"));
  const source = size.relay ? await startRelay(size.agents) : await startAgents(size.agents, folder);
  const weir = await startWeir({ args: source.args, dataDir: join(folder, "data"), whileReading: true });
  const { WEIR_CHROMIUM: executablePath = "/usr/bin/chromium" } = process.env;
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
    const times: number[] = [];
    const print = async (ms: number): Promise<void> => {
      const began = performance.now();
      const before = times.length;
      for (let passed = 0; passed < ms; passed = performance.now() - began) {
        const due = before + (passed * size.linesPerSecond) / 1_000;
        for (; times.length < due; times.push(Date.now())) source.emit(times.length);
        await wait(STEP_MS);
      }
    };
    await print(1_000);
    await page.goto(`${weir.url}/flows?live=on`);
    await page.getByRole("switch", { name: /^Live/ }).filter({ hasText: "on" }).waitFor();
    await print(WARM_UP_MS);
    const first = times.length;
    await watch(page);
    await print(size.seconds * 1_000);
    await wait(3_000);
    return resultOf(times.slice(first), first, await seenBy(page));
  } finally {
    await browser.close();
    await weir.stop();
    await source.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const painted: [number, number][] = [];
    const tasks: number[] = [];
    Object.assign(globalThis, { weirSeen: { painted, tasks } });
    let most = -1;
    const look = (): void => {
      for (const { id } of document.querySelectorAll('[id^="flow-5eed"]')) most = Math.max(most, Number.parseInt(id.slice(-12), 16));
      const newest = most;
      if (newest > (painted.at(-1)?.[1] ?? -1)) requestAnimationFrame(() => painted.push([Date.now(), newest]));
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
  });
}

/** `watch` put it there in this shape. */
function seenBy(page: Page): Promise<Seen> {
  return page.evaluate<Seen>("globalThis.weirSeen");
}

function resultOf(times: readonly number[], first: number, { painted, tasks }: Seen): LiveResult {
  const lags: number[] = [];
  let at = 0;
  for (const [index, time] of times.entries()) {
    while (at < painted.length && (painted[at]?.[1] ?? 0) < first + index) at += 1;
    lags.push((painted[at]?.[0] ?? Number.POSITIVE_INFINITY) - time);
  }
  lags.sort((a, b) => a - b);
  const share = (part: number): number => lags[Math.min(lags.length - 1, Math.floor(lags.length * part))] ?? 0;
  return {
    emitted: times.length,
    lagP50: share(0.5),
    lagP95: share(0.95),
    lagMost: share(1),
    longTasks: tasks.length,
    longestTask: Math.max(0, ...tasks),
  };
}

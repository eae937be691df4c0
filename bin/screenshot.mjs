/** Makes the README's picture: the built product on demo data, and a Chromium that looks at its overview. Options go to Weir. */
import { join } from "node:path";
import { chromium } from "playwright";
import { startWeir } from "../e2e/weir-server.ts";
import { ensureBrowser } from "./house/browser.mjs";
import { root } from "./house/root.mjs";

const ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"];

const browserFound = ensureBrowser(process.env, (text) => void process.stderr.write(`${text}\n`));
if ("problem" in browserFound) throw new Error(browserFound.problem);
const weir = await startWeir({ args: ["--demo", ...process.argv.slice(2)] });
try {
  const browser = await chromium.launch({ executablePath: browserFound.path, args: ARGS });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: "light", timezoneId: "UTC" });
  await page.goto(weir.url, { waitUntil: "networkidle" });
  await page.locator(".recharts-surface").waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: join(root, "docs/overview.png") });
  await browser.close();
} finally {
  await weir.stop();
}

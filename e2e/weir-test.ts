/** Playwright's `test` with one Weir on demo data for all tests of a worker; `page.goto("/")` is its overview. `expect` comes from playwright/test. */
import { test as base } from "playwright/test";
import { startWeir, type WeirServer } from "./weir-server.ts";

export const test = base.extend<{ baseURL: string }, { weir: WeirServer }>({
  weir: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      const weir = await startWeir();
      await use(weir);
      await weir.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  baseURL: async ({ weir }, use) => use(weir.url),
});

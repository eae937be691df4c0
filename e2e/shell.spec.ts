import { gzipSync } from "node:zlib";
import { expect } from "playwright/test";
import { expectAccessible } from "./accessible.ts";
import { test } from "./weir-test.ts";

for (const path of ["/coverage", "/coverage?tab=feeds", "/coverage?tab=lines", "/coverage?tab=agent", "/nosuch"]) {
  test(`axe finds nothing on ${path}`, async ({ page }) => {
    await page.goto(path);
    await page.getByRole("banner").waitFor();
    await expectAccessible(page);
  });
}

test("leads from page to page with the same question", async ({ page }) => {
  await page.goto("/groups?from=now-12h&ns=checkout&by=pod,port&order=packets");
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Flows" }).click();
  await expect(page).toHaveURL(/\/flows\?from=now-12h&ns=checkout$/);
  await expect(page.getByRole("link", { name: "Flows", exact: true })).toHaveAttribute("aria-current", "page");
  await page.getByRole("link", { name: "Weir" }).click();
  await expect(page).toHaveURL(/:\d+\/$/);
});

test("says on every page that data is made up, and what is missing", async ({ page }) => {
  for (const path of ["/", "/groups", "/flows"]) {
    await page.goto(path);
    await expect(page.getByText("Demo data.")).toBeVisible();
    await page.getByRole("link", { name: "Details" }).first().click();
    await expect(page).toHaveURL(/\/coverage/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Demo data.");
  }
  await expect(page.getByRole("img", { name: "something is missing" })).toBeVisible();
});

test("coverage counts every line, and shows those that were not understood as text", async ({ page, request }) => {
  const { coverage } = await (await request.get("/api/v1/coverage")).json();
  const { lines } = coverage;
  expect(lines.flows + lines.notices + lines.agent + lines.rejected).toBe(lines.total);
  await page.goto("/coverage");
  await expect(page.getByRole("region", { name: "What is seen" })).toContainText(`lines${lines.total.toLocaleString("en-US")}`);
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(coverage.nodes + 1);
  await page.getByRole("link", { name: /Lines not understood/ }).click();
  await expect(page.getByRole("region", { name: "Some of the lines" })).toContainText('{"flow"');
  await page.getByRole("link", { name: /Agent messages/ }).click();
  await expect(page.getByRole("region", { name: "In the agent's own words" })).toBeVisible();
});

test("colours follow the system, then the choice, across a reload, without a flash", async ({ page }) => {
  const root = page.locator("html");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/");
  await expect(root).toHaveAttribute("data-mantine-color-scheme", "dark");
  await page.getByRole("button", { name: /^Colours: as the system/ }).click();
  await expect(root).toHaveAttribute("data-mantine-color-scheme", "light");
  // what the parser sees before any script of the bundle ran
  await page.addInitScript(() => {
    document.addEventListener("DOMContentLoaded", () => {
      document.documentElement.dataset.atFirst = document.documentElement.dataset.mantineColorScheme ?? "";
    });
  });
  await page.reload();
  await expect(root).toHaveAttribute("data-at-first", "light");
  await expect(root).toHaveAttribute("data-mantine-color-scheme", "light");
});

test("finds a pod from the keyboard alone", async ({ page }) => {
  await page.goto("/groups?ns=search");
  await page.getByRole("banner").waitFor();
  await page.keyboard.press("Control+k");
  const field = page.getByRole("dialog", { name: "Command palette" }).getByRole("textbox", { name: "Find a pod, group, address or page" });
  await expect(field).toBeFocused();
  await page.keyboard.type("cart-api");
  await expect(page.getByRole("button", { name: /^Workload checkout\/cart-api/ })).toBeVisible();
  await expectAccessible(page, "the palette", "[role=dialog]");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/groups\?(pod|workload)=checkout\/cart-api/);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the palette leads to pages, and closes on Escape", async ({ page }) => {
  await page.goto("/?ns=checkout");
  await page.getByRole("button", { name: /Find a pod/ }).click();
  await expect(page.getByRole("textbox", { name: /^Find a pod/ })).toBeFocused();
  await page.keyboard.type("every blocked");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/flows\?ns=checkout$/);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("lists the keys on ?, but not while somebody types", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("banner").waitFor();
  await page.keyboard.press("?");
  const list = page.getByRole("dialog", { name: "Keyboard" });
  await expect(list).toContainText("Add a filter");
  await page.keyboard.press("Escape");
  await expect(list).toHaveCount(0);
  await page.keyboard.press("/");
  await page.getByRole("combobox", { name: "Add a filter" }).fill("");
  await page.keyboard.type("a?");
  await expect(page.getByRole("combobox")).toHaveValue("a?");
  await expect(list).toHaveCount(0);
});

test("skips to the content by keyboard", async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#content")).toBeFocused();
});

for (const width of [768, 1024, 1280, 1920]) {
  test(`nothing is cut off or scrolls sideways at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const path of ["/?ns=checkout,search,web,payments&not.port=443,8443&q=a", "/groups", "/flows", "/coverage"]) {
      await page.goto(path);
      await expect(page.getByRole("button", { name: /Find a pod/ })).toBeInViewport();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, path).toBe(0);
    }
  });
}

test("what is not there leads back", async ({ page }) => {
  const response = await page.goto("/nosuch");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is no such page." })).toBeVisible();
});

for (const path of ["/groups", "/flows", "/coverage"]) {
  test(`${path} loads at most 230 KiB of JavaScript first`, async ({ request }) => {
    const html = await (await request.get(path)).text();
    const scripts = [...html.matchAll(/<script(?![^>]*noModule)[^>]+src="([^"]+)"/gi)].flatMap(([, source]) => source ?? []);
    expect(scripts.length).toBeGreaterThan(3);
    let weight = 0;
    for (const source of new Set(scripts)) weight += gzipSync(await (await request.get(source)).body()).length;
    expect(weight / 1024).toBeGreaterThan(100);
    expect(weight / 1024).toBeLessThanOrEqual(230);
  });
}

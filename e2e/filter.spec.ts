import type { Locator, Page } from "playwright/test";
import { expect } from "playwright/test";
import { test } from "./weir-test.ts";

const chips = (page: Page): Locator => page.getByRole("list", { name: "Filters" }).getByRole("listitem");
const facets = (page: Page): Locator => page.getByRole("complementary", { name: "Facets" });
const facetRow = (page: Page, name: string): Locator =>
  facets(page)
    .getByRole("listitem")
    .filter({ has: page.getByRole("link", { name: `Only ${name}`, exact: true }) });
const summary = async (page: Page): Promise<{ readonly attempts: number }> =>
  (await (await page.request.get(`/api/v1/summary${new URL(page.url()).search}`)).json()).answer;

test("a facet includes, its count is what the answer then has", async ({ page }) => {
  await page.goto("/groups");
  const row = facetRow(page, "checkout");
  const counted = await row.getByRole("link").first().textContent();
  await row.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/groups\?ns=checkout$/);
  await expect(chips(page)).toContainText(["namespace"]);
  expect(counted).toContain((await summary(page)).attempts.toLocaleString("en-US"));
  await expect(facetRow(page, "ops")).toBeVisible();
  await facetRow(page, "ops").getByRole("link").first().click();
  await expect(page).toHaveURL(/\/groups\?ns=checkout,ops$/);
  await expect(chips(page)).toHaveCount(1);
});

test("Alt-click excludes, and a click takes it back", async ({ page }) => {
  await page.goto("/groups");
  await facetRow(page, "ops")
    .getByRole("link")
    .first()
    .click({ modifiers: ["Alt"] });
  await expect(page).toHaveURL(/\/groups\?not\.ns=ops$/);
  await expect(chips(page)).toContainText(["not in namespace"]);
  await facetRow(page, "ops").getByRole("link").first().click();
  await expect(page).toHaveURL(/\/groups$/);
});

test("only and exclude stand in a facet's row for mouse and keyboard", async ({ page }) => {
  await page.goto("/groups?ns=ops");
  await facetRow(page, "checkout").hover();
  await facetRow(page, "checkout").getByRole("link", { name: "Only checkout" }).click();
  await expect(page).toHaveURL(/\/groups\?ns=checkout$/);
  await facetRow(page, "checkout").getByRole("link", { name: "Exclude checkout" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/groups\?not\.ns=checkout$/);
});

test("a facet finds what it does not list", async ({ page }) => {
  await page.goto("/groups");
  await facets(page).getByRole("searchbox", { name: "Search workloads" }).fill("cart-a");
  await expect(facetRow(page, "checkout/cart-api")).toBeVisible();
  await facetRow(page, "checkout/cart-api").getByRole("link").first().click();
  await expect(page).toHaveURL(/\/groups\?workload=checkout\/cart-api$/);
});

test("facets are a drawer where there is no room, and on the overview", async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 800 });
  for (const path of ["/", "/groups"]) {
    await page.goto(path);
    await expect(facets(page)).toBeHidden();
    await page.getByRole("button", { name: "Facets", exact: true }).click();
    await facetRow(page, "checkout").getByRole("link").first().click();
    await expect(page).toHaveURL(/ns=checkout$/);
    await page.keyboard.press("Escape");
    await expect(facets(page)).toBeHidden();
  }
});

test("a chip goes with its cross, value by value, or turns round", async ({ page }) => {
  await page.goto("/flows?ns=checkout,search&not.port=443");
  await page.getByRole("link", { name: "Remove filter not port 443" }).click();
  await expect(page).toHaveURL(/\/flows\?ns=checkout,search$/);
  await page.getByRole("button", { name: "Edit filter namespace checkout, search" }).click();
  await page.getByRole("link", { name: "Without search" }).click();
  await expect(page).toHaveURL(/\/flows\?ns=checkout$/);
  await page.getByRole("button", { name: /^Edit filter/ }).click();
  await page.getByRole("link", { name: "Exclude instead" }).click();
  await expect(page).toHaveURL(/\/flows\?not\.ns=checkout$/);
});

test("a chip takes another value", async ({ page }) => {
  await page.goto("/?ns=checkout");
  await page.getByRole("button", { name: /^Edit filter/ }).click();
  await page.getByRole("button", { name: "Add another value" }).click();
  await expect(page.getByRole("combobox", { name: "Value of Namespace" })).toBeFocused();
  await page.keyboard.type("sear");
  await page
    .getByRole("option", { name: /search/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/\?ns=checkout,search$/);
});

test("filters by keyboard alone", async ({ page }) => {
  await page.goto("/flows");
  await page.getByRole("banner").waitFor();
  await page.keyboard.press("/");
  await expect(page.getByRole("combobox", { name: "Add a filter" })).toBeFocused();
  await page.keyboard.type("port:443");
  await expect(page.getByRole("option").first()).toContainText("443");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/flows\?port=443$/);
  await expect(page.getByRole("button", { name: "Add a filter /" })).toBeFocused();
  await page.keyboard.press("/");
  await page.keyboard.type("-ns:kube");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/not\.ns=kube/);
  await page.keyboard.press("/");
  await page.keyboard.press("Backspace");
  await expect(page).toHaveURL(/\/flows\?port=443$/);
});

test("finds names by free text", async ({ page }) => {
  await page.goto("/groups");
  await page.getByRole("button", { name: "Add a filter /" }).click();
  await page.keyboard.type("azure");
  await page.getByRole("option", { name: "Names that contain “azure”" }).click();
  await expect(page).toHaveURL(/\/groups\?q=azure$/);
  await expect(chips(page)).toContainText(["name contains“azure”"]);
});

test("a link shows the same to somebody else", async ({ page, browser, baseURL }) => {
  await page.goto("/groups?not.ns=ops");
  await facetRow(page, "Explicit deny").getByRole("link").first().click();
  await expect(page).toHaveURL(/reason=deny/);
  await page.getByRole("link", { name: "Pin to these exact times" }).click();
  await expect(page).toHaveURL(/from=.*&to=/);
  await expect(page.getByRole("img", { name: "Pinned to these exact times" })).toBeVisible();
  // not the ages beside it, which go on
  const totals = async (one: Page): Promise<string> =>
    /\d+ combinations[\d,]+ attempts[\d,]+ packets/.exec((await one.getByRole("main").textContent()) ?? "")?.[0] ?? "no totals";
  const shown = await totals(page);
  expect(shown).toContain("attempts");
  const stranger = await browser.newContext({ baseURL, javaScriptEnabled: true });
  const other = await stranger.newPage();
  await other.goto(page.url());
  await expect(chips(other)).toHaveText(await chips(page).allTextContents());
  expect(await totals(other)).toBe(shown);
  await stranger.close();
});

test("a link shows the answer before any script runs", async ({ browser, baseURL }) => {
  const plain = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto("/?ns=checkout&not.port=443");
  await expect(chips(page)).toHaveCount(2);
  await page.getByRole("link", { name: "Remove filter not port 443" }).click();
  await expect(page).toHaveURL(/\/\?ns=checkout$/);
  await expect(chips(page)).toHaveCount(1);
  await plain.close();
});

test("back and forward walk through what was chosen", async ({ page }) => {
  await page.goto("/groups");
  await facetRow(page, "checkout").getByRole("link").first().click();
  await expect(chips(page)).toHaveCount(1);
  await facetRow(page, "Explicit deny").getByRole("link").first().click();
  await expect(chips(page)).toHaveCount(2);
  await page.goBack();
  await expect(page).toHaveURL(/\/groups\?ns=checkout$/);
  await expect(chips(page)).toHaveCount(1);
  await page.goBack();
  await expect(chips(page)).toHaveCount(0);
  await page.goForward();
  await expect(chips(page)).toHaveCount(1);
  await expect(facetRow(page, "checkout").getByRole("link").first()).toContainText("included");
});

test("names what it cannot read, and uses the rest", async ({ page }) => {
  const response = await page.goto("/flows?ns=checkout&port=99999&bogus=%E2%80%AE%3Cimg%20src%3Dx%3E&from=yesterday");
  expect(response?.status()).toBe(200);
  const notice = page.getByRole("status").filter({ hasText: "could not be read" });
  await expect(notice).toContainText("3 parts of this link could not be read.");
  await expect(notice).toContainText("port=99999");
  await expect(notice).toContainText("bogus=⟨U+202E⟩<img src=x>");
  await expect(notice).toContainText("from=yesterday");
  await expect(chips(page)).toHaveCount(1);
});

test("presets stay relative, the pin makes them exact", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: /^Window/ }).click();
  await page.getByRole("link", { name: "Last 6 hours" }).click();
  await expect(page).toHaveURL(/\/\?from=now-6h$/);
  await expect(page.getByRole("button", { name: "Window: Last 6 hours" })).toBeVisible();
  await page.getByRole("link", { name: "Pin to these exact times" }).click();
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\dT[\d:.]+Z&to=\d{4}/);
  await expect(page.getByRole("img", { name: "Pinned to these exact times" })).toBeVisible();
});

test("a range of one's own, checked and on the chosen clock", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, timezoneId: "Asia/Kathmandu" });
  const page = await context.newPage();
  await page.goto("/flows?zone=local");
  await expect(page.getByText(/UTC\+5:45/)).toBeVisible();
  await page.getByRole("button", { name: /^Window/ }).click();
  await page.getByLabel("From", { exact: true }).fill("2026-02-30 10:00");
  await page.getByRole("button", { name: "Show this range" }).click();
  await expect(page.getByText("A day and a time, like 2026-09-21 10:42.")).toBeVisible();
  await page.getByLabel("From", { exact: true }).fill("2026-09-21 10:00");
  await page.getByLabel("To", { exact: true }).fill("2026-09-21 09:00");
  await page.getByRole("button", { name: "Show this range" }).click();
  await expect(page.getByText("The window ends before it begins.")).toBeVisible();
  await page.getByLabel("To", { exact: true }).fill("2026-09-21 11:00");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/from=2026-09-21T04:15:00Z&to=2026-09-21T05:15:00Z&zone=local$/);
  await context.close();
});

test("a window with nothing in it offers the nearest that has something", async ({ page }) => {
  await page.goto("/flows?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z");
  await expect(page.getByRole("heading", { name: /^Nothing is known/ })).toBeVisible();
  await page.getByRole("link", { name: /^Nearest blocked egress/ }).click();
  await expect(page).toHaveURL(/\/flows\?from=/);
  await expect(page.getByRole("heading", { name: /^Nothing/ })).toHaveCount(0);
});

test("copies the link", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  await page.goto("/?ns=checkout");
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  await context.close();
});

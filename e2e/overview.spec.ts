import { gzipSync } from "node:zlib";
import type { APIRequestContext, Page } from "playwright/test";
import { expect } from "playwright/test";
import { expectAccessible } from "./accessible.ts";
import { test } from "./weir-test.ts";

const count = (value: number): string => value.toLocaleString("en-US");

test("says how much was blocked, in the HTML already", async ({ page, request }) => {
  const window = await pinned(request);
  const { answer } = await (await request.get(`/api/v1/summary${window}`)).json();
  expect(answer.attempts).toBeGreaterThan(0);
  const html = await (await request.get(`/${window}`)).text();
  expect(html).toContain(count(answer.attempts));
  expect(html).toContain(count(answer.packets));
  await page.goto(`/${window}`);
  const totals = page.getByRole("region", { name: "Totals" });
  await expect(totals).toContainText(`Attempts${count(answer.attempts)}`);
  await expect(totals).toContainText(`Packets${count(answer.packets)}`);
  await expect(totals).toContainText(`${count(answer.senders.workloads)} workloads`);
  await expect(totals).toContainText(`${count(answer.destinations.groups)} groups`);
  for (const [reason, word] of [
    ["deny", "Explicit deny"],
    ["default", "Default deny"],
  ] as const) {
    await expect(totals.getByRole("listitem").filter({ hasText: word })).toContainText(count(answer.reasons[reason]));
  }
});

test("shows what it does not count, one click away", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: /would-be drop/ }).click();
  await expect(page).toHaveURL(/reason=audit/);
  await expect(page.getByRole("region", { name: "Totals" })).toContainText("Would-be drop");
});

test("ranks senders, destinations and ports as the API does", async ({ page, request }) => {
  const window = await pinned(request);
  await page.goto(`/${window}`);
  for (const [panel, by] of [
    ["Senders", "workload"],
    ["Destinations", "group"],
  ] as const) {
    const { answer } = await (await request.get(`/api/v1/groups${window}&by=${by}`)).json();
    const rows = page.getByRole("region", { name: panel }).getByRole("row");
    await expect(rows.nth(1)).toContainText(count(answer.rows[0].attempts));
    await expect(rows.nth(1)).toContainText(answer.rows[0].key[0].split("/").at(-1));
    await expect(page.getByRole("link", { name: `All ${count(answer.total)} ${by}s` })).toBeVisible();
  }
});

test("brushes with the mouse and zooms with Z", async ({ page, request }) => {
  await ready(page);
  await drag(page, 0.4, 0.6);
  const pill = page.getByText(/ attempts/).filter({ has: page.locator("visible=true") });
  await expect(pill.first()).toBeVisible();
  await page.keyboard.press("z");
  await expect(page).toHaveURL(/from=.*&to=/);
  const { answer } = await (await request.get(`/api/v1/summary${new URL(page.url()).search}`)).json();
  await expect(page.getByRole("region", { name: "Totals" })).toContainText(`Attempts${count(answer.attempts)}`);
  await page.goBack();
  await expect(page).not.toHaveURL(/from=/);
});

test("never draws the chart again while dragging", async ({ page }) => {
  await ready(page);
  const changes = await page.evaluateHandle(() => {
    const seen = { count: 0 };
    const chart = document.querySelector(".recharts-surface");
    if (chart)
      new MutationObserver((list) => (seen.count += list.length)).observe(chart, { subtree: true, childList: true, attributes: true });
    return seen;
  });
  await drag(page, 0.2, 0.8);
  await expect(brush(page)).toHaveAttribute("aria-valuetext", /attempts/);
  expect(await changes.evaluate((seen) => seen.count)).toBe(0);
});

test("brushes and zooms with the keyboard alone, and leaves with Escape", async ({ page }) => {
  await ready(page);
  await brush(page).focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Escape");
  await expect(brush(page)).toHaveAttribute("aria-valuetext", "No range chosen");
  for (let step = 0; step < 12; step += 1) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(brush(page)).toHaveAttribute("aria-valuetext", /\d\d:\d\d – .*attempts/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/from=.*&to=/);
});

test("a click keeps only that sender, and back brings the others", async ({ page }) => {
  await ready(page);
  const senders = page.getByRole("region", { name: "Senders" });
  const before = await senders.getByRole("row").count();
  const name = await senders.getByRole("rowheader").nth(1).getByRole("link").first().textContent();
  await senders
    .getByRole("row")
    .nth(2)
    .click({ position: { x: 250, y: 10 } });
  await expect(page).toHaveURL(/[?&]workload=/);
  await expect(senders.getByRole("row")).toHaveCount(2);
  await expect(senders.getByRole("rowheader")).toContainText([name ?? "?"]);
  await page.goBack();
  await expect(senders.getByRole("row")).toHaveCount(before);
});

test("Alt-click and the row's own action leave a sender out", async ({ page }) => {
  await ready(page);
  const senders = page.getByRole("region", { name: "Senders" });
  const first = senders.getByRole("rowheader").first().getByRole("link").first();
  const one = (await first.textContent()) ?? "?";
  await first.click({ modifiers: ["Alt"] });
  await expect(page).toHaveURL(/not\.workload=/);
  await expect(first).not.toHaveText(one);
  const two = (await first.textContent()) ?? "?";
  await senders.getByRole("row").nth(1).hover();
  await senders
    .getByRole("link", { name: /^Exclude/ })
    .first()
    .click();
  await expect(first).not.toHaveText(two);
  await expect(page).toHaveURL(/not\.workload=[^&]*,/);
});

test("marks what is new, and only where there is a time before", async ({ page, request }) => {
  const window = await pinned(request, "?from=now-6h");
  const groups = await (await request.get(`/api/v1/groups${window}&by=workload`)).json();
  const fresh = groups.answer.rows.filter((row: { isNew: boolean }) => row.isNew).length;
  await page.goto(`/${window}`);
  const senders = page.getByRole("region", { name: "Senders" });
  const shown = await senders.getByRole("row").count();
  const top = groups.answer.rows.slice(0, shown - 1).filter((row: { isNew: boolean }) => row.isNew).length;
  expect(fresh).toBeGreaterThan(0);
  await expect(senders.getByText("NEW", { exact: true })).toHaveCount(top);
  await expect(page.getByRole("region", { name: "Totals" })).toContainText(`${fresh} new`);
  await page.goto(`/?from=2020-01-01T00:00:00Z&to=${groups.coverage.window.to}`);
  await expect(page.getByRole("region", { name: "Totals" })).toContainText("nothing stored from before");
  await expect(page.getByText("NEW", { exact: true })).toHaveCount(0);
});

test("splits by destination group, and counts senders and destinations by another level", async ({ page }) => {
  await ready(page);
  await page.getByRole("link", { name: "Destination group" }).click();
  await expect(page).toHaveURL(/split=group/);
  await expect(page.getByRole("list", { name: /Destination groups/ })).toBeVisible();
  await page.getByRole("button", { name: "by workload" }).click();
  await page.getByRole("link", { name: "by namespace" }).click();
  await expect(page).toHaveURL(/by=namespace/);
  await expect(page).toHaveURL(/split=group/);
  await expect(page.getByRole("link", { name: /All \d+ namespaces/ })).toBeVisible();
});

test("tells the timeline as a table", async ({ page }) => {
  await ready(page);
  await page.getByRole("link", { name: "Show as table" }).click();
  await expect(page).toHaveURL(/tab=table/);
  await expect(page.getByRole("columnheader", { name: "Explicit deny" })).toBeVisible();
  await page.getByRole("link", { name: "Show as chart" }).click();
  await expect(brush(page)).toBeVisible();
});

test("says of a time before everything stored that nothing is known of it, and where there is something", async ({ page }) => {
  await page.goto("/?from=2019-01-01T00:00:00Z&to=2019-01-02T00:00:00Z");
  await expect(page.getByRole("heading", { name: "Nothing is known of this time." })).toBeVisible();
  await expect(page.getByText("1 Jan 2019", { exact: false }).first()).toBeVisible();
});

test("loads at most 270 KiB of JavaScript first, and the chart later", async ({ page, request }) => {
  const html = await (await request.get("/")).text();
  const sources = [...html.matchAll(/<script\b[^>]*>/gi)]
    .map(([tag]) => (/nomodule/i.test(tag) ? undefined : /src="([^"]+)"/.exec(tag)?.[1]))
    .filter((source) => source !== undefined);
  const bodies = await Promise.all(sources.map(async (source) => (await request.get(source)).body()));
  expect(bodies.length).toBeGreaterThan(2);
  expect(bodies.some((body) => body.includes("recharts"))).toBe(false);
  expect(bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) / 1024).toBeLessThanOrEqual(270);
  await ready(page);
});

test("axe finds nothing", async ({ page }) => {
  for (const path of ["/", "/?split=group&from=now-6h"]) {
    await ready(page, path);
    await expectAccessible(page, path);
  }
});

/** The window that a page would open on now, as instants: what is asked twice is answered alike. */
async function pinned(request: APIRequestContext, query = ""): Promise<string> {
  const { coverage } = await (await request.get(`/api/v1/summary${query}`)).json();
  return `?from=${coverage.window.from}&to=${coverage.window.to}`;
}

function brush(page: Page) {
  return page.getByRole("slider", { name: /Time range/ });
}

async function ready(page: Page, path = "/"): Promise<void> {
  await page.goto(path);
  await page.locator(".recharts-surface").waitFor();
}

/** From one place of the plot to another, 0 = its left edge, 1 = its right edge. */
async function drag(page: Page, from: number, to: number): Promise<void> {
  const box = await brush(page).boundingBox();
  if (box === null) throw new Error("the timeline is not on the page");
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * to, y, { steps: 20 });
  await page.mouse.up();
}

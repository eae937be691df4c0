import type { APIRequestContext, Locator, Page } from "playwright/test";
import { expect } from "playwright/test";
import type { GroupRow, GroupTable } from "#lib/questions/answer.ts";
import { expectAccessible } from "./accessible.ts";
import { test } from "./weir-test.ts";

const count = (value: number): string => value.toLocaleString("en-US");
const last = (value: string | null | undefined): string => (value ?? "").split("/").at(-1) ?? "";

/** The first answer's window, pinned, so that page and API are asked about the same flows. */
async function pinned(request: APIRequestContext): Promise<string> {
  const { coverage } = await (await request.get("/api/v1/summary")).json();
  return `from=${coverage.window.from}&to=${coverage.window.to}`;
}

async function groups(request: APIRequestContext, query: string): Promise<GroupTable> {
  const { answer } = await (await request.get(`/api/v1/groups?${query}`)).json();
  return answer;
}

async function open(page: Page, query: string): Promise<void> {
  await page.goto(`/groups?${query}`);
  const table = page.getByRole("treegrid");
  await expect(table).toBeVisible();
  // Keys and clicks are answered once React has taken the table over.
  await page.waitForFunction(() => {
    const grid = document.querySelector("[role=treegrid]");
    return grid !== null && Object.keys(grid).some((key) => key.startsWith("__reactProps"));
  });
}

const rowsOf = (page: Page) => page.getByRole("treegrid").locator('[role="row"][aria-level]');

/** The row at this place shows this group, and how many attempts it has. */
async function expectRow(page: Page, index: number, row: GroupRow | undefined, depth = 0): Promise<void> {
  const shown = rowsOf(page).nth(index);
  await expect(shown.getByRole("rowheader")).toContainText(last(row?.key[depth]));
  await expect(
    shown
      .getByRole("gridcell")
      .filter({ hasText: new RegExp(`^${count(row?.attempts ?? -1)}$`) })
      .first(),
  ).toBeVisible();
}

test("rows are in the HTML already, in the API's order", async ({ request, browser, baseURL }) => {
  const window = await pinned(request);
  const { rows, total, totals } = await groups(request, `${window}&by=workload`);
  const plain = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await plain.newPage();
  await page.goto(`/groups?${window}`);
  for (const [index, row] of rows.slice(0, 10).entries()) await expectRow(page, index, row);
  await expect(page.getByText(`${count(total)} workloads`)).toBeVisible();
  await expect(page.getByText(`${count(totals.attempts)} attempts`)).toBeVisible();
  await expect(page.getByText("Everything is shown. Nothing is cut off.")).toBeVisible();
  await plain.close();
});

test("a group opens into the next dimension, and a shared link shows it open", async ({ page, request, browser, baseURL }) => {
  const window = await pinned(request);
  const [first] = (await groups(request, `${window}&by=workload`)).rows;
  const workload = first?.key[0] ?? "";
  const children = (await groups(request, `${window}&by=workload,group&workload=${encodeURIComponent(workload)}`)).rows;
  await open(page, window);
  await rowsOf(page).first().click();
  await expect(page).toHaveURL(/open=/);
  for (const [index, child] of children.slice(0, 3).entries()) await expectRow(page, index + 1, child, 1);
  await expect(rowsOf(page).first()).toHaveAttribute("aria-expanded", "true");

  const other = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const shared = await other.newPage();
  await shared.goto(page.url());
  await expectRow(shared, 1, children[0], 1);
  expect(await rowsOf(shared).count()).toBe(await rowsOf(page).count());
  await other.close();
});

/** Away first: a row that comes to lie under a resting pointer hears of it only when the pointer moves. */
async function point(page: Page): Promise<Locator> {
  await page.mouse.move(0, 0);
  await rowsOf(page).first().hover();
  return rowsOf(page).first();
}

test("Only, Exclude and Flows mean exactly the row", async ({ page, request }) => {
  const window = await pinned(request);
  const { rows, totals } = await groups(request, `${window}&by=group`);
  const [first] = rows;
  await open(page, `${window}&by=group,port`);
  await (await point(page)).getByRole("link", { name: /^Exclude/ }).click();
  await expect(page).toHaveURL(/not\.group=/);
  await expectRow(page, 0, rows[1]);
  await page.goBack();
  await expectRow(page, 0, first);
  await (await point(page)).getByRole("link", { name: /^Only/ }).click();
  await expect(page).toHaveURL(/[?&]group=/);
  expect(first?.attempts).toBeLessThan(totals.attempts);
  await (await point(page)).getByRole("link", { name: /^Flows/ }).click();
  await expect(page).toHaveURL(/\/flows\?.*group=/);
});

test("heads order the answer, and back goes back", async ({ page, request }) => {
  const window = await pinned(request);
  const { rows } = await groups(request, `${window}&by=workload&order=packets`);
  await open(page, window);
  await page.getByRole("columnheader", { name: "Packets" }).getByRole("link").click();
  await expect(page).toHaveURL(/order=packets/);
  await expect(page.getByRole("columnheader", { name: "Packets" })).toHaveAttribute("aria-sort", "descending");
  await expectRow(page, 0, rows[0]);
  await page.getByRole("columnheader", { name: "Packets" }).getByRole("link").click();
  await expect(page).toHaveURL(/order=packets&dir=asc/);
  await expectRow(page, 0, (await groups(request, `${window}&by=workload&order=packets&dir=asc`)).rows[0]);
  await page.goBack();
  await page.goBack();
  await expect(page).not.toHaveURL(/order=/);
  await expect(page.getByRole("columnheader", { name: "Attempts" })).toHaveAttribute("aria-sort", "descending");
});

test("the grouping changes by level, by label key and by the usual combinations", async ({ page, request }) => {
  const window = await pinned(request);
  await open(page, window);
  await page.getByRole("button", { name: "Sender workload, change" }).click();
  await page.getByRole("link", { name: "by namespace" }).click();
  await expect(page).toHaveURL(/by=namespace,group,port/);
  await expectRow(page, 0, (await groups(request, `${window}&by=namespace`)).rows[0]);
  await page.getByRole("link", { name: "Ports", exact: true }).click();
  await expect(page).toHaveURL(/by=port/);
  await expectRow(page, 0, (await groups(request, `${window}&by=port`)).rows[0]);
  await page.getByRole("link", { name: "Senders", exact: true }).click();
  await page.getByRole("button", { name: /^Sender .*, change$/ }).click();
  await page.getByRole("textbox", { name: "Label key to group senders by" }).fill("app");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/by=label:app/);
  await expectRow(page, 0, (await groups(request, `${window}&by=label:app`)).rows[0]);
});

test("columns are chosen, moved and sized in the address", async ({ page, request }) => {
  await open(page, await pinned(request));
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Packets" }).uncheck();
  await page.getByRole("button", { name: "Move Attempts to the left" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("columnheader", { name: "Packets" })).toHaveCount(0);
  const size = page.getByRole("separator", { name: "Width of Attempts" });
  await size.focus();
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/cols=key,attempts:\d+,share,/);
  const heads = await page.getByRole("columnheader").allTextContents();
  await page.reload();
  expect(await page.getByRole("columnheader").allTextContents()).toEqual(heads);
});

test("everything works with the keyboard alone", async ({ page, request }) => {
  const window = await pinned(request);
  await open(page, window);
  const grid = page.getByRole("treegrid");
  await grid.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await expect(rowsOf(page).first()).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("ArrowRight");
  await expect(grid).toHaveAttribute("aria-activedescendant", (await rowsOf(page).nth(1).getAttribute("id")) ?? "");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(rowsOf(page).first()).toHaveAttribute("aria-expanded", "false");
  await rowsOf(page).first().getByRole("link", { name: /^Only/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/workload=/);
});

test("what cannot be read is named", async ({ page }) => {
  await page.goto("/groups?port=99999&nss=a&cols=key,nonsense");
  const notice = page.getByRole("status").filter({ hasText: "could not be read" });
  for (const name of ["port=99999", "nss=a", "cols=nonsense"]) await expect(notice).toContainText(name);
  await expect(page.getByRole("treegrid")).toBeVisible();
});

test("nothing in the window is said, and never looks like a fault", async ({ page }) => {
  await page.goto("/groups?ns=there-is-no-such-namespace");
  await expect(page.getByRole("heading", { name: /Nothing blocked/ })).toBeVisible();
});

test("the export holds the rows and columns on screen", async ({ page, request }) => {
  const window = await pinned(request);
  const { total, rows } = await groups(request, `${window}&by=workload,port`);
  await open(page, `${window}&by=workload,port&cols=key,attempts`);
  await page.getByRole("button", { name: "Export" }).click();
  await expect(page.getByText("At most 50,000 rows")).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: /Groups as CSV/ }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^weir-groups-.*\.csv$/);
  const text = await (await request.get(new URL(file.url()).pathname + new URL(file.url()).search)).text();
  const lines = text.trimEnd().split("\r\n");
  expect(lines[0]).toBe("workload,port,attempts");
  expect(lines.slice(1)).toHaveLength(total);
  expect(lines[1]).toBe([rows[0]?.key[0], rows[0]?.key[1] ?? "", rows[0]?.attempts].join(","));
});

test("axe finds nothing", async ({ page, request }) => {
  await open(page, await pinned(request));
  await rowsOf(page).first().click();
  await expect(rowsOf(page).nth(1)).toHaveAttribute("aria-level", "2");
  await expect(page.getByRole("treegrid")).toHaveAttribute("aria-busy", "false");
  await expectAccessible(page);
});

import { expect, type Locator, type Page } from "playwright/test";
import { expectAccessible } from "./accessible.ts";
import { test } from "./weir-test.ts";

test("has the newest rows and the open flow in the HTML already", async ({ request }) => {
  const { answer } = await (await request.get("/api/v1/flows?limit=40")).json();
  const html = await (await request.get("/flows")).text();
  for (const row of answer.rows.slice(0, 5)) expect(html.includes(row.time)).toBe(true);
  const detail = await (await request.get(`/flows?row=${answer.rows[3].id}`)).text();
  expect(detail.includes("Raw line")).toBe(true);
  expect(detail.includes(answer.rows[3].sourceIp)).toBe(true);
});

test("opens a row beside the list, steps with J and K, and closes with Escape", async ({ page, request }) => {
  const { answer } = await (await request.get("/api/v1/flows?limit=10")).json();
  const ids = answer.rows.map((row: { id: string }) => row.id);
  await ready(page);
  await rowsOf(page).nth(1).click();
  await expect(panelOf(page).getByRole("region", { name: "Why" })).toBeVisible();
  expect(rowOf(page)).toBe(ids[1]);
  await page.keyboard.press("j");
  await expect.poll(() => rowOf(page)).toBe(ids[2]);
  await page.keyboard.press("k");
  await page.keyboard.press("k");
  await expect.poll(() => rowOf(page)).toBe(ids[0]);
  await expect(panelOf(page).getByRole("time")).toHaveAttribute("datetime", answer.rows[0].time);
  await expect(page.getByRole("row", { selected: true })).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(panelOf(page)).toHaveCount(0);
  expect(rowOf(page)).toBeNull();
});

test("works with the keyboard alone: arrows, End of what is loaded, Enter, and the row's own actions", async ({ page, request }) => {
  const { answer } = await (await request.get("/api/v1/flows?limit=3")).json();
  await ready(page);
  const grid = page.getByRole("grid");
  await grid.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await expect(grid).toHaveAttribute("aria-activedescendant", `flow-${answer.rows[0].id}`);
  await page.keyboard.press("Enter");
  await expect.poll(() => rowOf(page)).toBe(answer.rows[0].id);
  await page.keyboard.press("Escape");
  const exclude = rowsOf(page)
    .first()
    .getByRole("button", { name: /^Exclude pod / });
  await exclude.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/not\.pod=/);
});

test("tells everything about a flow", async ({ page, request }) => {
  const id = await flowWith(request, "group=azure-imds");
  const { answer } = await (await request.get(`/api/v1/flows/${id}`)).json();
  await page.goto(`/flows?row=${id}`);
  const panel = panelOf(page);
  await expect(panel).toContainText(answer.row.podName);
  await expect(panel).toContainText("169.254.169.254:80");
  await expect(panel).toContainText("cloud metadata");
  await expect(panel.getByRole("region", { name: "Why" })).toContainText("A deny rule covers");
  await expect(panel.getByRole("region", { name: "Policy" })).toContainText("azure-imds-deny");
  await expect(panel.locator("[aria-current=step]")).toHaveText("Recorded");
  await expect(panel.getByRole("region", { name: "Attempt" })).toContainText("packets, one connection try");
  await expect(panel.getByRole("region", { name: "Labels" })).toContainText("reserved:world");
  await expect(panel.getByRole("region", { name: "Raw line" }).locator("pre")).toHaveText(
    answer.line.slice(0, 1500) + (answer.line.length > 1500 ? "…" : ""),
  );
  await expect(panel.getByRole("region", { name: "The same packet's other record" })).toBeVisible();
});

test("copies a flow as a link, its line, commands and Markdown", async ({ page, request, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const id = await flowWith(request, "workload=checkout/cart-api&port=1433");
  const { answer } = await (await request.get(`/api/v1/flows/${id}`)).json();
  await page.goto(`/flows?row=${id}`);
  const copied = async (name: string): Promise<string> => {
    const item = page.getByRole("menuitem", { name });
    await expect(async () => {
      if ((await item.count()) === 0)
        await panelOf(page)
          .getByRole("button", { name: /Copy as|Copied/ })
          .click();
      await expect(item).toBeVisible({ timeout: 500 });
    }).toPass();
    await item.click();
    await expect(panelOf(page).getByText("Copied")).toBeVisible();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  expect(await copied("JSON line, as received")).toBe(answer.line);
  expect(await copied("Link to this flow")).toBe(page.url());
  expect(await copied("hubble observe command")).toContain(`--from-pod checkout/${answer.row.podName} --to-ip ${answer.row.destinationIp}`);
  expect(await copied("kubectl describe pod")).toBe(`kubectl -n checkout describe pod ${answer.row.podName}`);
  expect(await copied("kubectl logs")).toContain("--since-time=");
  expect(await copied("Markdown for a ticket")).toContain("**Blocked egress:");
  await page.evaluate(() => navigator.clipboard.writeText(""));
  await page.keyboard.press("c");
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});

test("includes and excludes from a value in a row", async ({ page, request }) => {
  await ready(page);
  const first = rowsOf(page).first();
  await pointAtFirst(page);
  const only = first.getByRole("button", { name: /^Only namespace / });
  const namespace = ((await only.getAttribute("aria-label")) ?? "").slice("Only namespace ".length);
  await first.getByText(namespace, { exact: true }).hover();
  await only.click();
  await expect(page).toHaveURL(new RegExp(`[?&]ns=${namespace}`));
  const { answer } = await (await request.get(`/api/v1/flows?ns=${namespace}&limit=3`)).json();
  await expect(rowsOf(page).nth(2).locator("time")).toHaveAttribute("datetime", answer.rows[2].time);
  await pointAtFirst(page);
  await rowsOf(page)
    .first()
    .getByRole("button", { name: /^Exclude destination \d/ })
    .press("Enter");
  await expect(page).toHaveURL(/not\.ip=/);
  await page.goBack();
  await expect(page).not.toHaveURL(/not\.ip=/);
  await expect(page).toHaveURL(new RegExp(`ns=${namespace}`));
});

test("filters from the panel: a label by a click and by Alt-click, the pod, the time around", async ({ page, request }) => {
  const id = await flowWith(request, "workload=checkout/cart-api");
  const open = async (): Promise<Locator> => {
    await page.goto(`/flows?row=${id}`);
    return panelOf(page).getByRole("list", { name: "Labels of the sender" }).getByRole("link", { name: "app=cart-api", exact: true });
  };
  await (await open()).click();
  await expect(page).toHaveURL(/source_label=/);
  await (await open()).click({ modifiers: ["Alt"] });
  await expect(page).toHaveURL(/not\.source_label=/);
  await open();
  await panelOf(page).getByRole("link", { name: "Only this pod" }).click();
  await expect(page).toHaveURL(/[?&]pod=checkout/);
  await open();
  await panelOf(page)
    .getByRole("link", { name: /Around it/ })
    .click();
  await expect(page).toHaveURL(/from=.*&to=/);
  const { answer } = await (await request.get(`/api/v1/flows/${id}`)).json();
  const url = new URL(page.url());
  const between = Date.parse(url.searchParams.get("to") ?? "") - Date.parse(url.searchParams.get("from") ?? "");
  expect(between).toBe(600_000);
  await expect(page.locator(`time[datetime="${answer.row.time}"]`).first()).toBeVisible();
});

test("shows the same to somebody else: filter, columns and open row in a clean browser", async ({ page, browser, request, baseURL }) => {
  const id = await flowWith(request, "group=corp-legacy");
  await page.goto(`/flows?group=corp-legacy&cols=time,sender,node:180&row=${id}`);
  await expect(panelOf(page).getByRole("region", { name: "Why" })).toBeVisible();
  const other = await browser.newContext({ baseURL });
  const theirs = await other.newPage();
  await theirs.goto(page.url());
  await expect(theirs.getByRole("columnheader")).toHaveCount(3);
  await expect(theirs.getByRole("complementary", { name: "Open flow" }).locator("time").first()).toHaveAttribute(
    "datetime",
    (await panelOf(page).locator("time").first().getAttribute("datetime")) ?? "?",
  );
  const mine = (await rowsOf(page).first().textContent()) ?? "?";
  await expect(theirs.getByRole("grid").getByRole("row").nth(1)).toHaveText(mine);
  await other.close();
});

test("says so when a link's flow is gone", async ({ page }) => {
  await page.goto("/flows?row=00000000-0000-4000-8000-000000000000");
  await expect(panelOf(page)).toContainText("This flow is not in the store.");
  await expect(rowsOf(page).first()).toBeVisible();
});

test("keeps chosen, moved and resized columns in the address bar", async ({ page }) => {
  await ready(page);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Node" }).check();
  await page.getByRole("checkbox", { name: "Packets" }).uncheck();
  await page.getByRole("button", { name: "Move Node to the left" }).click();
  await page.keyboard.press("Escape");
  const width = page.getByRole("separator", { name: "Width of Node" });
  await width.press("ArrowRight");
  await expect(page).toHaveURL(/cols=time,sender,destination,node:226,reason/);
  await page.reload();
  await expect(page.getByRole("columnheader")).toHaveText([/^Time/, "Sender", "Destination", "Node", "Reason"]);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("button", { name: "Back to the usual columns" }).click();
  await expect(page).not.toHaveURL(/cols=/);
});

test("names columns it does not have", async ({ page }) => {
  await page.goto("/flows?cols=time,colour");
  await expect(page.getByText("The flow list has no such column.")).toBeVisible();
});

test("goes on when scrolled, without a gap or a repetition", async ({ page, request }) => {
  const whole = [];
  for (let after = ""; whole.length < 1500; ) {
    const { answer } = await (await request.get(`/api/v1/flows?limit=1000${after}`)).json();
    whole.push(...answer.rows);
    after = `&after=${encodeURIComponent(answer.next)}`;
  }
  await ready(page);
  const grid = page.getByRole("grid");
  await expect
    .poll(async () => {
      await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      return grid.evaluate((element) => element.scrollHeight / 32);
    })
    .toBeGreaterThan(1300);
  for (const place of [180, 199, 200, 201, 699, 700, 1200]) {
    await grid.evaluate((element, top) => element.scrollTo(0, top), place * 32);
    await expect(page.locator(`[aria-rowindex="${place + 2}"] time`)).toHaveAttribute("datetime", whole[place].time);
  }
});

test("covers the list with the panel where there is no room for both", async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 800 });
  await ready(page);
  await rowsOf(page).first().click();
  await expect(panelOf(page)).toBeVisible();
  expect((await panelOf(page).boundingBox())?.width).toBe(800);
  await panelOf(page)
    .getByRole("button", { name: /^Close/ })
    .click();
  await expect(rowsOf(page).first()).toBeVisible();
});

test("axe finds nothing, with any kind of flow open", async ({ page, request }) => {
  test.setTimeout(180_000);
  await ready(page);
  await expectAccessible(page);
  const ids = await Promise.all(
    ["group=azure-imds", "reason=default", "reason=l7", "reason=audit"].map((query) => flowWith(request, query)),
  );
  for (const path of ["/flows?row=00000000-0000-4000-8000-000000000000", ...ids.map((id) => `/flows?row=${id}`)]) {
    await ready(page, path);
    await expectAccessible(page, path, "[role=complementary], aside");
  }
});

async function ready(page: Page, path = "/flows"): Promise<void> {
  await page.goto(path);
  await rowsOf(page).first().waitFor();
  // Hydrated: only then a row answers to the pointer.
  await pointAtFirst(page);
  await page.mouse.move(5, 5);
}

async function pointAtFirst(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      await page.mouse.move(5, 5);
      await rowsOf(page).first().hover();
      return rowsOf(page).first().getByRole("button").count();
    })
    .toBeGreaterThan(0);
}

function rowsOf(page: Page): Locator {
  return page.getByRole("grid").locator('[role="row"][aria-selected]');
}

function panelOf(page: Page): Locator {
  return page.getByRole("complementary", { name: "Open flow" });
}

function rowOf(page: Page): string | null {
  return new URL(page.url()).searchParams.get("row");
}

interface Requests {
  get(url: string): Promise<{ json(): Promise<{ answer: { rows: readonly { id: string }[] } }> }>;
}

/** The id of the newest flow of a question. */
async function flowWith(request: Requests, query: string): Promise<string> {
  const { answer } = await (await request.get(`/api/v1/flows?limit=1&${query}`)).json();
  const [row] = answer.rows;
  if (row === undefined) throw new Error(`no flow with ${query}`);
  return row.id;
}

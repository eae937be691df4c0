import { expect } from "playwright/test";
import { test } from "./weir-test.ts";
import { findings, opened, paste, replay, state, text, WAYS } from "./workshop-page.ts";

const WIDE = `flowLogs:
- name: everything
  filePath: stdout
`;
const NARROW = `flowLogs:
- name: everything
  filePath: stdout
  includeFilters:
  - verdict: [DROPPED]
    event_type: [{type: 1}]
    traffic_direction: [EGRESS]
    drop_reason_desc: [POLICY_DENY]
`;

test("takes a file that is dropped, changes its text by hand, and shows the difference", async ({ page }) => {
  await page.goto("/exporter");
  await WAYS["dropped on the page"]?.(page, WIDE);
  await expect(state(page)).toContainText(/^pasted, \d/);
  await page.getByRole("button", { name: "Edit text" }).click();
  const dialog = page.getByRole("dialog", { name: "Bring a configuration" });
  await expect(dialog.getByRole("textbox", { name: "Configuration" })).toHaveValue(WIDE);
  await dialog.getByRole("textbox", { name: "Configuration" }).fill(NARROW);
  await dialog.getByRole("button", { name: "Read it" }).click();
  await expect(state(page)).toContainText("pasted, then changed");
  await expect(text(page)).toContainText("POLICY_DENY");
  await page.getByRole("link", { name: /^Difference/ }).click();
  await expect(page.getByRole("region", { name: "Text" }).locator("ins", { hasText: "drop_reason_desc" })).toBeVisible();
});

test("holds the candidate against the current configuration, column by column", async ({ page }) => {
  await page.goto("/exporter");
  await expect(replay(page).getByText("not known")).toBeVisible();
  await expect(replay(page).getByRole("columnheader", { name: "Current" })).toHaveCount(0);
  await paste(page, WIDE);
  await expect(replay(page).getByText("the same, nothing changed yet")).toBeVisible();
  const row = replay(page).getByRole("row", { name: /^Flows that match/ });
  await expect(replay(page).getByRole("columnheader", { name: "Current" })).toBeVisible({ timeout: 30_000 });
  await expect.poll(async () => new Set(await row.getByRole("cell").allTextContents()).size, { timeout: 30_000 }).toBe(1);
  await page.getByRole("button", { name: "Templates" }).click();
  await page.getByRole("link", { name: /^Explicit denies only/ }).click();
  await expect(replay(page).getByText("template Explicit denies only")).toBeVisible();
  await expect(replay(page).getByText("as pasted")).toBeVisible();
  await expect(replay(page).getByRole("status")).toHaveCount(0, { timeout: 30_000 });
  await expect(replay(page).getByText(/stored flows match/)).toBeVisible();
  await expect(page.getByRole("link", { name: /^Difference/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("link", { name: /^Difference/ })).toBeVisible();
  await replay(page).getByRole("button", { name: "Stop comparing" }).click();
  await expect(replay(page).getByRole("columnheader", { name: "Current" })).toHaveCount(0);
  await expect(text(page)).toContainText("name: explicit-denies");
  await replay(page).getByRole("button", { name: "Add it to compare" }).click();
  const dialog = page.getByRole("dialog", { name: "Bring a configuration" });
  await dialog.getByRole("textbox", { name: "Configuration" }).fill(NARROW);
  await dialog.getByRole("button", { name: "Read it" }).click();
  await expect(replay(page).getByRole("columnheader", { name: "Current" })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("link", { name: /^Difference/ })).toBeVisible();
});

test("replays any window, and says why flows do not match", async ({ page }) => {
  await page.goto("/exporter");
  await replay(page)
    .getByRole("button", { name: /^Replay window/ })
    .click();
  await page.getByLabel("From", { exact: true }).fill("2001-01-01 00:00");
  await page.getByLabel("To", { exact: true }).fill("2001-01-02 00:00");
  await page.getByRole("button", { name: "Show this range" }).click();
  await expect(page).toHaveURL(/from=2001-01-01T00:00:00Z&to=2001-01-02T00:00:00Z/);
  await expect(replay(page).getByText("No stored flows in this window.")).toBeVisible({ timeout: 30_000 });
  await replay(page)
    .getByRole("button", { name: /^Replay window/ })
    .click();
  await page.getByRole("button", { name: "As the store holds" }).click();
  await expect(replay(page).getByText(/stored flows match/)).toBeVisible({ timeout: 30_000 });
  await replay(page).getByText("Examples that do not").click();
  await expect(
    replay(page)
      .getByText(/^include 1 fails at /)
      .first(),
  ).toBeVisible();
  await expect(replay(page).getByRole("row", { name: /^Busiest node/ })).toContainText(/\/s/);
});

test("estimates what aggregation leaves, from 1.19 on", async ({ page }) => {
  await page.goto("/exporter?target=1.19");
  const dialog = await opened(page);
  await dialog.getByRole("textbox", { name: "Configuration" }).fill(`${WIDE}  fieldAggregate: [verdict]\n  aggregationInterval: 1h\n`);
  await dialog.getByRole("button", { name: "Read it" }).click();
  await expect(findings(page).first()).toBeVisible();
  await expect(replay(page).getByRole("row", { name: /^Lines after aggregation/ })).toContainText("%", { timeout: 30_000 });
});

import { expect } from "playwright/test";
import { test } from "./weir-test.ts";
import { findings, opened, paste, state, text, WAYS } from "./workshop-page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("shows hostile text as text", async ({ page }) => {
  const hostile = `<img src=x onerror=alert(1)>\u202Egnp.exe ${"x".repeat(4_000)}`;
  await page.goto("/exporter");
  await paste(
    page,
    `flowLogs:\n- name: ${JSON.stringify(hostile)}\n  filePath: "javascript:alert(1)"\n  includeFilters:\n  - source_pod: [${JSON.stringify(hostile)}]\n`,
  );
  await expect(page.getByText("⟨U+202E⟩").first()).toBeVisible();
  await expect(page.locator("img")).toHaveCount(0);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBe(0);
});

const entry = (index: number): string => `- name: entry-${index}\n  filePath: /var/run/cilium/hubble/${index}.log\n`;
const HUGE = `flowLogs:\n${Array.from({ length: 80_000 }, (_, index) => entry(index)).join("")}`;

for (const [way, bring] of Object.entries(WAYS)) {
  test(`takes five megabytes ${way}, loses nothing and stays usable`, async ({ page }) => {
    expect(HUGE.length).toBeGreaterThan(5_000_000);
    await page.goto("/exporter");
    await bring(page, HUGE);
    await expect(findings(page).first()).toContainText("The text has 5.2 million characters; 1.1 million are read");
    await expect(page.getByText("This configuration is too long for a link.")).toBeVisible();
    await page.getByRole("link", { name: "1.18" }).click();
    await expect(page.getByRole("link", { name: "1.18" })).toHaveAttribute("aria-current", "true");
    await page.getByRole("button", { name: "Show all 160,001 lines" }).click();
    await expect(text(page).locator("[data-number]")).not.toHaveCount(0);
    expect(await text(page).locator("[data-number]").count()).toBeLessThan(5_000);
    await page.getByRole("region", { name: "Text" }).getByRole("button", { name: "Copy" }).first().click();
    await expect.poll(() => page.evaluate(async () => (await navigator.clipboard.readText()).length)).toBe(HUGE.length);
    await page.reload();
    await expect(findings(page).first()).toContainText("The text has 5.2 million characters");
  });
}

test("keeps a long text aside, and changes its start only", async ({ page }) => {
  await page.goto("/exporter");
  const dialog = await opened(page);
  const long = HUGE.slice(0, 450_000);
  await dialog.getByRole("textbox", { name: "Configuration" }).fill(long);
  await expect(dialog.getByRole("status")).toContainText(/^450 kB, 14,\d{3} lines, kept as it came\./);
  await expect(dialog.locator("pre")).toContainText("- name: entry-0");
  await dialog.getByRole("button", { name: "Edit the start" }).click();
  const field = dialog.getByRole("textbox", { name: "Configuration" });
  const start = await field.inputValue();
  expect(long.startsWith(start)).toBe(true);
  await field.focus();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type("# mine");
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Read it" }).click();
  await expect(text(page)).toContainText("# mine");
  await page.getByRole("region", { name: "Text" }).getByRole("button", { name: "Copy" }).first().click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(`# mine\n${long}`);
});

test("finds a configuration that is too long for a link again after a reload", async ({ page, browser, baseURL }) => {
  await page.goto("/exporter");
  const noise = Array.from(
    { length: 900 },
    (_, index) => Math.imul(index + 7, 0x9e3779b1).toString(36) + Math.imul(index + 99, 0x85ebca6b).toString(36),
  );
  await paste(
    page,
    `flowLogs:\n- name: long\n  filePath: stdout\n  includeFilters:\n  - source_pod:\n${noise.map((one) => `    - shop/p${one}\n`).join("")}`,
  );
  await expect(page).toHaveURL(/config=kept/);
  await page.reload();
  await expect(state(page)).toContainText("pasted");
  await expect(page.getByRole("region", { name: "Include 1" })).toContainText("888 more");
  const stranger = await browser.newContext({ baseURL });
  const other = await stranger.newPage();
  await other.goto(page.url());
  await expect(other.getByText("It stays in the browser tab that made the link.")).toBeVisible();
  await stranger.close();
});

test("says of a binary file that it is none", async ({ page }) => {
  await page.goto("/exporter");
  await page.getByRole("button", { name: /^Paste/ }).click();
  const dialog = page.getByRole("dialog");
  const bytes = Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 37) % 256));
  await dialog.locator("input[type=file]").setInputFiles({ name: "a.bin", mimeType: "application/octet-stream", buffer: bytes });
  await expect(dialog.getByRole("alert")).toContainText("This file is not text.");
  await dialog.getByRole("textbox").fill("flowLogs: []");
  await dialog.getByRole("button", { name: "Read it" }).click();
  await expect(page.getByText("No entry: an agent that reads this removes every exporter it has.")).toBeVisible();
});

test("names what a link holds and cannot be read", async ({ page }) => {
  await page.goto("/exporter?config=AAAA&target=1.2");
  await expect(page.getByText("2 parts of this link could not be read.")).toBeVisible();
  await expect(state(page)).toContainText("template Policy-blocked egress");
});

test("checks values as they are typed", async ({ page }) => {
  await page.goto("/exporter");
  await page.getByRole("button", { name: "Add a criterion" }).click();
  await page.getByRole("searchbox", { name: "Find a criterion" }).fill("destination ip");
  await page.keyboard.press("Enter");
  const field = page.getByLabel("Add to Destination IP");
  await field.fill("10.0.0.0/33");
  await expect(page.getByText(/invalid|no address/i).first()).toBeVisible();
  await field.fill("10.0.0.0/8");
  await page.keyboard.press("Enter");
  await expect(text(page)).toContainText('"10.0.0.0/8"');
  await field.fill("2001:DB8:0:0::1");
  await page.keyboard.press("Enter");
  await expect(text(page)).toContainText("2001:db8::1");
});

for (const [name, document, says] of [
  ["aliases that multiply", aliasBomb(), "excessive aliasing"],
  ["deep nesting", `flowLogs: ${"[".repeat(20_000)}`, "nested deeper than 500 levels"],
  ["ten thousand entries", HUGE.split("\n").slice(0, 20_001).join("\n"), "The file has 10,000 entries; 500 are read"],
  ["a text that is none", String.fromCharCode(...Array.from({ length: 5_000 }, (_, index) => (index * 37) % 128)), "control characters"],
] as const) {
  test(`answers ${name} with a finding, keeps the text and stays usable`, async ({ page }) => {
    await page.goto("/exporter");
    for (const way of ["typed into the field", "from the clipboard"]) {
      await WAYS[way]?.(page, document);
      await expect(findings(page).first()).toContainText(says);
      await paste(page, "flowLogs: []");
      await expect(page.getByText("No entry: an agent that reads this removes every exporter it has.")).toBeVisible();
    }
    await page.goBack();
    await expect(findings(page).first()).toContainText(says);
  });
}

/** Nine levels of ten aliases each: a thousand million values. */
function aliasBomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) => `a${level + 1}: &a${level + 1} [${Array(10).fill(`*a${level}`).join(", ")}]`);
  return ["a0: &a0 x", ...levels, "flowLogs: *a9"].join("\n");
}

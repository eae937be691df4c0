/** The exporter page, for its tests: where things stand on it, and how a configuration is pasted. */
import type { Locator, Page } from "playwright/test";
import { expect } from "playwright/test";

export const findings = (page: Page): Locator => page.getByRole("list", { name: "Findings" }).getByRole("listitem");
export const text = (page: Page): Locator => page.getByRole("region", { name: "Text" }).locator("pre").first();
export const replay = (page: Page): Locator => page.getByRole("region", { name: "Replay" });
export const state = (page: Page): Locator => page.getByRole("region", { name: "Configuration", exact: true }).getByRole("status").first();

export async function paste(page: Page, document: string): Promise<void> {
  await page.getByRole("button", { name: /^Paste/ }).click();
  const dialog = page.getByRole("dialog", { name: "Bring a configuration" });
  await dialog.getByRole("textbox", { name: "Configuration" }).fill(document);
  await dialog.getByRole("button", { name: "Read it" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(state(page)).toContainText("pasted");
}

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

/** How a text can come into the page: each way takes it into the dialog, or past it. */
export const WAYS: { readonly [way: string]: (page: Page, document: string) => Promise<void> } = {
  "typed into the field": async (page, document) => {
    const dialog = await opened(page);
    await dialog.getByRole("textbox", { name: "Configuration" }).fill(document);
    await dialog.getByRole("button", { name: "Read it" }).click();
  },
  "from the clipboard": async (page, document) => {
    await page.evaluate((words) => navigator.clipboard.writeText(words), document);
    const dialog = await opened(page);
    await dialog.getByRole("textbox", { name: "Configuration" }).focus();
    await page.keyboard.press("ControlOrMeta+v");
    await dialog.getByRole("button", { name: "Read it" }).click();
  },
  "as a file": async (page, document) => {
    const dialog = await opened(page);
    await dialog.locator("input[type=file]").setInputFiles({ name: "a.yaml", mimeType: "application/yaml", buffer: Buffer.from(document) });
    await dialog.getByRole("button", { name: "Read it" }).click();
  },
  "dropped on the page": async (page, document) => {
    const dataTransfer = await page.evaluateHandle((words) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([words], "dropped.yaml", { type: "application/yaml" }));
      return transfer;
    }, document);
    await page.getByRole("region", { name: "Workshop" }).dispatchEvent("drop", { dataTransfer });
  },
};

export async function opened(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: /^Paste/ }).click();
  return page.getByRole("dialog", { name: "Bring a configuration" });
}

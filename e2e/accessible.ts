/** What axe finds on a page in light and in dark: all its rules once, and the one rule that colours can change a second time. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "playwright/test";

/** Fails with each violation and its element. `include` is a selector of the one part to look at; the page ends in light colours. */
export async function expectAccessible(page: Page, what = "the page", include?: string): Promise<void> {
  expect(await found(page, "light", include), `${what}, light`).toEqual([]);
  expect(await found(page, "dark", include), `${what}, dark`).toEqual([]);
  await wear(page, "light");
}

async function found(page: Page, scheme: "light" | "dark", include: string | undefined): Promise<readonly string[]> {
  await wear(page, scheme);
  const axe = new AxeBuilder({ page });
  if (include !== undefined) axe.include(include);
  if (scheme === "dark") axe.withRules(["color-contrast"]);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`);
}

async function wear(page: Page, scheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", scheme);
}

import { expect } from "playwright/test";
import { test } from "./weir-test.ts";
import { text } from "./workshop-page.ts";

test("completes destinations from what is stored", async ({ page }) => {
  await page.goto("/exporter");
  const open = async (name: string): Promise<void> => {
    await page.getByRole("button", { name: "Add a criterion" }).click();
    await page.getByRole("searchbox", { name: "Find a criterion" }).fill(name);
    await page.keyboard.press("Enter");
  };
  const offered = (value: string) => page.locator(`datalist option[value="${value}"]`);
  await open("to pods");
  await page.getByLabel("Add to To pods").fill("ledger");
  await expect(offered("payments/ledger-db")).toHaveCount(1);
  await page.getByRole("button", { name: "Done" }).click();
  await open("destination_label");
  await page.getByLabel(/^Add to /).fill("corp");
  await expect(offered("cidrgroup:io.cilium.policy.cidrgroupname/corp-legacy")).toHaveCount(1);
  await page.getByRole("button", { name: "Done" }).click();
  await open("source_workload");
  await page.getByRole("button", { name: "Add a workload" }).click();
  await page.getByLabel(/ 1, name$/).fill("cart");
  await expect(offered("cart-api")).toHaveCount(1);
});

test("completes pods from what is stored", async ({ page }) => {
  await page.goto("/exporter");
  await page.getByRole("button", { name: "Add a criterion" }).click();
  await page.getByRole("searchbox", { name: "Find a criterion" }).fill("from pods");
  await page.keyboard.press("Enter");
  await page.getByLabel("Add to From pods").fill("check");
  await expect(page.locator("datalist option[value='checkout/']")).toHaveCount(1);
  await page.getByLabel("Add to From pods").fill("checkout/");
  await expect(page.getByText("whole namespace").first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(text(page)).toContainText("- checkout/");
});

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect } from "playwright/test";
import { checkConfig } from "#lib/exporter/check-config.ts";
import { inOrderOfHarm } from "#lib/exporter/finding.ts";
import { readConfig } from "#lib/exporter/read-config.ts";
import { expectAccessible } from "./accessible.ts";
import { test } from "./weir-test.ts";
import { findings, paste, replay, state, text } from "./workshop-page.ts";

const REAL = fileURLToPath(new URL("../lib/exporter/fixtures/real/", import.meta.url));

/** The article's own configuration: exports every drop, and goes silent after 10 MB. */
const ARTICLE = `apiVersion: v1
kind: ConfigMap
metadata:
  name: cilium-flowlog-config
  namespace: kube-system
data:
  flowlogs.yaml: |
    flowLogs:
      - name: blocked-egress
        filePath: /dev/stdout
        fieldMask: []
        includeFilters:
          - event_type:
              - type: 1
                sub_type: 181
            traffic_direction:
              - EGRESS
        excludeFilters: []
`;

test("builds from a template, exports, and reads its own file back without a difference", async ({ page }) => {
  await page.goto("/exporter");
  await expect(state(page)).toContainText("template Policy-blocked egress");
  await page.getByRole("button", { name: "Templates" }).click();
  await page.getByRole("link", { name: /^With policy names/ }).click();
  await expect(page).toHaveURL(/\/exporter\?template=policy-names-and-audit$/);
  await expect(text(page)).toContainText("- AUDIT");
  await page.getByRole("button", { name: "Add a criterion" }).first().click();
  await page.getByRole("searchbox", { name: "Find a criterion" }).fill("to pods");
  await page.keyboard.press("Enter");
  await page
    .getByRole("combobox", { name: "Add to To pods" })
    .or(page.getByRole("textbox", { name: "Add to To pods" }))
    .fill("shop/");
  await page.keyboard.press("Enter");
  await expect(text(page)).toContainText("- shop/");
  await page.getByRole("button", { name: "Done" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export ConfigMap" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("cilium-flowlog-config.yaml");
  const written = readFileSync(await file.path(), "utf8");
  expect(written).toContain("name: cilium-flowlog-config");
  expect(written).toBe(await text(page).textContent());
  await paste(page, written);
  await expect(page.getByText("Accepted by 1.17")).toBeVisible();
  await page.getByRole("link", { name: /^Difference/ }).click();
  await expect(page.getByText("No difference: it means the same as what was pasted.")).toBeVisible();
});

test("comes from any view with its filter as a clause", async ({ page }) => {
  for (const path of ["/groups?ns=checkout&not.port=443", "/flows?ns=checkout&not.port=443"]) {
    await page.goto(path);
    await page.getByRole("link", { name: "Open in exporter" }).click();
    await expect(page).toHaveURL(/\/exporter\?ns=checkout&not\.port=443$/);
    await expect(state(page)).toContainText("from the view's filter");
    await expect(page.getByRole("region", { name: "Include 1" })).toContainText("checkout/whole namespace");
    await expect(page.getByRole("region", { name: "Include 1" })).toContainText("POLICY_DENY");
    await expect(page.getByRole("region", { name: "Exclude 1" })).toContainText("443");
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Groups" }).click();
    await expect(page).toHaveURL(/\/groups\?ns=checkout&not\.port=443$/);
  }
});

test("says of a filter that Cilium has no words for that it stayed behind", async ({ page }) => {
  await page.goto("/exporter?policy=shop/deny-all");
  await expect(page.getByText("The filter of the view cannot be said to Cilium.")).toBeVisible();
  await expect(state(page)).toContainText("template Policy-blocked egress");
});

test("finds what is wrong with a pasted configuration beside its line, and mends it in one click", async ({ page }) => {
  await page.goto("/exporter");
  await paste(page, ARTICLE);
  const silent = findings(page).filter({ hasText: "line 10" });
  await expect(silent.first()).toContainText(/10 MB/);
  const everyDrop = findings(page).filter({ hasText: "line 14" });
  await expect(everyDrop.first()).toContainText(/match_sub_type/);
  await silent.first().getByRole("button").click();
  await expect(text(page)).toContainText("filePath: stdout");
  await expect(state(page)).toContainText("pasted, then changed");
  await expect(findings(page).filter({ hasText: /10 MB/ })).toHaveCount(0);
  await page.getByRole("link", { name: /^Difference/ }).click();
  await expect(page.getByRole("region", { name: "Text" })).toContainText('+ filePath: "stdout"');
  await page.goBack();
  await page.goBack();
  await expect(state(page)).toContainText(/^pasted, \d/);
  await expect(text(page)).toContainText("filePath: /dev/stdout");
});

test("reads every real configuration, and shows what the checks say of it", async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto("/exporter");
  for (const name of readdirSync(REAL)) {
    const document = readFileSync(`${REAL}${name}`, "utf8");
    const read = readConfig(document, { version: "1.17" });
    const said = inOrderOfHarm([...read.findings, ...checkConfig(read.draft, { version: "1.17", now: Date.now(), places: read.places })]);
    await paste(page, document);
    await expect(state(page), name).toHaveText(
      `pasted, ${said.length === 0 ? "no findings" : said.length === 1 ? "1 finding" : `${said.length} findings`}`,
    );
    for (const { title, place } of said.slice(0, 5)) {
      const shown = findings(page).filter({ hasText: title.slice(0, 80) });
      await expect(shown.first(), name).toBeVisible();
      if (place.text !== undefined) await expect(shown.filter({ hasText: `line ${place.text.line}` }).first(), name).toBeVisible();
    }
    await expect(
      page.getByText(
        read.form === "other" && read.draft.entries.length === 0
          ? "No exporter configuration"
          : read.verdict.is === "accepted"
            ? /^Accepted by 1\.17$|^1\.17 does not run/
            : "Rejected by 1.17",
      ),
      name,
    ).toBeVisible();
  }
});

test("opens a shared link in a clean browser, with scripts and without", async ({ page, browser, baseURL }) => {
  await page.goto("/exporter?from=now-6h");
  await paste(page, ARTICLE);
  await page.getByRole("link", { name: "1.19" }).click();
  await page.getByRole("link", { name: "Helm", exact: true }).click();
  await expect(page).toHaveURL(/target=1\.19/);
  await expect(page).toHaveURL(/tab=helm/);
  const words = await state(page).textContent();
  const helm = await text(page).textContent();
  for (const javaScriptEnabled of [true, false]) {
    const stranger = await browser.newContext({ baseURL, javaScriptEnabled });
    const other = await stranger.newPage();
    await other.goto(page.url());
    await expect(state(other)).toHaveText(words ?? "");
    await expect(text(other)).toHaveText(helm ?? "");
    await expect(other.getByRole("link", { name: "1.19" })).toHaveAttribute("aria-current", "true");
    await expect(other.getByRole("region", { name: "Include 1" })).toContainText("drop");
    await stranger.close();
  }
});

test("every criterion has an input that can be filled, and help", async ({ page }) => {
  await page.goto("/exporter");
  await page.getByRole("button", { name: "Add a criterion" }).click();
  const options = page.getByRole("region", { name: "Include 1" }).locator("section button");
  await expect(options.first()).toBeVisible();
  const names = await options.locator("b").allTextContents();
  expect(names.length).toBeGreaterThan(30);
  await page.getByRole("button", { name: "Cancel" }).click();
  for (const name of names) {
    await page.getByRole("button", { name: "Add a criterion" }).click();
    await page
      .getByRole("region", { name: "Include 1" })
      .locator("section button")
      .filter({ has: page.getByText(name, { exact: true }) })
      .first()
      .click();
    const editor = page.getByRole("region", { name: "Include 1" });
    await expect(editor.getByRole("heading", { name, exact: true })).toBeVisible();
    await expect(editor.getByRole("button", { name: "Done" })).toBeVisible();
    expect(await editor.locator("input").count(), name).toBeGreaterThanOrEqual(0);
    await editor.getByRole("button", { name: "Done" }).click();
  }
});

test("works by keyboard alone", async ({ page }) => {
  await page.goto("/exporter");
  await page.getByRole("button", { name: "Edit Direction" }).focus();
  await page.keyboard.press("Enter");
  const egress = page.getByRole("checkbox", { name: /^egress/ });
  await expect(egress).toBeVisible();
  await egress.focus();
  await page.keyboard.press("Space");
  await expect(text(page)).not.toContainText("EGRESS");
  await page.keyboard.press("Space");
  await expect(text(page)).toContainText("EGRESS");
  await page.keyboard.press("Escape");
  await expect(egress).toHaveCount(0);
  await page.getByRole("button", { name: "Templates" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/template=explicit-denies/);
});

test("axe finds nothing in any state", async ({ page }) => {
  test.setTimeout(180_000);
  const clean = (what: string): Promise<void> => expectAccessible(page, what);
  await page.goto("/exporter");
  await expect(replay(page).getByText(/stored flows match/)).toBeVisible({ timeout: 30_000 });
  await clean("at first");
  await page.getByRole("button", { name: "Templates" }).click();
  await clean("templates open");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Add a criterion" }).click();
  await expect(page.getByRole("searchbox", { name: "Find a criterion" })).toBeVisible();
  await clean("criteria open");
  await page.getByRole("searchbox", { name: "Find a criterion" }).fill("verdict");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("checkbox", { name: /^audit/ })).toBeVisible();
  await clean("an input open");
  await page.getByRole("button", { name: "Edit name" }).click();
  await expect(page.getByLabel("Aggregate by")).toBeVisible();
  await clean("settings open");
  await page.getByRole("button", { name: /^Paste/ }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await clean("pasting");
  await page.keyboard.press("Escape");
  await paste(page, ARTICLE);
  await expect(findings(page).first()).toBeVisible();
  await clean("findings");
  await paste(page, "flowLogs:\n- name: a\n\tfilePath: b\n");
  await clean("unreadable");
});

test("replays the candidate over what is stored, beside what was pasted", async ({ page }) => {
  await page.goto("/exporter");
  await expect(replay(page).getByText(/of [\d,]+ stored flows match/)).toBeVisible({ timeout: 30_000 });
  await expect(replay(page).getByRole("row", { name: /^Volume a day, all fields/ })).toContainText(/MB|kB|GB/);
  await replay(page)
    .getByRole("button", { name: /^Exclude / })
    .first()
    .click();
  await expect(page.getByRole("region", { name: "Exclude 1" })).toBeVisible();
  await paste(page, "flowLogs:\n- name: all\n  filePath: stdout\n");
  await expect(replay(page)).toContainText(/What replay cannot tell\..*holds/, { timeout: 30_000 });
  await paste(page, ARTICLE);
  await findings(page).getByRole("button").first().click();
  await expect(replay(page).getByRole("columnheader", { name: "Current" })).toBeVisible({ timeout: 30_000 });
  await page.getByLabel("Price of a gigabyte").fill("4");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/price=4-EUR/);
});

test("loads at most 230 KiB of JavaScript first", async ({ request }) => {
  const html = await (await request.get("/exporter")).text();
  const scripts = [...html.matchAll(/<script(?![^>]*noModule)[^>]+src="([^"]+)"/gi)].flatMap(([, source]) => source ?? []);
  expect(scripts.length).toBeGreaterThan(3);
  let weight = 0;
  for (const source of new Set(scripts)) weight += gzipSync(await (await request.get(source)).body()).length;
  expect(weight / 1024).toBeGreaterThan(100);
  expect(weight / 1024).toBeLessThanOrEqual(230);
});

for (const width of [1440, 1280, 1024, 768]) {
  test(`fits into ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto("/exporter");
    await paste(page, ARTICLE);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow).toBe(0);
    await expect(findings(page).first()).toBeVisible();
    await expect(page.getByRole("button", { name: "Export ConfigMap" })).toBeInViewport();
  });
}

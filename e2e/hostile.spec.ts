import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, expect, type Page, test } from "playwright/test";
import { startWeir, type WeirServer } from "./weir-server.ts";

/** What somebody may put into a label, a name or a path, hoping that a page believes it. */
const HOSTILE = [
  '<img src=x onerror="window.hacked=1">',
  '"><script>window.hacked=1</script>',
  "javascript:window.hacked=1",
  "'-alert(1)-'",
  "pay\u202Edaol\u2066\u200B\u0000\u001b[31m",
  "__proto__",
  "constructor",
  '=HYPERLINK("http://evil.example","open")',
  "+1+cmd|' /C calc'!A0",
  "@SUM(1)\t-2",
  'line\nbreak\r\n,;"quoted"',
  "</title></textarea></style>",
  "{{constructor.constructor('window.hacked=1')()}}",
  "%3Cscript%3E&amp;&lt;",
  "\ud83d\ude08",
  `long-${"x".repeat(64 * 1024)}`,
] as const;

/** Controls but tab and line ends, zero width, direction. */
const UNSEEN = /(?![\t\n\r])[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

function line(text: string, index: number): string {
  // 64 kB in every field would be a line longer than any agent prints.
  const short = text.length > 1000 ? "long" : text;
  const time = new Date(Date.UTC(2026, 8, 22, 10, 0, index)).toISOString();
  return JSON.stringify({
    flow: {
      time,
      uuid: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
      verdict: "DROPPED",
      drop_reason: 181,
      IP: { source: "10.0.0.1", destination: `192.0.2.${index + 1}`, ipVersion: "IPv4" },
      l4: { TCP: { source_port: 40_000 + index, destination_port: 443, flags: { SYN: true } } },
      source: {
        ID: 1,
        identity: 1000 + index,
        cluster_name: short,
        namespace: text,
        labels: [`k8s:app=${text}`, `${short}=${short}`, short],
        pod_name: text,
        workloads: [{ name: short, kind: short }],
      },
      destination: {
        identity: 16_777_218,
        labels: [`cidrgroup:io.cilium.policy.cidrgroupname/${text}`, `fqdn:${short}`, "reserved:world"],
      },
      Type: "L3_L4",
      node_name: text,
      destination_names: [text],
      event_type: { type: 5 },
      traffic_direction: "EGRESS",
      drop_reason_desc: "POLICY_DENY",
      egress_denied_by: [{ name: text, namespace: short, labels: [short], revision: "1", kind: short }],
      policy_log: [text],
      Summary: short,
      ["__proto__"]: { polluted: "yes" },
    },
    node_name: text,
    time,
  });
}

const lines = [
  ...HOSTILE.map(line),
  '{"flow":{"time":"<img src=x onerror=window.hacked=1>","verdict":"DROPPED"',
  'time="2026-09-22T10:00:00Z" level=error msg="<script>window.hacked=1</script>\u202e" subsys=hubble flowLogName="\'><img src=x onerror=window.hacked=1>"',
];

test.describe.configure({ mode: "serial" });

let weir: WeirServer;
let directory: string;
let page: Page;
const trouble: string[] = [];

test.beforeAll(async ({ browser }: { browser: Browser }) => {
  directory = await mkdtemp(join(tmpdir(), "weir-hostile-"));
  const file = join(directory, "agent.log");
  await writeFile(file, `${lines.join("\n")}\n`);
  weir = await startWeir({ args: ["--file", file] });
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("pageerror", (error) => trouble.push(`error ${error.message}`));
  page.on("dialog", (dialog) => {
    trouble.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(weir.url) && !request.url().startsWith("data:")) trouble.push(`request ${request.url()}`);
  });
});

test.afterAll(async () => {
  await page.close();
  await weir.stop();
  await rm(directory, { recursive: true, force: true });
});

const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;

test("every line is a flow, none was lost", async ({ request }) => {
  const { coverage } = await (await request.get(`${weir.url}/api/v1/coverage`)).json();
  expect(coverage.lines.flows).toBe(HOSTILE.length);
  expect(coverage.lines.rejected).toBe(1);
  const { answer } = await (await request.get(`${weir.url}/api/v1/flows?limit=100`)).json();
  expect(answer.rows).toHaveLength(HOSTILE.length);
});

for (const path of [
  "/",
  "/?split=group&by=pod,name",
  "/groups?by=pod,group,port",
  "/groups?by=namespace,name,policy",
  "/groups?by=label:k8s:app,node",
  "/flows?cols=time,sender,destination,workload,namespace,source,group,name,policy,node,code",
  "/coverage",
  `/flows?q=${encodeURIComponent("<img src=x onerror=window.hacked=1>\u202e")}`,
  `/flows?not.pod=${encodeURIComponent('"><script>window.hacked=1</script>')}&group=__proto__`,
  `/groups?nonsense=${encodeURIComponent("<img src=x onerror=window.hacked=1>")}&by=label:__proto__`,
]) {
  test(`shows hostile text as text on ${decodeURIComponent(path).slice(0, 70)}`, async () => {
    const response = await page.goto(weir.url + path);
    expect(response?.status()).toBeLessThan(500);
    await harmless();
  });
}

test("shows hostile text as text in the open flow, and links to nowhere else", async () => {
  test.setTimeout(180_000);
  for (const index of HOSTILE.keys()) {
    await page.goto(`${weir.url}/flows?row=${idOf(index)}`);
    const panel = page.getByRole("complementary", { name: "Open flow" });
    await expect(panel.getByRole("region", { name: "Raw line" })).toBeVisible();
    const more = panel.getByRole("button", { name: /^\d+ more$/ });
    if ((await more.count()) > 0) await more.first().click();
    await harmless();
    const links = await panel.getByRole("link").evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
    expect(links.filter((href) => !href.startsWith("/flows"))).toEqual([]);
  }
});

test("a click on a hostile value filters by exactly that value", async ({ request }) => {
  test.setTimeout(180_000);
  for (const [index, text] of HOSTILE.entries()) {
    if (text.length > 1000) continue;
    const { answer } = await (await request.get(`${weir.url}/api/v1/flows/${idOf(index)}`)).json();
    await page.goto(`${weir.url}/flows?row=${idOf(index)}`);
    const link = page.getByRole("complementary", { name: "Open flow" }).getByRole("link", { name: "Only this pod" });
    const href = await link.getAttribute("href");
    const found = await (await request.get(`${weir.url}/api/v1${href}`.replace(/&row=[^&]*/, ""))).json();
    expect(
      found.answer.rows.map((row: { id: string }) => row.id),
      text,
    ).toEqual([answer.row.id]);
  }
});

test("exports it so that no spreadsheet takes it for a formula, and no line breaks out", async ({ request }) => {
  const columns = "time,sender,workload,namespace,group,name,policy,node";
  const csv = await (await request.get(`${weir.url}/api/v1/export?view=flows&format=csv&cols=${columns}`)).text();
  const rows = csv.trimEnd().split("\r\n");
  expect(rows).toHaveLength(HOSTILE.length + 1);
  for (const row of rows) for (const cell of cellsOf(row)) expect(cell.slice(0, 20)).not.toMatch(/^[=+\-@\t\r]/);
  expect(UNSEEN.test(csv)).toBe(false);
  const ndjson = await (await request.get(`${weir.url}/api/v1/export?view=flows&format=ndjson`)).text();
  expect(
    ndjson
      .trimEnd()
      .split("\n")
      .map((text) => JSON.parse(text)),
  ).toHaveLength(HOSTILE.length);
});

/** Nothing ran, nothing was built from the text, nothing hides in it, nothing was asked of anybody else. */
async function harmless(): Promise<void> {
  await page.waitForLoadState("load");
  await expect(page.locator("main")).toBeVisible();
  const found = await page.evaluate(() => {
    /** Without what scripts and styles hold, which nobody sees. */
    function shownText(): string {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts: string[] = [];
      while (walker.nextNode())
        if (walker.currentNode.parentElement?.closest("script, style") === null) texts.push(walker.currentNode.nodeValue ?? "");
      return texts.join("\n");
    }
    return {
      hacked: "hacked" in window,
      polluted: "polluted" in {},
      images: [...document.querySelectorAll("img, iframe, object, embed")].map((element) => element.outerHTML.slice(0, 100)),
      handlers: [...document.querySelectorAll("*")].filter((element) => [...element.attributes].some(({ name }) => name.startsWith("on")))
        .length,
      scripted: [...document.querySelectorAll("a[href], form[action]")].filter((element) =>
        /^\s*(javascript|data|vbscript):/i.test(element.getAttribute("href") ?? element.getAttribute("action") ?? ""),
      ).length,
      text: shownText(),
      named: [...document.querySelectorAll("[title], [aria-label]")]
        .map((element) => `${element.getAttribute("title") ?? ""} ${element.getAttribute("aria-label") ?? ""}`)
        .join("\n"),
      title: document.title,
      longest: Math.max(...[...document.querySelectorAll("[title]")].map((element) => element.getAttribute("title")?.length ?? 0), 0),
    };
  });
  expect(found).toMatchObject({ hacked: false, polluted: false, images: [], handlers: 0, scripted: 0 });
  const words = `${found.text}\n${found.named}\n${found.title}`;
  const unseen = UNSEEN.exec(words);
  expect(unseen === null ? "" : words.slice(Math.max(0, unseen.index - 60), unseen.index + 20)).toBe("");
  expect(found.longest).toBeLessThan(5000);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  expect(trouble).toEqual([]);
}

/** Cells of one CSV line, quotes taken off. */
function cellsOf(row: string): readonly string[] {
  return [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((found) => found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
}

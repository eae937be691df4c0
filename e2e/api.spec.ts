import fc from "fast-check";
import { expect } from "playwright/test";
import { test } from "./weir-test.ts";

const ENDPOINTS = ["summary", "groups", "timeline", "facets", "flows", "coverage", "export"] as const;

test("every endpoint answers with an answer and its coverage", async ({ request }) => {
  for (const endpoint of ENDPOINTS.slice(0, -1)) {
    const response = await request.get(`/api/v1/${endpoint}`);
    expect(response.status(), endpoint).toBe(200);
    expect(response.headers()["cache-control"]).toBe("no-store");
    const body = await response.json();
    expect(Object.keys(body).sort(), endpoint).toEqual(["answer", "coverage"]);
    const { total, flows, notices, agent, rejected } = body.coverage.lines;
    expect(total).toBe(flows + notices + agent + rejected);
  }
});

test("the description names every endpoint, and each is there", async ({ request }) => {
  const document = await (await request.get("/api/v1/openapi.json")).json();
  expect(document.openapi).toBe("3.1.0");
  expect(Object.keys(document.paths).sort()).toEqual([...ENDPOINTS.map((name) => `/${name}`), "/flows/{uuid}", "/replay"].sort());
});

test("other methods, other addresses", async ({ request }) => {
  const head = await request.head("/api/v1/summary");
  expect([head.status(), (await head.body()).length]).toEqual([200, 0]);
  const options = await request.fetch("/api/v1/summary", { method: "OPTIONS" });
  expect([options.status(), options.headers().allow]).toEqual([204, "GET, HEAD, OPTIONS"]);
  expect((await request.post("/api/v1/summary")).status()).toBe(405);
  const missing = await request.get("/api/v1/nothing/here");
  expect([missing.status(), (await missing.json()).problem.kind]).toEqual([404, "not-found"]);
  const flow = await request.get("/api/v1/flows/nobody");
  expect([flow.status(), (await flow.json()).problem.kind]).toEqual([404, "not-found"]);
});

test("pages of flows hold every flow once, newest first", async ({ request }) => {
  const { coverage } = await (await request.get("/api/v1/summary")).json();
  const query = `from=${coverage.window.from}&to=${coverage.window.to}&ns=checkout&limit=300`;
  const ids: string[] = [];
  const times: string[] = [];
  let after = "";
  do {
    const { answer } = await (
      await request.get(`/api/v1/flows?${query}${after === "" ? "" : `&after=${encodeURIComponent(after)}`}`)
    ).json();
    for (const row of answer.rows) {
      ids.push(row.id);
      times.push(row.time.replace("Z", ""));
    }
    after = answer.next ?? "";
  } while (after !== "");
  expect(new Set(ids).size).toBe(ids.length);
  expect(times).toEqual(times.toSorted().reverse());
  const exported = await (await request.get(`/api/v1/export?view=flows&format=ndjson&${query.replace("&limit=300", "")}`)).text();
  expect(
    exported
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).id),
  ).toEqual(ids);
});

test("a filter sent whole asks the same", async ({ request }) => {
  const { coverage } = await (await request.get("/api/v1/summary")).json();
  const window = `from=${coverage.window.from}&to=${coverage.window.to}`;
  const filter = encodeURIComponent('{"include":[{"namespace":["checkout"]}],"exclude":[{"port":["443"]}]}');
  const whole = await (await request.get(`/api/v1/summary?${window}&filter=${filter}`)).json();
  const short = await (await request.get(`/api/v1/summary?${window}&ns=checkout&not.port=443`)).json();
  expect(whole.answer).toEqual(short.answer);
  expect(whole.answer.attempts).toBeGreaterThan(0);
});

test("unreadable parameters are all named, with status 400", async ({ request }) => {
  const response = await request.get("/api/v1/groups?port=99999&from=yesterday&limit=0&nss=a");
  expect(response.status()).toBe(400);
  const { problem } = await response.json();
  expect(problem.kind).toBe("bad-question");
  for (const name of ["port=99999", "from=yesterday", "limit=0", "nss=a"]) expect(problem.detail).toContain(name);
});

test("no parameter makes a fault, neither here nor on a page", async ({ request }) => {
  const names = [
    "from",
    "to",
    "q",
    "filter",
    "not",
    "by",
    "order",
    "cols",
    "open",
    "row",
    "port",
    "ip",
    "event_type",
    "limit",
    "after",
    "facets",
    "buckets",
  ];
  const value = fc.oneof(
    fc.constantFrom(
      "~",
      ",;~",
      "now-1h",
      "__proto__",
      "{}",
      '{"include":[{"pods":[1]}]}',
      "10.0.0.0/33",
      "'; DROP TABLE flows; --",
      "%00",
      "\u202E",
      "1e9",
    ),
    fc.string({ unit: "binary", maxLength: 40 }),
  );
  const address = fc.tuple(
    fc.constantFrom(...ENDPOINTS.map((name) => `/api/v1/${name}`), "/groups", "/"),
    fc.constantFrom(...names),
    value,
  );
  for (const [path, name, text] of fc.sample(address, 80)) {
    const query = new URLSearchParams([[name, text.toWellFormed()]]);
    const response = await request.get(`${path}?${query}`);
    expect([200, 400], `${path}?${query}`).toContain(response.status());
  }
});

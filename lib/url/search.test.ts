import fc from "fast-check";
import { expect, test } from "vitest";
import type { Clause, Filter } from "#lib/filters/filter.ts";
import { DIMENSIONS } from "#lib/flows/dimension.ts";
import { REASONS } from "#lib/flows/reason.ts";
import { GROUP_ORDERS } from "#lib/questions/question.ts";
import { CRITERIA } from "./criteria.ts";
import { encodeQuery } from "./encode-query.ts";
import { readSearch } from "./read-search.ts";
import { readSearchWith } from "./read-search-with.ts";
import { hrefOf, NOTHING_CHOSEN, type Search, searchEntries } from "./search.ts";
import { trustingJudge } from "./trusting-judge.ts";

const read = (query: string) => readSearch(new URLSearchParams(query));

const hostile = fc.string({
  unit: fc.constantFrom("~", ",", ";", ":", "/", "&", "=", "%", '"', "é", "\u202E", "\uD800", "😀", "a", "0", " ", "+"),
});
const text = fc.oneof(
  hostile,
  fc.string({ unit: "binary" }),
  fc.constantFrom("__proto__", "constructor", "checkout/cart-api", "corp-legacy"),
);
const values = <T>(value: fc.Arbitrary<T>, selector?: (value: T) => unknown) =>
  fc.uniqueArray(value, { minLength: 1, maxLength: 3, ...(selector && { selector }) });
const port = fc.oneof(fc.constant(""), fc.integer({ min: 0, max: 65535 }).map(String));
const eventNumber = fc.integer({ min: 0, max: 255 });
const number = fc.integer({ min: 0, max: 0xffffffff });
const criteria = {
  pod: values(text),
  namespace: values(text),
  group: values(text),
  ip: values(fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom("10.0.0.0/8", "2001:db8::/32", ""))),
  port: values(port),
  reason: values(fc.constantFrom(...REASONS)),
  source_label: values(fc.constantFrom("k8s:app=cart", "app in (a, b)", "!tier", "reserved:host")),
  source_identity: values(number),
  destination_port: values(port.filter((value) => value !== "")),
  destination_workload: values(
    fc.oneof(
      fc.record({ name: text.filter((name) => name !== "") }),
      fc.record({ name: text.filter((name) => name !== ""), kind: fc.constantFrom("Deployment", "a,b;c") }),
      fc.record({ kind: fc.constantFrom("Job", "~") }),
    ),
    (value) => JSON.stringify(value),
  ),
  event_type: values(
    fc.oneof(fc.record({ type: eventNumber }), fc.record({ type: eventNumber, match_sub_type: fc.constant(true), sub_type: eventNumber })),
    (value) => JSON.stringify(value),
  ),
};
const clause: fc.Arbitrary<Clause> = fc.record(criteria, { requiredKeys: [] });
const full = clause.filter((one) => Object.keys(one).length > 0);
const single: fc.Arbitrary<Clause> = fc.oneof(
  fc.record({ namespace: criteria.namespace }),
  fc.record({ port: criteria.port }),
  fc.record({ source_identity: criteria.source_identity }),
  fc.record({ event_type: criteria.event_type }),
);
const compound: fc.Arbitrary<Clause> = fc
  .tuple(single, fc.record({ group: criteria.group, reason: criteria.reason }))
  .map(([a, b]) => ({ ...a, ...b }));
const position = (one: Clause) => CRITERIA.findIndex(({ key }) => key in one);

/** As the short form writes it: single exclusions merged per criterion and in order, then the compound ones. */
const shortFilter: fc.Arbitrary<Filter> = fc.record({
  include: fc.array(full, { maxLength: 1 }),
  exclude: fc
    .tuple(fc.uniqueArray(single, { maxLength: 3, selector: position }), fc.array(compound, { maxLength: 2 }))
    .map(([singles, compounds]) => [...singles.toSorted((a, b) => position(a) - position(b)), ...compounds]),
});
const wholeFilter: fc.Arbitrary<Filter> = fc.record({
  include: fc.array(clause, { minLength: 2, maxLength: 3 }),
  exclude: fc.array(clause, { maxLength: 3 }),
});

const instant = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000).toISOString().replace(".000", ""));
const window = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom({ from: "now-24h", to: "now" }, { from: "now-7d", to: "now-15m" }),
  instant.map((from) => ({ from, to: "now" })),
  fc
    .tuple(instant, instant)
    .filter(([a, b]) => a < b)
    .map(([from, to]) => ({ from, to })),
);
const grouping = fc.oneof(
  fc.constantFrom(...DIMENSIONS),
  text.filter((key) => key !== "").map((key) => `label:${key}` as const),
);
const anySearch: fc.Arbitrary<Search> = fc.record({
  window,
  filter: fc.oneof(shortFilter, wholeFilter),
  text: text.map((value) => value.toWellFormed()),
  by: fc.uniqueArray(grouping, { maxLength: 4 }),
  order: fc.constantFrom(...GROUP_ORDERS),
  descending: fc.boolean(),
  columns: fc.uniqueArray(
    fc.oneof(
      fc.record({ id: fc.constantFrom("key", "attempts", "x-1") }),
      fc.record({ id: fc.constantFrom("key", "last"), width: fc.integer({ min: 40, max: 1600 }) }),
    ),
    { maxLength: 4, selector: (column) => column.id },
  ),
  row: fc.constantFrom("", "0b7c2a0e-8a1e-4c52-9b41-0e6a5ed0a1d2"),
  open: fc.uniqueArray(fc.array(text, { minLength: 1, maxLength: 4 }), { maxLength: 5, selector: (path) => JSON.stringify(path) }),
  tab: fc.constantFrom("", "raw", "labels"),
  split: fc.constantFrom("reason", "group"),
  zone: fc.constantFrom("utc", "local"),
  live: fc.boolean(),
});

test("what is written is read back, whole", () => {
  fc.assert(
    fc.property(anySearch, (search) => {
      const url = new URL(hrefOf("/groups", search), "http://weir");
      expect(readSearch(url.searchParams)).toEqual({ search, unreadable: [] });
      expect(readSearchWith(trustingJudge, url.searchParams)).toEqual({ search, unreadable: [] });
    }),
    { numRuns: 2000 },
  );
});

test("writing what was read changes nothing more", () => {
  const names = fc.constantFrom(
    "ns",
    "not.ns",
    "port",
    "not",
    "pod",
    "by",
    "open",
    "cols",
    "from",
    "to",
    "filter",
    "q",
    "namespace",
    "event_type",
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(names, fc.oneof(text, fc.constantFrom("a,b", "ns:a;port:53", "443,~", "now-24h", "pod,port")))),
      (entries) => {
        const once = searchEntries(readSearch(new URLSearchParams(encodeQuery(entries))).search);
        expect(searchEntries(readSearch(new URLSearchParams(encodeQuery(once))).search)).toEqual(once);
      },
    ),
    { numRuns: 2000 },
  );
});

test("nothing chosen is nothing written", () => {
  expect(hrefOf("/", NOTHING_CHOSEN)).toBe("/");
  expect(hrefOf("/flows")).toBe("/flows");
  expect(read("")).toEqual({ search: NOTHING_CHOSEN, unreadable: [] });
});

test.each<[string, Partial<Search>]>([
  [
    "/groups?from=now-24h&ns=checkout&not.ns=kube-system&by=pod,group,port",
    {
      window: { from: "now-24h", to: "now" },
      filter: { include: [{ namespace: ["checkout"] }], exclude: [{ namespace: ["kube-system"] }] },
      by: ["pod", "group", "port"],
    },
  ],
  [
    "/groups?port=443,8443&reason=deny,default&order=packets&dir=asc",
    {
      filter: { include: [{ port: ["443", "8443"], reason: ["deny", "default"] }], exclude: [] },
      order: "packets",
      descending: false,
    },
  ],
  [
    "/groups?not=workload:checkout/cart-api;group:corp-legacy;port:1433",
    {
      filter: { include: [], exclude: [{ workload: ["checkout/cart-api"], group: ["corp-legacy"], port: ["1433"] }] },
    },
  ],
  [
    "/groups?open=checkout/cart-api,checkout/cart-api;corp-legacy&zone=local",
    {
      open: [["checkout/cart-api"], ["checkout/cart-api", "corp-legacy"]],
      zone: "local",
    },
  ],
  ["/groups?ip=10.0.0.0/8&port=%7E", { filter: { include: [{ ip: ["10.0.0.0/8"], port: [""] }], exclude: [] } }],
  [
    "/groups?event_type=1,5:181",
    {
      filter: { include: [{ event_type: [{ type: 1 }, { type: 5, match_sub_type: true, sub_type: 181 }] }], exclude: [] },
    },
  ],
  ["/groups?cols=key:360,attempts,last", { columns: [{ id: "key", width: 360 }, { id: "attempts" }, { id: "last" }] }],
])("%s reads well", (href, search) => {
  expect(hrefOf("/groups", search)).toBe(href);
  expect(readSearch(new URL(href, "http://weir").searchParams)).toEqual({ search: { ...NOTHING_CHOSEN, ...search }, unreadable: [] });
});

test("a filter sent whole is read whole", () => {
  const filter = {
    include: [{ source_pod: ["checkout/"] }, { verdict: ["DROPPED"], event_type: [{ type: 1 }] }],
    exclude: [{ namespace: [] }],
  };
  const { search, unreadable } = readSearch(new URLSearchParams({ filter: JSON.stringify(filter) }));
  expect(unreadable).toEqual([]);
  expect(search.filter).toEqual(filter);
});

test("values of a repeated parameter add up, and other spellings are read", () => {
  expect(read("port=443&port=8443,443&namespace=a&by=ns").search).toMatchObject({
    filter: { include: [{ port: ["443", "8443"], namespace: ["a"] }], exclude: [] },
    by: ["namespace"],
  });
});

test.each([
  ["port=443,99999", "port", "99999"],
  ["port=9e9", "port", "9e9"],
  ["port=", "port", ""],
  ["source_label=a in (", "source_label", "a in ("],
  ["verdict=LOST", "verdict", "LOST"],
  ["event_type=99999999999", "event_type", "99999999999"],
  ["not.source_ip=nonsense", "not.source_ip", "nonsense"],
  ["ip=1.2.3.4/33", "ip", "1.2.3.4/33"],
  ["reason=denied", "reason", "denied"],
  ["nss=a", "nss", "a"],
  ["__proto__=a", "__proto__", "a"],
  ["not.constructor=a", "not.constructor", "a"],
  ["filter={bad", "filter", "{bad"],
  ['filter={"include":[{"pods":["a"]}]}', "filter", '{"include":[{"pods":["a"]}]}'],
  ['filter={"includes":[]}', "filter", '{"includes":[]}'],
  ['filter={"include":[{"event_type":[{"__proto__":1}]}]}', "filter", '{"include":[{"event_type":[{"__proto__":1}]}]}'],
  ["filter={}&ns=a", "ns", "a"],
  ["not=ns:a;port:99999", "not", "ns:a;port:99999"],
  ["not=nonsense", "not", "nonsense"],
  ["from=yesterday", "from", "yesterday"],
  ["from=2026-02-30T00:00:00Z", "from", "2026-02-30T00:00:00Z"],
  ["from=2026-09-21T25:00:00Z", "from", "2026-09-21T25:00:00Z"],
  ["from=now-1h&to=now-2h", "from", "now-1h"],
  ["to=now", "to", "now"],
  ["from=now-1h&from=now-2h", "from", "now-2h"],
  ["by=pod,pods", "by", "pods"],
  ["by=pod,pod", "by", "pod"],
  ["order=size", "order", "size"],
  ["dir=up", "dir", "up"],
  ["cols=key:9999", "cols", "key:9999"],
  ["row=<b>", "row", "<b>"],
  ["tab=../x", "tab", "../x"],
  ["split=pod", "split", "pod"],
  ["zone=mars", "zone", "mars"],
  [`q=${"x".repeat(501)}`, "q", "x".repeat(501)],
])("%s is named", (query, name, value) => {
  const { unreadable } = read(query);
  expect(unreadable).toEqual([{ name, value, why: expect.stringMatching(/^\S.+\.$/s) }]);
});

test("the rest of a partly readable address counts", () => {
  const { search } = read("port=443,99999&ns=checkout&order=size&not=ns:a;port:99999");
  expect(search).toEqual({ ...NOTHING_CHOSEN, filter: { include: [{ namespace: ["checkout"], port: ["443"] }], exclude: [] } });
});

test.each([
  ["2026-09-21", "2026-09-21T00:00:00Z"],
  ["2026-09-21T10:42Z", "2026-09-21T10:42:00Z"],
  ["2026-09-21T12:42:00.5 02:00", "2026-09-21T10:42:00.500Z"],
  ["2026-09-21T10:42:00.123456789Z", "2026-09-21T10:42:00.123Z"],
])("the instant %s is %s", (from, instantRead) => {
  expect(readSearch({ from }).search.window).toEqual({ from: instantRead, to: "now" });
});

test("anything at all is read without a throw, and either used or named", () => {
  const name = fc.oneof(
    fc.constantFrom(...["from", "to", "filter", "not", "by", "open", "cols", "port", "ip", "ns", "event_type", "row"]),
    text,
  );
  const value = fc.oneof(text, fc.string({ unit: "binary", maxLength: 300 }), fc.json());
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value)), (entries) => {
      const { search, unreadable } = readSearch(
        new URLSearchParams(entries.map(([key, item]) => [key.toWellFormed(), item.toWellFormed()])),
      );
      const used = entries.length === 0 || unreadable.length > 0 || searchEntries(search).length > 0;
      const silent = entries.every(
        ([key, item]) => (key === "filter" && item === "{}") || (["q", "row", "tab"].includes(key) && item === ""),
      );
      expect(used || silent).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

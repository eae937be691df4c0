import { expect, test } from "vitest";
import type { Filter } from "#lib/filters/filter.ts";
import type { GroupRow } from "#lib/questions/answer.ts";
import { readSearch } from "#lib/url/read-search.ts";
import { NOTHING_CHOSEN } from "#lib/url/search.ts";
import { addable, combinations, levelsOf, moved, removed, replaced } from "./by-choices.ts";
import { cellName } from "./cell-name.ts";
import { countedGroups, groupingWord } from "./dimension-words.ts";
import { groupChoiceToKeep, groupTracks, shownGroupColumns, strangeGroupColumns } from "./group-column-list.ts";
import { childrenAsk, excludeFilter, groupLinks, isUnder, onlyFilter, pathId, reachable, toggled } from "./group-path.ts";
import { groupTree, largestOf } from "./group-tree.ts";

const row = (key: readonly (string | null)[], attempts = 1): GroupRow => ({
  key,
  attempts,
  packets: attempts,
  reasons: { deny: attempts },
  pods: 1,
  addresses: 1,
  firstSeen: "2026-09-22T10:00:00Z",
  lastSeen: "2026-09-22T10:00:00Z",
  firstStored: "2026-09-22T10:00:00Z",
  isNew: false,
  attemptsBefore: undefined,
  spark: [],
  about: {},
});
const by = ["workload", "group", "port"] as const;
const EMPTY: Filter = { include: [], exclude: [] };

test("Only keeps the rest of the filter and says each level once", () => {
  const filter: Filter = { include: [{ namespace: ["checkout"], port: ["443", "53"] }], exclude: [{ node: ["n1"] }] };
  expect(onlyFilter(filter, by, ["a/b", "corp", "443"])).toEqual({
    include: [{ namespace: ["checkout"], workload: ["a/b"], group: ["corp"], port: ["443"] }],
    exclude: [{ node: ["n1"] }],
  });
  expect(onlyFilter(EMPTY, by, ["a/b", ""])).toEqual({ include: [{ workload: ["a/b"], group: [""] }], exclude: [] });
});

test("Exclude leaves out exactly the combination", () => {
  expect(excludeFilter(EMPTY, by, ["a/b"])).toEqual({ include: [], exclude: [{ workload: ["a/b"] }] });
  expect(excludeFilter({ include: [], exclude: [{ workload: ["x"] }] }, by, ["a/b", "corp"])).toEqual({
    include: [],
    exclude: [{ workload: ["x"] }, { workload: ["a/b"], group: ["corp"] }],
  });
});

test("two label keys are one selector", () => {
  expect(excludeFilter(EMPTY, ["label:app", "port", "label:tier"], ["cart", "443", ""])).toEqual({
    include: [],
    exclude: [{ port: ["443"], source_label: ["app=cart,!tier"] }],
  });
});

test("the links of a group are read back as what they say", () => {
  const links = groupLinks({ ...NOTHING_CHOSEN, row: "x", order: "packets", open: [["a/b"]] }, by, ["a/b", "corp"]);
  const read = (href: string) => readSearch(new URL(href, "http://weir").searchParams);
  expect(read(links.only)).toMatchObject({
    search: { filter: { include: [{ workload: ["a/b"], group: ["corp"] }] }, row: "" },
    unreadable: [],
  });
  expect(read(links.exclude).search.filter.exclude).toEqual([{ workload: ["a/b"], group: ["corp"] }]);
  expect(links.flows).toMatch(/^\/flows\?workload=a\/b&group=corp$/);
});

test("children are asked narrowly, but never wider than their parent", () => {
  const filter: Filter = { include: [{ group: ["corp-all"] }, { pod: ["p"] }], exclude: [] };
  expect(childrenAsk({ ...NOTHING_CHOSEN, filter }, by, ["a/b", "corp-legacy"])).toEqual({
    by: ["workload", "group", "port"],
    filter: {
      include: [
        { group: ["corp-all"], workload: ["a/b"] },
        { pod: ["p"], workload: ["a/b"], group: ["corp-legacy"] },
      ],
      exclude: [],
    },
  });
  expect(childrenAsk(NOTHING_CHOSEN, by, ["a/b"]).by).toEqual(["workload", "group"]);
  expect([isUnder(row(["a", null, "1"]), ["a", ""]), isUnder(row(["a", "b"]), ["a", ""])]).toEqual([true, false]);
});

test("opening and closing", () => {
  expect(toggled([["a"]], ["a", "b"])).toEqual([["a"], ["a", "b"]]);
  expect(toggled([["a"], ["a", "b"], ["c"]], ["a"])).toEqual([["c"]]);
  expect(reachable([["a", "b"], ["a"], ["c", "d"], ["a", "b", "1"]], 3)).toEqual([["a"], ["a", "b"]]);
});

test("the tree holds what is open, and says what is missing", () => {
  const branches = new Map([
    [pathId(["a"]), { is: "rows", rows: [row(["a", null], 3)], total: 5 } as const],
    [pathId(["b"]), { is: "loading" } as const],
  ]);
  const tree = groupTree([row(["a"], 9), row(["b"]), row(["c"])], branches, [["a"], ["b"], ["a", ""]], 2);
  expect(tree.map(({ id, children }) => [id, children.map((child) => (child.is === "note" ? child.words : child.id))])).toEqual([
    ['["a"]', ['["a",""]', "4 smaller ones are not shown."]],
    ['["b"]', ["Reading the groups in it."]],
    ['["c"]', []],
  ]);
  expect(tree[0]?.children[0]).toMatchObject({ canOpen: false, children: [] });
  expect([largestOf([row(["a"], 3), row(["b"], 9)]), largestOf([])]).toEqual([9, 0]);
});

test.each([
  ["workload", "checkout/cart-api", { workloadKind: "Deployment" }, "cart-api", "", "checkout · Deployment"],
  ["pod", "checkout/cart-api-x", { workload: "checkout/cart-api" }, "cart-api-x", "", "checkout · cart-api"],
  ["pod", "default/bash", { workload: "default/bash" }, "bash", "", "default"],
  ["pod", "10.0.0.9", {}, "10.0.0.9", "", ""],
  [
    "group",
    "corp-legacy",
    { groupKind: "cidrgroup", alsoIn: ["corp-all", "world", "world-ipv4"] },
    "corp-legacy",
    "CIDR group",
    "also in corp-all",
  ],
  ["group", "kube-apiserver", { groupKind: "reserved" }, "kube-apiserver", "entity", "Kubernetes API"],
  ["ip", "169.254.169.254", {}, "169.254.169.254", "", "cloud metadata"],
  ["ip", "10.9.9.9", { names: ["db.example.com"] }, "10.9.9.9", "", "db.example.com"],
  ["port", "1433", { protocols: ["TCP"] }, "1433", "", "TCP · SQL Server"],
  ["port", null, { protocols: ["ICMPv4"] }, "no port", "", "ICMPv4"],
  ["label:app", null, {}, "no label app", "", ""],
  ["namespace", "a\u202Eb", {}, "a⟨U+202E⟩b", "", ""],
] as const)("%s %j is named", (grouping, value, about, name, tag, detail) => {
  expect(cellName(grouping, value, about)).toMatchObject({ name, tag, detail });
});

test("the toolbar's choices", () => {
  expect(replaced(by, 0, "pod")).toEqual(["pod", "group", "port"]);
  expect(replaced(by, 0, "port")).toEqual(["port", "group", "workload"]);
  expect(moved(by, 2, -1)).toEqual(["workload", "port", "group"]);
  expect(moved(by, 0, -1)).toEqual(by);
  expect([removed(by, 1), removed(["port"], 0)]).toEqual([["workload", "port"], ["port"]]);
  expect(addable(["pod", "ip", "port", "reason"])).toEqual([]);
  expect(levelsOf("label:app")).toEqual(["pod", "workload", "namespace", "cluster", "label:app"]);
  expect(combinations(["label:app", "ip"]).map(({ by: chosen }) => chosen)).toEqual([
    ["label:app"],
    ["ip"],
    ["port"],
    ["label:app", "ip", "port"],
  ]);
  expect([groupingWord("label:app"), countedGroups("1", true, "port"), countedGroups("2", false, "label:app")]).toEqual([
    "label app",
    "1 port",
    "2 values of label app",
  ]);
});

test("columns", () => {
  expect(shownGroupColumns([]).map(({ id }) => id)).toHaveLength(10);
  expect(shownGroupColumns([{ id: "attempts" }, { id: "nonsense" }])).toEqual([{ id: "key" }, { id: "attempts" }]);
  expect(strangeGroupColumns([{ id: "attempts" }, { id: "nonsense" }])).toEqual(["nonsense"]);
  expect(groupChoiceToKeep(shownGroupColumns([]))).toEqual([]);
  expect(groupTracks([{ id: "key" }, { id: "attempts", width: 99 }, { id: "last" }])).toEqual({
    tracks: "minmax(220px, 1fr) 99px 62px",
    least: 381,
  });
});

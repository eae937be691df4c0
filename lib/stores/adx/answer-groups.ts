/** The group table of a question, asked in KQL. */

import { DESTINATION_GROUP_KINDS } from "#lib/flows/destination.ts";
import type { Grouping } from "#lib/flows/dimension.ts";
import { formatTime, msOfTime } from "#lib/flows/flow-time.ts";
import type { GroupAbout, GroupRow, GroupTable } from "#lib/questions/answer.ts";
import { type Buckets, bucketAt, slicesOf } from "#lib/questions/bucket-width.ts";
import type { GroupOrder, GroupsQuestion } from "#lib/questions/question.ts";
import { windowBefore } from "#lib/questions/resolve-window.ts";
import { scopeOf } from "#lib/questions/scope.ts";
import { whyUnavailable } from "#lib/questions/unavailable.ts";
import type { Told } from "#lib/stores/told.ts";
import { type Asking, aboutOf, askFor, type Built, flowsQuery, IN_WINDOW, type Scene, upTo, windowParameters } from "./asking.ts";
import { groupingKql } from "./dimension-kql.ts";
import { type HeldSpan, reachesBack } from "./held-span.ts";
import { spanParameter, timeParameter } from "./kusto-query.ts";
import { parsed } from "./kusto-time.ts";
import { REASON_CELLS, REASON_COUNTS, reasonColumns, reasonCounts } from "./reason-counts.ts";
import { type Cell, COUNT, oneOf, type RowOf, rowShape, TEXT, TEXTS, TIME, TIME_TEXT, UNREADABLE } from "./row-shape.ts";
import { scopeText } from "./selection.ts";
import { unavailableOf, unavailableProblem } from "./unavailable.ts";
import { wordsOf } from "./words-of.ts";

const TOTALS_ROW = rowShape(["Attempts", COUNT], ["Seen", COUNT], ["Groups", COUNT]);
const KEY: Cell<readonly string[]> = {
  type: "string",
  read: (value) => (typeof value === "string" ? keyIn(value) : UNREADABLE),
};
const GROUP_ROW = rowShape(
  ["Key", KEY],
  ["Attempts", COUNT],
  ["Seen", COUNT],
  ["Pods", COUNT],
  ["Addresses", COUNT],
  ["First", TIME_TEXT],
  ["Last", TIME_TEXT],
  ["FirstStored", TIME],
  ["AttemptsBefore", COUNT],
  ["SourceNamespace", TEXT],
  ["Workload", TEXT],
  ["Kind", TEXT],
  ["GroupKind", oneOf(DESTINATION_GROUP_KINDS)],
  ["GroupTexts", TEXTS],
  ["NameTexts", TEXTS],
  ["Protocols", TEXTS],
  ...REASON_CELLS,
);
const SPARK_ROW = rowShape(["Key", KEY], ["Slot", TIME], ["Attempts", COUNT]);

/** The values of a key, one per dimension, which the query made a text. */
function keyIn(text: string): readonly string[] | typeof UNREADABLE {
  const list = parsed(text);
  return Array.isArray(list) && list.every((one): one is string => typeof one === "string") ? list : UNREADABLE;
}

/** Ties by key, ascending, whichever way the order runs. */
function orderText(order: GroupOrder, descending: boolean, keys: readonly string[]): string {
  const way = descending ? "desc" : "asc";
  const columns: { readonly [O in GroupOrder]: readonly string[] } = {
    attempts: ["Attempts"],
    packets: ["Seen"],
    first: ["First"],
    last: ["Last"],
    pods: ["Pods"],
    addresses: ["Addresses"],
    key: keys,
    change: ["WithoutBefore", "Change"],
  };
  return [...columns[order].map((column) => `${column} ${way}`), ...(order === "key" ? [] : keys.map((key) => `${key} asc`))].join(", ");
}

/** One result each: totals, rows of the page, their sparklines where they are asked for. */
export function groupsQuery(scene: Scene, question: GroupsQuestion): Built {
  const about = aboutOf(scene, question);
  if ("problem" in about && about.problem) return about;
  const { window, by, offset, limit } = question;
  const unavailable = unavailableOf(scene.settings);
  const [why] = by.flatMap((grouping) => whyUnavailable(unavailable, grouping) ?? []);
  if (why !== undefined) return { problem: unavailableProblem(why) };
  const groupings = by.map((grouping, index) => groupingKql(grouping, index));
  const keys = by.map((_, index) => `Key${index}`);
  const keyList = keys.join(", ");
  const keyText = `tostring(pack_array(${keyList}))`;
  const slices = sparksAsked(question);
  const page = Math.max(0, Math.trunc(offset)) + Math.max(0, Math.trunc(limit));
  const statements = [
    `let Keyed = materialize(Shown | where ${scopeText(scopeOf(question.filter))} | where ${about.selection.text} | extend ${groupings.map(({ text }, index) => `Key${index} = ${text}`).join(", ")})`,
    `let Now = Keyed | where ${IN_WINDOW}`,
    `let Before = Keyed | where Timestamp >= _before and Timestamp < _from | summarize AttemptsBefore = count_distinct(Attempt) by ${keyList}`,
    `let Ever = Keyed | summarize FirstStored = min(Timestamp) by ${keyList}`,
    `let Newest = Now | extend Kind = tostring(SourceWorkloads[0].kind), GroupTexts = tostring(Groups), NameTexts = tostring(DestinationNames) | summarize arg_max(Timestamp, SourceNamespace, Workload, Kind, GroupKind, GroupTexts, NameTexts) by ${keyList}`,
    `let Page = materialize(Now
| summarize Attempts = count_distinct(Attempt), Seen = sum(Packets), Pods = count_distinctif(Pod, Pod != ""), Addresses = count_distinctif(DestinationIp, DestinationIp != ""), First = min(Timestamp), Last = max(Timestamp), Protocols = tostring(make_set(Protocol)), ${REASON_COUNTS} by ${keyList}
| lookup kind=leftouter Before on ${keyList}
| extend AttemptsBefore = coalesce(AttemptsBefore, long(0))
| extend WithoutBefore = AttemptsBefore == 0, Change = iff(AttemptsBefore == 0, real(0), todouble(Attempts) / todouble(AttemptsBefore))
| order by ${orderText(question.order, question.descending, keys)}
| take ${page})`,
    `Now | summarize Attempts = count_distinct(Attempt), Seen = sum(Packets), Groups = count_distinct(${keyText})`,
    `Page
| lookup kind=leftouter Ever on ${keyList}
| lookup kind=leftouter Newest on ${keyList}
| order by ${orderText(question.order, question.descending, keys)}
| project Key = ${keyText}, Attempts, Seen, Pods, Addresses, First, Last, FirstStored, AttemptsBefore, SourceNamespace, Workload, Kind, GroupKind, GroupTexts, NameTexts, Protocols, ${reasonColumns.join(", ")}`,
    ...(slices === undefined
      ? []
      : [
          `Now | join kind=leftsemi Page on ${keyList} | summarize First = min(Timestamp) by ${keyList}, Attempt | summarize Attempts = count() by Key = ${keyText}, Slot = bin_at(First, _slice, _from)`,
        ]),
  ];
  const query = flowsQuery(scene, {
    span: upTo(scene, question.window),
    where: [scopeText({ reasons: scopeOf(question.filter).reasons, ingress: true })],
    words: wordsOf(question.filter, scene.settings),
    parameters: [
      ...windowParameters(window),
      timeParameter("_before", windowBefore(window).from),
      ...(slices === undefined ? [] : [spanParameter("_slice", slices.width)]),
      ...about.selection.parameters,
      ...groupings.flatMap(({ parameters }) => parameters),
    ],
    statements,
  });
  return { query };
}

function sparksAsked({ window, sparkPoints }: GroupsQuestion): Buckets | undefined {
  return sparkPoints > 0 ? slicesOf(window, sparkPoints) : undefined;
}

export async function groupsOf(asking: Asking, question: GroupsQuestion, held: HeldSpan): Promise<Told<GroupTable>> {
  const built = groupsQuery(asking, question);
  if (built.problem) return built;
  const { window, by, offset, limit } = question;
  const slices = sparksAsked(question);
  const told =
    slices === undefined
      ? await askFor(asking.gateway, built.query, TOTALS_ROW, GROUP_ROW)
      : await askFor(asking.gateway, built.query, TOTALS_ROW, GROUP_ROW, SPARK_ROW);
  if (told.problem) return told;
  const [[totals], rows, spark = []] = told.results;
  const sparks = slices === undefined ? undefined : sparksOf(spark, slices);
  const back = reachesBack(held, window);
  return {
    answer: {
      by,
      rows: rows.slice(offset, offset + limit).map((row) => groupRow(row, by, { back, from: window.from, sparks, slices })),
      total: totals?.[2] ?? 0,
      totals: { attempts: totals?.[0] ?? 0, packets: totals?.[1] ?? 0 },
    },
  };
}

interface RowContext {
  readonly back: boolean;
  readonly from: number;
  readonly sparks: ReadonlyMap<string, readonly number[]> | undefined;
  readonly slices: Buckets | undefined;
}

function groupRow(row: RowOf<typeof GROUP_ROW>, by: readonly Grouping[], { back, from, sparks, slices }: RowContext): GroupRow {
  const [key, attempts, packets, pods, addresses, firstSeen, lastSeen, firstStored, attemptsBefore, ...rest] = row;
  const [namespace, workload, workloadKind, groupKind, groups, names, protocols, ...reasons] = rest;
  const about: GroupAbout = {
    ...((by.includes("pod") || by.includes("workload")) && { namespace, workload, workloadKind }),
    ...(by.includes("group") && { groupKind, alsoIn: groups.slice(1) }),
    ...((by.includes("ip") || by.includes("cidr")) && { groupKind, names }),
    ...(by.includes("port") && { protocols: protocols.filter((name) => name !== "").toSorted() }),
  };
  return {
    key: key.map((value) => (value === "" ? null : value)),
    attempts,
    packets,
    reasons: reasonCounts(reasons),
    pods,
    addresses,
    firstSeen,
    lastSeen,
    firstStored: formatTime(firstStored),
    isNew: back && firstStored >= BigInt(from) * 1_000_000n,
    attemptsBefore: back ? attemptsBefore : undefined,
    spark: slices === undefined ? [] : (sparks?.get(JSON.stringify(key)) ?? Array.from({ length: slices.count }, () => 0)),
    about,
  };
}

function sparksOf(rows: readonly RowOf<typeof SPARK_ROW>[], slices: Buckets): ReadonlyMap<string, readonly number[]> {
  const sparks = new Map<string, number[]>();
  for (const [values, slot, attempts] of rows) {
    const key = JSON.stringify(values);
    const spark = sparks.get(key) ?? Array.from({ length: slices.count }, () => 0);
    const at = bucketAt(slices, msOfTime(slot));
    spark[at] = (spark[at] ?? 0) + attempts;
    sparks.set(key, spark);
  }
  return sparks;
}

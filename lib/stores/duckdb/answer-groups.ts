/** The group table of a question. */

import { destinationGroupsOf } from "#lib/flows/destination.ts";
import type { Grouping } from "#lib/flows/dimension.ts";
import { formatTime } from "#lib/flows/flow-time.ts";
import type { GroupAbout, GroupRow, GroupTable } from "#lib/questions/answer.ts";
import { compareGroupRows } from "#lib/questions/group-order.ts";
import type { GroupOrder, GroupsQuestion } from "#lib/questions/question.ts";
import type { Told } from "#lib/stores/told.ts";
import { totalsOf } from "./answer-summary.ts";
import { detailsOfPage, distinctPerGroup } from "./group-details.ts";
import { type Grouped, groupSlice } from "./grouped.ts";
import { newestOfGroups } from "./newest-of-groups.ts";
import type { Slice } from "./slice.ts";
import type { Cut, Snapshot } from "./slices.ts";

export async function answerGroups(snapshot: Snapshot, question: GroupsQuestion): Promise<Told<GroupTable>> {
  const cut = await snapshot.cut(question);
  if (cut.problem) return cut;
  const { by } = question;
  const { reader } = snapshot;
  const now = await groupSlice(reader, cut.now, by);
  const before = await cut.before();
  const beforeGroups = before && (await groupSlice(reader, before, by));
  const page = await pageOf(snapshot, question, cut, now, beforeGroups);
  const totals = totalsOf(await groupSlice(reader, cut.now, []));
  const rows = await rowsOf(snapshot, question, cut, now, beforeGroups, page);
  return { answer: { by, rows, total: now.size, totals } };
}

/** Groups on the page, in order. Sorting by what is known of every group comes before reading what only shown rows need. */
async function pageOf(
  snapshot: Snapshot,
  question: GroupsQuestion,
  cut: Cut,
  now: Grouped,
  before: Grouped | undefined,
): Promise<readonly number[]> {
  const { order, descending, offset, limit, by } = question;
  const all = Array.from({ length: now.size }, (_, group) => group);
  const known = await knownOrder(snapshot, order, cut.now, by, now, before, all);
  const candidates = known === undefined ? all : nearTop(all, known, descending, offset + limit);
  const stub = (group: number): GroupRow => ({
    ...EMPTY_ROW,
    key: now.textsAt(group).map((text) => text || null),
    attempts: now.attemptsAt(group),
    packets: now.packetsAt(group),
    firstSeen: formatTime(now.firstAt(group)),
    lastSeen: formatTime(now.lastAt(group)),
    attemptsBefore: before && attemptsIn(before, now.codesAt(group)),
    pods: order === "pods" ? (known?.[group] ?? 0) : 0,
    addresses: order === "addresses" ? (known?.[group] ?? 0) : 0,
  });
  const stubs = candidates.map((group) => ({ group, row: stub(group) }));
  stubs.sort((a, b) => compareGroupRows(a.row, b.row, order, descending));
  return stubs.slice(offset, offset + limit).map(({ group }) => group);
}

/** A number per group that grows with the order; undefined where the order is no number. */
async function knownOrder(
  snapshot: Snapshot,
  order: GroupOrder,
  slice: Slice,
  by: readonly Grouping[],
  now: Grouped,
  before: Grouped | undefined,
  all: readonly number[],
): Promise<ArrayLike<number> | undefined> {
  const each = (valueAt: (group: number) => number): Float64Array => {
    const values = new Float64Array(all.length);
    for (let group = 0; group < values.length; group++) values[group] = valueAt(group);
    return values;
  };
  switch (order) {
    case "attempts":
      return each((group) => now.attemptsAt(group));
    case "packets":
      return each((group) => now.packetsAt(group));
    case "first":
      return each((group) => now.firstMsAt(group));
    case "last":
      return each((group) => now.lastMsAt(group));
    case "pods":
      return distinctPerGroup(snapshot.reader, slice, by, now, undefined, "pod");
    case "addresses":
      return distinctPerGroup(snapshot.reader, slice, by, now, undefined, "ip");
    case "change":
      return each((group) => now.attemptsAt(group) / ((before && attemptsIn(before, now.codesAt(group))) || 0) || Number.POSITIVE_INFINITY);
    case "key":
      return undefined;
  }
}

/** So many groups are put in order as they are. */
const FEW = 100;

/** Every group that can be among the first `count`: ties of the last one stay in, the exact order is made afterwards. */
export function nearTop(all: readonly number[], values: ArrayLike<number>, descending: boolean, count: number): readonly number[] {
  if (all.length <= Math.max(count, FEW)) return all;
  const sorted = new Float64Array(all.length);
  for (let at = 0; at < sorted.length; at++) sorted[at] = values[all[at] ?? 0] ?? 0;
  sorted.sort();
  const edge = (descending ? sorted[sorted.length - count] : sorted[count - 1]) ?? 0;
  return all.filter((group) => (descending ? (values[group] ?? 0) >= edge : (values[group] ?? 0) <= edge));
}

async function rowsOf(
  snapshot: Snapshot,
  question: GroupsQuestion,
  cut: Cut,
  now: Grouped,
  before: Grouped | undefined,
  page: readonly number[],
): Promise<GroupRow[]> {
  const { by, sparkPoints, window } = question;
  const { reader } = snapshot;
  const earlierSlice = await cut.earlier();
  const earlier = earlierSlice && (await groupSlice(reader, earlierSlice, by));
  const { pods, addresses, sparks } = await detailsOfPage(reader, cut.now, now, by, page, window, sparkPoints);
  const newest = await newestOfGroups(reader, cut.now, now, page);
  return page.map((group): GroupRow => {
    const known = earlier === undefined ? -1 : earlier.find(now.codesAt(group));
    const firstStored = known < 0 || earlier === undefined ? now.firstAt(group) : earlier.firstAt(known);
    return {
      key: now.textsAt(group).map((text) => text || null),
      attempts: now.attemptsAt(group),
      packets: now.packetsAt(group),
      reasons: now.reasonsAt(group),
      pods: pods[group] ?? 0,
      addresses: addresses[group] ?? 0,
      firstSeen: formatTime(now.firstAt(group)),
      lastSeen: formatTime(now.lastAt(group)),
      firstStored: formatTime(firstStored),
      isNew: earlier !== undefined && known < 0,
      attemptsBefore: before && attemptsIn(before, now.codesAt(group)),
      spark: sparks.get(group) ?? [],
      about: aboutOf(snapshot, by, newest.get(group), now.protocolsAt(group)),
    };
  });
}

function attemptsIn(grouped: Grouped, codes: readonly number[]): number {
  const found = grouped.find(codes);
  return found < 0 ? 0 : grouped.attemptsAt(found);
}

function aboutOf(
  { reader: { lexicon } }: Snapshot,
  by: readonly Grouping[],
  newest: { readonly sender: number; readonly place: number } | undefined,
  protocols: readonly string[],
): GroupAbout {
  const sender = lexicon.senders[newest?.sender ?? -1];
  const place = lexicon.places[newest?.place ?? -1];
  const source = lexicon.endpoints[sender?.endpoint ?? -1]?.record;
  const destination = lexicon.endpoints[place?.endpoint ?? -1]?.record;
  if (!sender || !place || !source || !destination) return {};
  const [primary, ...others] = destinationGroupsOf(destination);
  return {
    ...((by.includes("pod") || by.includes("workload")) && {
      namespace: sender.namespace,
      workload: sender.workload,
      workloadKind: source.workloads[0]?.kind ?? "",
    }),
    ...(by.includes("group") && { groupKind: primary.kind, alsoIn: others.map((group) => group.name) }),
    ...((by.includes("ip") || by.includes("cidr")) && { groupKind: primary.kind, names: place.names }),
    ...(by.includes("port") && { protocols }),
  };
}

const EMPTY_ROW: GroupRow = {
  key: [],
  attempts: 0,
  packets: 0,
  reasons: {},
  pods: 0,
  addresses: 0,
  firstSeen: "",
  lastSeen: "",
  firstStored: "",
  isNew: false,
  attemptsBefore: undefined,
  spark: [],
  about: {},
};

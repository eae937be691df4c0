/** A page of flows: found by time steps backwards (or forwards), so that a page costs what it shows and not what is stored. */

import type { FlowPage, Problem } from "#lib/questions/answer.ts";
import { cursorText, type FlowCursor, flowRowOf, readCursor } from "#lib/questions/flow-row.ts";
import { filterProblem } from "#lib/questions/problems.ts";
import type { FlowsQuestion } from "#lib/questions/question.ts";
import { scopeOf } from "#lib/questions/scope.ts";
import type { Told } from "#lib/stores/told.ts";
import { earlier, later } from "./big-order.ts";
import { select, type Values } from "./database.ts";
import type { Asked, PredicateMaker } from "./filter-predicate.ts";
import { passes, toCondition } from "./predicate.ts";
import { type FlowReader, readFlows, recordOf } from "./read-flows.ts";
import { HIDDEN } from "./schema.ts";
import { spanOf } from "./slices.ts";
import type { Span } from "./span.ts";
import type { StoredFlow } from "./stored-flow.ts";

const BAD_CURSOR: Problem = {
  kind: "bad-question",
  title: "This page mark cannot be read.",
  detail: "`after` is the time and id of the last row already shown, as the answer's `next` gives it.",
  next: "Start again from the first page.",
};

/** A step that finds too little is followed by one so many times as long. */
const STRIDE = 8n;
/** Flows that the first step is meant to hold, per flow asked for. */
const GENEROUS = 8;
const SHORTEST_NS = 1_000_000n;

export async function answerFlows(reader: FlowReader, maker: PredicateMaker, question: FlowsQuestion): Promise<Told<FlowPage>> {
  const asked = maker.predicateOf(question.filter, scopeOf(question.filter), question.text);
  if (asked.problem) return { problem: filterProblem(asked.problem) };
  const cursor = question.after === undefined ? undefined : readCursor(question.after);
  if (question.after !== undefined && cursor === undefined) return { problem: BAD_CURSOR };
  const found = asked.predicate.is === "none" ? [] : await newest(reader, asked, question, cursor);
  const rows = found.slice(0, question.limit).map((flow) => flowRowOf(flow.id, recordOf(flow, reader.lexicon)));
  const last = rows.at(-1);
  return { answer: { rows, next: last !== undefined && found.length > rows.length ? cursorText(last) : undefined } };
}

/** More than `limit` flows when there are more, in order. */
async function newest(reader: FlowReader, asked: Asked, question: FlowsQuestion, cursor: FlowCursor | undefined): Promise<StoredFlow[]> {
  const { newestFirst, limit } = question;
  const stored = await storedRows(reader);
  if (stored.count === 0n) return [];
  const chosen = spanOf(question.window);
  // Nothing lies beyond what is stored: the first step then begins where the flows are.
  const window = { from: later(chosen.from, stored.oldest), to: earlier(chosen.to, stored.newest + 1n) };
  const source = flowSource(reader, asked);
  const found: StoredFlow[] = [];
  let left = window;
  if (cursor !== undefined) {
    const tied = await source.between(
      { from: later(cursor.time, window.from), to: earlier(cursor.time + 1n, window.to) },
      newestFirst,
      undefined,
    );
    found.push(...tied.filter((flow) => (newestFirst ? flow.id < cursor.id : flow.id > cursor.id)));
    left = newestFirst
      ? { from: window.from, to: earlier(cursor.time, window.to) }
      : { from: later(cursor.time + 1n, window.from), to: window.to };
  }
  let step = firstStep(stored, limit);
  let looked = false;
  while (found.length <= limit && left.from < left.to) {
    // The first step finds enough as a rule; after it, what is left may lie far away.
    const reach = looked ? await source.reach(left, newestFirst) : newestFirst ? left.to - 1n : left.from;
    if (reach === undefined) break;
    looked = true;
    left = newestFirst ? { from: left.from, to: earlier(left.to, reach + 1n) } : { from: later(left.from, reach), to: left.to };
    const piece = newestFirst
      ? { from: later(left.from, left.to - step), to: left.to }
      : { from: left.from, to: earlier(left.to, left.from + step) };
    const wanted = limit + 1 - found.length;
    const part = await source.between(piece, newestFirst, wanted);
    found.push(...part);
    left = newestFirst ? { from: left.from, to: piece.from } : { from: piece.to, to: left.to };
    step *= STRIDE;
  }
  return found;
}

interface StoredRows {
  readonly count: bigint;
  readonly oldest: bigint;
  readonly newest: bigint;
}

async function storedRows({ connection }: FlowReader): Promise<StoredRows> {
  const found = await select(connection, "SELECT count(*), coalesce(min(ts), 0), coalesce(max(ts), 0) FROM flows");
  return { count: found.bigs(0)[0] ?? 0n, oldest: found.bigs(1)[0] ?? 0n, newest: found.bigs(2)[0] ?? 0n };
}

/** How much time holds enough flows as a rule. */
function firstStep({ count, oldest, newest }: StoredRows, limit: number): bigint {
  return later(SHORTEST_NS, ((newest - oldest) * BigInt(limit * GENEROUS)) / count);
}

/** Read beyond what is wanted, so that flows at the last one's instant are there too as a rule. */
const SPARE = 16;

interface FlowSource {
  /** Flows of a span in order; with `most`, at least so many of the first ones, and all that share the last one's instant. */
  between(span: Span, newestFirst: boolean, most: number | undefined): Promise<StoredFlow[]>;
  /** An instant beyond which the span holds nothing, seen from the end the page starts at; undefined = it holds nothing. */
  reach(span: Span, newestFirst: boolean): Promise<bigint | undefined>;
}

function flowSource(reader: FlowReader, asked: Asked): FlowSource {
  const { lexicon } = reader;
  const condition = toCondition(asked.predicate);
  // Whether a named uuid is let through is seen row by row, so SQL lets every session pass there.
  const filter = asked.uuids.length > 0 ? "TRUE" : condition.sql;
  const shown = `s.kind <> ${HIDDEN} AND (${filter})`;
  const own: Values = asked.uuids.length > 0 ? {} : condition.values;
  const letThrough = (flow: StoredFlow): boolean =>
    asked.uuids.length === 0 ||
    passes(asked.predicate, { ids: (column) => idOf(flow, column, lexicon), uuid: flow.hasUuid ? flow.id : "" });

  const read = async (span: Span, newestFirst: boolean, limit: number | undefined): Promise<StoredFlow[]> => {
    const way = newestFirst ? "DESC" : "ASC";
    const top = limit === undefined ? "" : `ORDER BY f.ts ${way} LIMIT ${limit}`;
    const where = `WHERE f.ts >= $from AND f.ts < $to AND s.last >= $from AND s.first < $to AND ${shown} ${top}`;
    return readFlows(reader, where, { ...own, from: span.from, to: span.to });
  };
  return {
    between: async (span, newestFirst, most) => {
      const limit = asked.uuids.length > 0 || most === undefined ? undefined : most + SPARE;
      const flows = await read(span, newestFirst, limit);
      // Of the last instant read there may be more; what comes before it is whole.
      const edge = limit !== undefined && flows.length >= limit ? edgeOf(flows, newestFirst) : undefined;
      const whole = edge === undefined ? flows : flows.filter((flow) => flow.time !== edge);
      const enough = edge === undefined || whole.length >= (most ?? 0);
      const cut = enough ? whole : [...whole, ...(await read({ from: edge, to: edge + 1n }, newestFirst, undefined))];
      const way = newestFirst ? -1 : 1;
      return cut.filter(letThrough).sort((a, b) => (a.time === b.time ? (a.id < b.id ? -way : way) : a.time < b.time ? -way : way));
    },
    reach: async (span, newestFirst) => {
      const end = newestFirst ? "max(s.last)" : "min(s.first)";
      const found = await select(
        reader.connection,
        `SELECT coalesce(${end}, 0), count(*) FROM sessions s WHERE s.last >= $from AND s.first < $to AND ${shown}`,
        { ...own, from: span.from, to: span.to },
      );
      return (found.bigs(1)[0] ?? 0n) === 0n ? undefined : found.bigs(0)[0];
    },
  };
}

function edgeOf(flows: readonly StoredFlow[], newestFirst: boolean): bigint | undefined {
  let edge = flows[0]?.time;
  for (const { time } of flows) if (edge === undefined || (newestFirst ? time < edge : time > edge)) edge = time;
  return edge;
}

function idOf(flow: StoredFlow, column: string, lexicon: FlowReader["lexicon"]): number {
  switch (column) {
    case "sender":
      return flow.sender;
    case "place":
      return flow.place;
    case "event":
      return flow.event;
    case "policies":
      return flow.policies;
    case "node":
      return flow.node;
    case "sip":
      return flow.sourceIp;
    case "ip":
      return lexicon.places[flow.place]?.ip ?? 0;
    case "sport":
      return flow.sourcePort;
    case "dport":
      return flow.destinationPort;
    case "detail":
      return flow.detail;
    default:
      return flow.frame;
  }
}

/** Pages of flows and the flow nearest to a window, asked in KQL. */

import { formatTime } from "#lib/flows/flow-time.ts";
import type { FlowPage, Problem } from "#lib/questions/answer.ts";
import { cursorText, readCursor } from "#lib/questions/flow-row.ts";
import type { FlowsQuestion, Question } from "#lib/questions/question.ts";
import { BAD_CURSOR } from "#lib/questions/reference-flows.ts";
import { scopeOf } from "#lib/questions/scope.ts";
import type { Told } from "#lib/stores/told.ts";
import {
  type Asking,
  aboutOf,
  around,
  askFor,
  type Built,
  everything,
  flowsQuery,
  IN_WINDOW,
  type Scene,
  windowParameters,
} from "./asking.ts";
import { FLOW_ROW, flowRow, ROW_PROJECTION } from "./flow-row-columns.ts";
import { type QueryParameter, textParameter, tickParameter } from "./kusto-query.ts";
import { rowShape, TIME_OR_NONE } from "./row-shape.ts";
import { scopeText } from "./selection.ts";
import { wordsOf } from "./words-of.ts";

/** Rows of one page at most. */
const MOST_ROWS = 5000;

/** One row more than the page, to know whether there is a next one. */
export function pageQuery(scene: Scene, question: FlowsQuestion): Built {
  const about = aboutOf(scene, question);
  if ("problem" in about && about.problem) return about;
  const { window, filter, newestFirst } = question;
  const mark = markOf(question.after, newestFirst);
  if ("problem" in mark) return mark;
  const limit = limitOf(question);
  const way = newestFirst ? "desc" : "asc";
  const query = flowsQuery(scene, {
    span: around(scene, window),
    where: [scopeText({ reasons: scopeOf(filter).reasons, ingress: true })],
    words: wordsOf(question.filter, scene.settings),
    parameters: [...windowParameters(window), ...mark.parameters, ...about.selection.parameters],
    statements: [
      `Shown | where ${IN_WINDOW}${mark.text} | where ${scopeText(scopeOf(filter))} | where ${about.selection.text} | order by Timestamp ${way}, Id ${way} | take ${limit + 1} | project ${ROW_PROJECTION}`,
    ],
  });
  return { query };
}

function limitOf({ limit }: FlowsQuestion): number {
  return Math.min(MOST_ROWS, Math.max(0, Math.trunc(limit)));
}

export async function flowsOf(asking: Asking, question: FlowsQuestion): Promise<Told<FlowPage>> {
  const built = pageQuery(asking, question);
  if (built.problem) return built;
  const limit = limitOf(question);
  const told = await askFor(asking.gateway, built.query, FLOW_ROW);
  if (told.problem) return told;
  const found = told.results[0];
  const rows = found.slice(0, limit).map(flowRow);
  const last = rows.at(-1);
  return { answer: { rows, next: last !== undefined && found.length > rows.length ? cursorText(last) : undefined } };
}

interface Mark {
  readonly text: string;
  readonly parameters: readonly QueryParameter[];
}

/** Only what comes after the mark. Strings have no `<` in KQL. */
function markOf(after: string | undefined, newestFirst: boolean): Mark | { readonly problem: Problem } {
  if (after === undefined) return { text: "", parameters: [] };
  const cursor = readCursor(after);
  if (cursor === undefined) return { problem: BAD_CURSOR };
  const than = newestFirst ? "<" : ">";
  return {
    text: ` and (Timestamp ${than} _mark or (Timestamp == _mark and strcmp(Id, _markId) ${than} 0))`,
    parameters: [tickParameter("_mark", cursor.time / 100n), textParameter("_markId", cursor.id)],
  };
}

const NEAREST_ROW = rowShape(["Inside", TIME_OR_NONE], ["Earlier", TIME_OR_NONE], ["Later", TIME_OR_NONE]);

export async function nearestOf(asking: Asking, question: Question): Promise<Told<{ readonly time: string } | undefined>> {
  const about = aboutOf(asking, question);
  if ("problem" in about && about.problem) return about;
  const { window, filter } = question;
  const query = flowsQuery(asking, {
    span: everything(asking),
    where: [scopeText({ reasons: scopeOf(filter).reasons, ingress: true })],
    words: wordsOf(question.filter, asking.settings),
    parameters: [...windowParameters(window), ...about.selection.parameters],
    statements: [
      `Shown | where ${scopeText(scopeOf(filter))} | where ${about.selection.text} | summarize Inside = maxif(Timestamp, ${IN_WINDOW}), Earlier = maxif(Timestamp, Timestamp < _from), Later = minif(Timestamp, Timestamp >= _to)`,
    ],
  });
  const told = await askFor(asking.gateway, query, NEAREST_ROW);
  if (told.problem) return told;
  const [inside, earlier, later] = told.results[0][0] ?? [null, null, null];
  const time = inside ?? closest(earlier, later, window);
  return { answer: time === null ? undefined : { time: formatTime(time) } };
}

/** The later of two equally close; the window's end is one past it. */
function closest(earlier: bigint | null, later: bigint | null, { from, to }: Question["window"]): bigint | null {
  if (earlier === null || later === null) return later ?? earlier;
  const back = BigInt(from) * 1_000_000n - earlier;
  const on = later - BigInt(to) * 1_000_000n + 1n;
  return on <= back ? later : earlier;
}

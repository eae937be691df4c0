/** What every question of the ADX store is asked with: the gateway, the table, the clock, and how far back it looks. */
import type { Problem } from "#lib/questions/answer.ts";
import type { Question } from "#lib/questions/question.ts";
import type { AdxSettings } from "./adx-settings.ts";
import type { FlowColumn } from "./flow-columns.ts";
import { dictionariesOf } from "./flow-from-json.ts";
import type { KustoGateway } from "./kusto-gateway.ts";
import { type KustoQuery, listParameter, type QueryParameter, timeParameter } from "./kusto-query.ts";
import { readRows } from "./read-frames.ts";
import type { RowOf, RowShape } from "./row-shape.ts";
import { type Selection, searchOf, selectionOf } from "./selection.ts";
import { shownFlows } from "./shown-flows.ts";
import { type LineTest, tableRows } from "./table-rows.ts";

/** What a query is written for. */
export interface Scene {
  readonly settings: Pick<AdxSettings, "shape" | "table" | "mapping" | "days">;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds since 1970: flows from here on are left out of every answer; undefined = none. */
  readonly until?: number | undefined;
}

export interface Asking extends Scene {
  readonly gateway: KustoGateway;
}

export type Built = { readonly query: KustoQuery; readonly problem?: never } | { readonly problem: Problem; readonly query?: never };

/** Milliseconds since 1970, `low <= time < high`. */
export interface TimeSpan {
  readonly low: number;
  readonly high: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Records of one packet lie two milliseconds apart at most; a chain of them does not reach further than this. */
const FOLD_MARGIN_MS = 1000;
const NO_END = Date.UTC(9998, 0, 1);

/** All that Weir looks at. It begins at a whole hour, so that the cluster's result cache can help. */
export function everything({ settings, now }: Scene): TimeSpan {
  return { low: Math.floor((now() - settings.days * DAY) / HOUR) * HOUR, high: NO_END };
}

/** All that Weir looks at, up to the window's end: what came after it changes nothing about what was there before. */
export function upTo(scene: Scene, { to }: Question["window"]): TimeSpan {
  return { low: everything(scene).low, high: to + FOLD_MARGIN_MS };
}

export function around(scene: Scene, { from, to }: Question["window"]): TimeSpan {
  return { low: Math.max(everything(scene).low, from - FOLD_MARGIN_MS), high: to + FOLD_MARGIN_MS };
}

export interface FlowsQuery {
  readonly span: TimeSpan;
  /** Tests before records are folded, see ShownOptions. */
  readonly where?: readonly string[];
  /** Addresses and nodes, one of which the line of every flow that can count must hold; empty or undefined = any line. */
  readonly words?: readonly string[] | undefined;
  /** Each of which the line of every flow that can count must hold, by the parameter that carries it; an empty one = any line. */
  readonly everyWord?: readonly QueryParameter[];
  readonly parameters: readonly QueryParameter[];
  /** Statements over `Shown`, one result each where they are tabular. */
  readonly statements: readonly string[];
}

export function flowsQuery({ settings, until = NO_END }: Scene, asked: FlowsQuery): KustoQuery {
  const { span, where = [], words, everyWord = [], parameters, statements } = asked;
  const rest = statements.join(";\n");
  const terms = [...(words === undefined ? [] : [holdsAny("_words")]), ...everyWord.map(({ name }) => holds(name))];
  const wanted = `${rest} ${parameters.map(({ name }) => name).join(" ")}`;
  const flows = shownFlows(settings, { where, terms, rest: wanted });
  return {
    body: `${flows}\n${rest}`,
    parameters: [
      timeParameter("_low", span.low),
      timeParameter("_high", Math.min(span.high, until)),
      ...(words === undefined ? [] : [listParameter("_words", words)]),
      ...namedIn(flows, everyWord),
      ...parameters,
    ],
  };
}

export interface RowsQuery {
  readonly span: TimeSpan;
  readonly everyWord: readonly QueryParameter[];
  readonly parameters: readonly QueryParameter[];
  readonly columns: readonly FlowColumn[];
  /** Operators over the rows. */
  readonly rest: string;
}

/** Of single records, as they stand in the table: not folded, none left out. */
export function rowsQuery({ settings, until = NO_END }: Scene, { span, everyWord, parameters, columns, rest }: RowsQuery): KustoQuery {
  const rows = tableRows(
    settings,
    columns,
    everyWord.map(({ name }) => holds(name)),
  );
  return {
    body: `${dictionariesOf(rows)}${rows}\n${rest}`,
    parameters: [
      timeParameter("_low", span.low),
      timeParameter("_high", Math.min(span.high, until)),
      ...namedIn(rows, everyWord),
      ...parameters,
    ],
  };
}

/** A table whose columns hold the flow has no line to search: nothing there reads the words. */
function namedIn(text: string, parameters: readonly QueryParameter[]): readonly QueryParameter[] {
  return parameters.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(text));
}

function holdsAny(list: string): LineTest {
  return (line) => `array_length(${list}) == 0 or ${line} has_any (${list})`;
}

function holds(word: string): LineTest {
  return (line) => `isempty(${word}) or ${line} has_cs ${word}`;
}

/** The part of every question that says which flows: by filter and text, not by time and scope. */
export function aboutOf(
  { settings }: Scene,
  question: Question,
): { readonly selection: Selection; readonly problem?: never } | { readonly problem: Problem } {
  const selected = selectionOf(settings, question.filter);
  if (selected.problem) return selected;
  const search = searchOf(question.text);
  return {
    selection: {
      text: `(${selected.selection.text}) and (${search.text})`,
      parameters: [...selected.selection.parameters, ...search.parameters],
    },
  };
}

export function windowParameters({ from, to }: Question["window"]): readonly QueryParameter[] {
  return [timeParameter("_from", from), timeParameter("_to", to)];
}

export const IN_WINDOW = "Timestamp >= _from and Timestamp < _to";

type Asked<T extends readonly RowShape<unknown>[]> =
  | { readonly results: { readonly [K in keyof T]: readonly RowOf<T[K]>[] }; readonly problem?: never }
  | { readonly problem: Problem; readonly results?: never };

/** One shape per result, in order. */
export async function askFor<const T extends readonly RowShape<unknown>[]>(
  gateway: KustoGateway,
  query: Omit<KustoQuery, "results">,
  ...shapes: T
): Promise<Asked<T>> {
  const told = await gateway.ask({ ...query, results: shapes.map(({ columns }) => columns) });
  if ("problem" in told) return told;
  const read = shapes.map((shape, index) => readRows(told.results[index], shape));
  for (const one of read) if ("problem" in one) return { problem: one.problem };
  return { results: asResults<T>(read.map((one) => ("rows" in one ? one.rows : []))) };
}

/** Each list was read with the shape at its place, just above; the compiler does not follow `map` over a tuple. */
function asResults<T extends readonly RowShape<unknown>[]>(
  lists: readonly (readonly unknown[])[],
): { readonly [K in keyof T]: readonly RowOf<T[K]>[] } {
  return lists as { readonly [K in keyof T]: readonly RowOf<T[K]>[] };
}

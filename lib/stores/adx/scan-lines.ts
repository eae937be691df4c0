/** Stored lines of a window, newest first, in stretches small enough for one answer of the cluster. */
import { latin1Of } from "#lib/decode/line-text.ts";
import { msOfTime } from "#lib/flows/flow-time.ts";
import type { Problem } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { FlowScan, ScanProblem, StoredLine } from "#lib/stores/flow-scan.ts";
import { type Asking, askFor, everything, type Scene } from "./asking.ts";
import type { FlowColumn } from "./flow-columns.ts";
import { dictionariesOf } from "./flow-from-json.ts";
import { type KustoQuery, spanParameter, textParameter, tickParameter, timeParameter } from "./kusto-query.ts";
import { COUNT, rowShape, TEXT, TIME } from "./row-shape.ts";
import { mappedTable, tableRows } from "./table-rows.ts";

interface ScanLimits {
  /** Lines of one answer. */
  readonly stretch: number;
  /** Flows that a walk gives; what is older is left out. */
  readonly most: number;
}

const SCAN_LIMITS: ScanLimits = { stretch: 5_000, most: 200_000 };

/** Equal pieces that a window is counted in. */
const PIECES = 240;
/** An answer of so few lines that is still too large is the cluster's own trouble. */
const FEWEST = 10;

const PIECE_ROW = rowShape(["Start", TIME], ["Flows", COUNT]);
const LINE_ROW = rowShape(["Timestamp", TIME], ["Id", TEXT], ["Line", TEXT]);

/** Milliseconds since 1970. */
interface Piece {
  readonly start: number;
  readonly flows: number;
}

interface Mark {
  readonly time: bigint;
  readonly id: string;
}

export async function scanLines(
  asking: Asking,
  window: ResolvedWindow,
  gone?: AbortSignal,
  limits = SCAN_LIMITS,
): Promise<FlowScan | ScanProblem> {
  const mapped = mappedTable(asking.settings);
  if (mapped?.isSummed === true) return { problem: sumsProblem(mapped.whyNot("uuid")) };
  const low = Math.max(window.from, everything(asking).low);
  const width = Math.max(1, Math.ceil((window.to - low) / PIECES));
  const told = await askFor(stoppable(asking, gone), piecesQuery(asking, { low, high: window.to, width }), PIECE_ROW);
  if (told.problem) return told;
  // newest last: taken from the end
  const left = told.results[0].map(([start, flows]): Piece => ({ start: msOfTime(start), flows })).toSorted((a, b) => a.start - b.start);
  const next = newestFirst(asking, { left, high: window.to, low: window.from, stretch: limits.stretch });
  return {
    total: left.reduce((sum, { flows }) => sum + flows, 0),
    most: limits.most,
    ...(mapped !== undefined && { blindSpots: [REBUILT] }),
    next,
  };
}

interface Walk {
  readonly left: Piece[];
  readonly high: number;
  /** Where the walk ends. */
  readonly low: number;
  readonly stretch: number;
}

function newestFirst(asking: Asking, { left, high: end, low: last, stretch: most }: Walk): FlowScan["next"] {
  let stretch = most;
  let high = end;
  let mark: Mark | undefined;
  let low: number | undefined;
  return async (gone) => {
    const gateway = stoppable(asking, gone);
    for (;;) {
      low ??= takePieces(left, stretch);
      if (low === undefined) return undefined;
      const told = await askFor(gateway, linesQuery(asking, { low, high, mark, stretch }), LINE_ROW);
      if (told.problem?.kind === "too-much" && stretch > FEWEST) {
        // long lines: fewer of them fit into one answer
        stretch = Math.ceil(stretch / 4);
        continue;
      }
      if (told.problem) return told;
      const [rows] = told.results;
      const lines = withoutRepeated(rows, mark);
      const oldest = rows.at(-1);
      if (oldest !== undefined && rows.length === stretch) {
        mark = { time: oldest[0], id: oldest[1] };
        high = msOfTime(oldest[0]) + 1;
        return { lines, from: high };
      }
      [high, low, mark] = [low, undefined, undefined];
      return { lines, from: left.length === 0 ? last : high };
    }
  };
}

/** Off the end of the list, as many as fit into one answer, one at least: where they begin. */
function takePieces(left: Piece[], stretch: number): number | undefined {
  let start: number | undefined;
  for (let sum = 0; ; ) {
    const piece = left.at(-1);
    if (piece === undefined || (start !== undefined && sum + piece.flows >= stretch)) return start;
    left.pop();
    sum += piece.flows;
    start = piece.start;
  }
}

/** A shipper delivers at least once: the same flow stands next to itself. */
function withoutRepeated(rows: readonly (readonly [time: bigint, id: string, line: string])[], mark: Mark | undefined): StoredLine[] {
  let before = mark?.id;
  return rows.flatMap(([time, id, line]) => {
    const isRepeated = id === before;
    before = id;
    return isRepeated ? [] : [{ line: latin1Of(line), time }];
  });
}

function stoppable({ gateway }: Asking, gone: AbortSignal | undefined): Asking["gateway"] {
  return { ...gateway, ask: (query) => gateway.ask(query, gone) };
}

interface Stretch {
  readonly low: number;
  readonly high: number;
}

function piecesQuery(scene: Scene, { low, high, width }: Stretch & { readonly width: number }): KustoQuery {
  return {
    body: `${linesOf(scene, ["Timestamp", "Id"])}
| summarize Flows = count_distinct(Id) by Start = bin_at(Timestamp, _width, _low)
| project Start, Flows`,
    parameters: [timeParameter("_low", low), timeParameter("_high", high), spanParameter("_width", width)],
  };
}

/** What lies before the mark, newest first; equal ids of one instant are one flow. */
function linesQuery(
  scene: Scene,
  { low, high, mark, stretch }: Stretch & { readonly mark: Mark | undefined; readonly stretch: number },
): KustoQuery {
  const before = mark === undefined ? "" : "\n| where Timestamp < _mark or (Timestamp == _mark and strcmp(Id, _markId) < 0)";
  return {
    body: `${linesOf(scene, ["Timestamp", "Id", "Line"])}${before}
| order by Timestamp desc, Id desc
| take ${stretch}
| project Timestamp, Id, Line`,
    parameters: [
      timeParameter("_low", low),
      timeParameter("_high", high),
      ...(mark === undefined ? [] : [tickParameter("_mark", mark.time / 100n), textParameter("_markId", mark.id)]),
    ],
    isKept: false,
  };
}

function linesOf({ settings }: Scene, columns: readonly FlowColumn[]): string {
  const rows = tableRows(settings, columns);
  return `${dictionariesOf(rows)}${rows}`;
}

const REBUILT =
  "This table holds columns, not the lines that agents wrote: volumes are of lines put together from them, and fields without a column are missing.";

function sumsProblem(why: string): Problem {
  return {
    kind: "bad-question",
    title: "Sums cannot be replayed.",
    detail: `${why} What an exporter would have written of each flow is not known.`,
    next: "Replay over a table that holds every flow (deploy/adx has one), or read the agents' logs into Weir's own store.",
  };
}

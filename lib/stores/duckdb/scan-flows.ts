/** Stored lines of a window, newest first, in stretches of about the same number of flows however unevenly they lie in time. */
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { FlowScan, StoredLine } from "#lib/stores/flow-scan.ts";
import { select } from "./database.ts";
import { restoreLine } from "./line-restore.ts";
import { type FlowReader, readFlows } from "./read-flows.ts";
import { spanOf } from "./slices.ts";
import type { Span } from "./span.ts";

/** Flows of a stretch, more only where one instant holds more. */
const STRETCH = 2_000;
/** Equal pieces that a span is counted in. */
const PIECES = 2_048n;
const NS_PER_MS = 1_000_000n;

interface Piece extends Span {
  readonly count: number;
}

export async function scanFlows(
  reader: FlowReader,
  window: ResolvedWindow,
  inSnapshot: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<FlowScan> {
  const left = await inSnapshot(() => piecesOf(reader, spanOf(window)));
  return {
    total: left.reduce((sum, { count }) => sum + count, 0),
    next: () =>
      inSnapshot(async () => {
        const span = await nextSpan(reader, left);
        if (span === undefined) return undefined;
        const from = left.length === 0 ? window.from : Number((span.from + NS_PER_MS - 1n) / NS_PER_MS);
        return { lines: await linesOf(reader, span), from };
      }),
  };
}

/** Takes the next stretch off the list, which is oldest first; a piece with too many flows is counted in pieces of its own before. */
async function nextSpan(reader: FlowReader, left: Piece[]): Promise<Span | undefined> {
  let taken: Piece | undefined;
  for (;;) {
    const last = left.at(-1);
    if (last === undefined || (taken !== undefined && taken.count + last.count > STRETCH)) return taken;
    left.pop();
    if (last.count <= STRETCH || last.to - last.from <= 1n) {
      taken = { from: last.from, to: taken?.to ?? last.to, count: last.count + (taken?.count ?? 0) };
    } else left.push(...(await piecesOf(reader, last)));
  }
}

/** Pieces that hold flows, oldest first. */
async function piecesOf({ connection }: FlowReader, { from, to }: Span): Promise<Piece[]> {
  const width = (to - from + PIECES - 1n) / PIECES;
  if (width <= 0n) return [];
  const found = await select(
    connection,
    "SELECT ((ts - $from) // $width)::BIGINT AS piece, count(*) FROM flows WHERE ts >= $from AND ts < $to GROUP BY piece ORDER BY piece",
    { from, to, width },
  );
  return Array.from({ length: found.count }, (_, row) => {
    const start = from + (found.bigs(0)[row] ?? 0n) * width;
    return { from: start, to: start + width < to ? start + width : to, count: Number(found.bigs(1)[row] ?? 0n) };
  });
}

async function linesOf(reader: FlowReader, { from, to }: Span): Promise<StoredLine[]> {
  const text = async (id: number): Promise<string> => (await reader.texts.read(id)) ?? "";
  const lines: StoredLine[] = [];
  for (const flow of await readFlows(reader, "WHERE f.ts >= $from AND f.ts < $to", { from, to })) {
    lines.push({ line: await restoreLine(flow, reader.lexicon, { text }), time: flow.time });
  }
  return lines;
}

/** The events that filters are tried on: flows, and what an exporter writes beside them. */
import { z } from "zod";
import { createDecoder } from "#lib/decode/decoder.ts";
import { latin1Of } from "#lib/decode/line-text.ts";
import type { CompiledFilter } from "#lib/filters/compile-filter.ts";
import { readRows } from "./read-rows.ts";

export interface VectorEvent {
  readonly id: string;
  matchedBy(filter: CompiledFilter): boolean;
}

const FILE = "flows.jsonl";
const eventRow = z.object({ id: z.string(), line: z.string() });

/** Throws on a line that is no event. */
export function readEvents(directory: string): readonly VectorEvent[] {
  const decoder = createDecoder();
  return readRows(directory, FILE, eventRow).map(({ row: { id, line } }) => {
    const decoded = decoder.decode(latin1Of(line), { fallbackTime: 0n });
    if (decoded.is === "flow") return { id, matchedBy: (filter) => filter.matches(decoded.flow) };
    if (decoded.is !== "notice" || decoded.notice.kind === "node_status") throw new Error(`${FILE}: ${id} is ${decoded.is}`);
    const { kind, type } = decoded.notice;
    return { id, matchedBy: (filter) => filter.matchesNonFlow({ kind, type }) };
  });
}

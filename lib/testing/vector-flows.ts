/** The flows of Cilium's vectors (lib/filters/fixtures), decoded. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { createDecoder } from "#lib/decode/decoder.ts";
import { latin1Of } from "#lib/decode/line-text.ts";
import type { Flow } from "#lib/flows/flow.ts";

const FLOWS = new URL("../filters/fixtures/cilium-1.17/flows.jsonl", import.meta.url);
const row = z.object({ line: z.string() });

export function readVectorFlows(): readonly Flow[] {
  const decoder = createDecoder();
  const lines = readFileSync(FLOWS, "utf8").trimEnd().split("\n");
  return lines.flatMap((line) => {
    const decoded = decoder.decode(latin1Of(row.parse(JSON.parse(line)).line), { fallbackTime: 0n });
    return decoded.is === "flow" ? [decoded.flow] : [];
  });
}

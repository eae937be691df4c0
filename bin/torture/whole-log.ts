/** What a log holds, line by line: which flows have to be in a store that read up to an offset. */
import { readFileSync } from "node:fs";
import { createDecoder } from "#lib/decode/decoder.ts";
import { createLineCutter } from "#lib/feeds/line-cutter.ts";

export interface WholeLog {
  readonly size: number;
  readonly flows: readonly { readonly uuid: string; readonly end: number; readonly line: string }[];
}

export function readWholeLog(file: string): WholeLog {
  const decoder = createDecoder({ templates: false });
  const flows: { uuid: string; end: number; line: string }[] = [];
  const cutter = createLineCutter(0, (line, end) => {
    const decoded = decoder.decode(line, { fallbackTime: 0n });
    if (decoded.is === "flow") flows.push({ uuid: decoded.flow.uuid, end, line });
  });
  const bytes = readFileSync(file);
  cutter.push(bytes);
  cutter.end();
  return { size: bytes.length, flows };
}

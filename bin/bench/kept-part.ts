/** One file, two benchmarks: each writes its own part and leaves the other's as it is. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** What `npm run bench-adx` writes begins here and goes on to the end of the file. */
export const ADX_HEADING = "## Azure Data Explorer: results of `npm run bench-adx`";

/** Replaces what stands before the part of `npm run bench-adx`. */
export function writeFirstPart(file: string, text: string): void {
  const { second } = partsOf(file);
  writeFileSync(file, second === "" ? text : `${text.trimEnd()}\n\n${second}`);
}

/** Replaces the part of `npm run bench-adx`; `text` begins with its heading. */
export function writeSecondPart(file: string, text: string): void {
  const { first } = partsOf(file);
  writeFileSync(file, first === "" ? text : `${first.trimEnd()}\n\n${text}`);
}

function partsOf(file: string): { readonly first: string; readonly second: string } {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const at = text.indexOf(ADX_HEADING);
  return at < 0 ? { first: text, second: "" } : { first: text.slice(0, at), second: text.slice(at) };
}

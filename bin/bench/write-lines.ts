/** Writes lines to a file. */
import { closeSync, openSync, writeSync } from "node:fs";

const BLOCK_CHARS = 1 << 22;

/** Lines of latin1 code units, without their newline. */
export function writeLines(file: string, lines: Iterable<string>): void {
  const output = openSync(file, "w");
  let block: string[] = [];
  let size = 0;
  const flush = (): void => {
    if (block.length > 0) writeSync(output, `${block.join("\n")}\n`, null, "latin1");
    block = [];
    size = 0;
  };
  try {
    for (const line of lines) {
      block.push(line);
      size += line.length + 1;
      if (size >= BLOCK_CHARS) flush();
    }
    flush();
  } finally {
    closeSync(output);
  }
}

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ADX_HEADING, writeFirstPart, writeSecondPart } from "./kept-part.ts";

test("each benchmark keeps what the other wrote, whichever ran first", () => {
  const directory = mkdtempSync(join(tmpdir(), "weir-parts-"));
  const file = join(directory, "benchmarks.md");
  try {
    writeSecondPart(file, `${ADX_HEADING}\n\nadx 1\n`);
    writeFirstPart(file, "# Benchmarks\n\nstore 1\n");
    writeSecondPart(file, `${ADX_HEADING}\n\nadx 2\n`);
    writeFirstPart(file, "# Benchmarks\n\nstore 2\n");
    expect(readFileSync(file, "utf8")).toBe(`# Benchmarks\n\nstore 2\n\n${ADX_HEADING}\n\nadx 2\n`);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

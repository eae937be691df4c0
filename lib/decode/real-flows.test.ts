/** Lines found in public turn out to be what a person says they are, and are kept byte for byte. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createDecoder } from "./decoder.ts";
import { describeDecoded } from "./describe-decoded.ts";
import { createLineJoiner } from "./join-lines.ts";
import { lineOf } from "./line-text.ts";

const folder = new URL("./fixtures/real-flows/", import.meta.url);
const files = readdirSync(folder).sort();

function logicalLines(file: string): string[] {
  const joiner = createLineJoiner();
  const physical = readFileSync(new URL(file, folder), "latin1").replace(/\n$/, "").split("\n");
  return [...physical.flatMap((line) => joiner.push(line)), ...joiner.flush()];
}

it("decodes every public sample as the golden file says", async () => {
  const decoder = createDecoder();
  const outcomes = files.map((file) => {
    const lines = logicalLines(file).map((line) => describeDecoded(decoder.decode(line, { fallbackTime: undefined })));
    return `${file}\n${lines.map((line) => `  ${line}\n`).join("")}`;
  });
  await expect(outcomes.join("\n")).toMatchFileSnapshot("./fixtures/real-flows.outcomes.txt");
});

it.each(files)("gives back the bytes of %s, the second time from its template", (file) => {
  const decoder = createDecoder();
  for (const line of logicalLines(file)) {
    const [first, second] = [decoder.decode(line, { fallbackTime: 5n }), decoder.decode(line, { fallbackTime: 5n })];
    if (first.is !== "flow" || second.is !== "flow") {
      expect(second).toEqual(first);
      continue;
    }
    expect(lineOf(first.flow.parts)).toBe(line);
    expect(second.flow).toEqual(first.flow);
    expect(second.flow.source).toBe(first.flow.source);
    expect(second.flow.destination).toBe(first.flow.destination);
  }
});

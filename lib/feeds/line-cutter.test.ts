import fc from "fast-check";
import { expect, it } from "vitest";
import { createLineCutter, LINE_BYTES_MAX } from "./line-cutter.ts";

function cutAll(chunks: readonly Uint8Array[], start = 0): { readonly lines: string[]; readonly ends: number[] } {
  const lines: string[] = [];
  const ends: number[] = [];
  const cutter = createLineCutter(start, (line, end) => {
    lines.push(line);
    ends.push(end);
  });
  for (const chunk of chunks) cutter.push(chunk);
  cutter.end();
  return { lines, ends };
}

it("cuts the same lines wherever the chunks end", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "binary", maxLength: 12 })),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      (texts, sizes) => {
        const bytes = Buffer.from(texts.join("\n"));
        const chunks: Uint8Array[] = [];
        for (let from = 0, i = 0; from < bytes.length; i++) {
          const size = sizes[i % sizes.length] ?? 1;
          chunks.push(bytes.subarray(from, from + size));
          from += size;
        }
        const { lines } = cutAll(chunks);
        const latin1 = bytes.toString("latin1");
        const wanted = latin1 === "" ? [] : latin1.split("\n");
        if (wanted.at(-1) === "") wanted.pop();
        expect(lines).toEqual(wanted);
      },
    ),
  );
});

it("tells the offset behind each line, counted from the start", () => {
  const { lines, ends } = cutAll([Buffer.from("ab\n\ncd"), Buffer.from("e\nf")], 100);
  expect(lines).toEqual(["ab", "", "cde", "f"]);
  expect(ends).toEqual([103, 104, 108, 109]);
});

it("keeps bytes that are no UTF-8", () => {
  const { lines } = cutAll([Buffer.from([0xff, 0xc3, 0x28, 0x00, 10])]);
  expect(lines).toEqual(["\u00ff\u00c3(\u0000"]);
});

it.each([
  ["in one chunk", 8 << 20],
  ["in many chunks", 64 << 10],
])("hands on a huge line cut, and the lines around it whole (%s)", (_name, chunkSize) => {
  const huge = 3 * LINE_BYTES_MAX + 17;
  const bytes = Buffer.concat([Buffer.from("before\n"), Buffer.alloc(huge, "x"), Buffer.from("\nafter\n")]);
  const chunks: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += chunkSize) chunks.push(bytes.subarray(from, from + chunkSize));
  const { lines, ends } = cutAll(chunks);
  expect(lines.map((line) => line.length)).toEqual([6, LINE_BYTES_MAX + 1, 5]);
  expect(lines[2]).toBe("after");
  expect(ends.at(-1)).toBe(bytes.length);
});

it("ends with a huge line that never ends", () => {
  const { lines } = cutAll([Buffer.alloc(2 * LINE_BYTES_MAX, "x")]);
  expect(lines.map((line) => line.length)).toEqual([LINE_BYTES_MAX + 1]);
});

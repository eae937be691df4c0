import { expect, test } from "vitest";
import { exportStream, type Page } from "./export-stream.ts";

const fields = [
  { name: "n", of: (row: number) => row },
  { name: "text", of: (row: number) => `=${row}` },
];
const page = (from: number, size: number, next?: Page<number>["next"]): Page<number> => ({
  rows: Array.from({ length: size }, (_, index) => from + index),
  next,
});
const textOf = (stream: ReadableStream<Uint8Array>) => new Response(stream).text();
const problem = { kind: "timeout", title: "The store took too long.", detail: "", next: "" } as const;

test("pages follow one another", async () => {
  const first = page(0, 2, async () => page(2, 1));
  expect(await textOf(exportStream({ format: "csv", fields, cap: 10, first }))).toBe('n,text\r\n0,"\'=0"\r\n1,"\'=1"\r\n2,"\'=2"\r\n');
  expect(await textOf(exportStream({ format: "ndjson", fields, cap: 10, first }))).toBe(
    '{"n":0,"text":"=0"}\n{"n":1,"text":"=1"}\n{"n":2,"text":"=2"}\n',
  );
});

test.each([
  [2, true],
  [3, false],
])("a cap of %i of 3 rows is stated: %s", async (cap, isCut) => {
  const text = await textOf(exportStream({ format: "csv", fields, cap, first: page(0, 2, async () => page(2, 1)) }));
  expect(text.split("\r\n").filter((line) => /^\d/.test(line))).toHaveLength(cap);
  expect(text.includes(`# Cut off at the cap of ${cap} rows.`)).toBe(isCut);
});

test("a cap inside a page, in NDJSON", async () => {
  const text = await textOf(exportStream({ format: "ndjson", fields, cap: 1, first: page(0, 2) }));
  expect(
    text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([{ n: 0, text: "=0" }, { weir: { incomplete: expect.stringContaining("cap of 1 rows"), rows: 1 } }]);
});

test("a problem on the way breaks the stream off", async () => {
  const stream = exportStream({ format: "csv", fields, cap: 10, first: page(0, 1, async () => ({ problem })) });
  await expect(textOf(stream)).rejects.toThrow("took too long");
});

test("no rows are a head alone", async () => {
  expect(await textOf(exportStream({ format: "csv", fields, cap: 10, first: page(0, 0) }))).toBe("n,text\r\n");
  expect(await textOf(exportStream({ format: "ndjson", fields, cap: 10, first: page(0, 0) }))).toBe("");
});

/** Numbered texts in compressed pages, one page per batch: written once, read page by page when a line is shown again. */
import { DuckDBBlobValue, type DuckDBConnection } from "@duckdb/node-api";
import { pack, unpack } from "./packed-texts.ts";

export interface TextPage {
  readonly first: number;
  readonly texts: readonly string[];
}

const PAGES_CACHED = 32;

export interface TextReader {
  /** The text of a number; undefined when it was never stored or has left with old flows. */
  read(id: number): Promise<string | undefined>;
}

/** `table` is `texts` or `leftovers`. */
export function createTextReader(connection: DuckDBConnection, table: "texts" | "leftovers"): TextReader {
  const cached: TextPage[] = [];
  return {
    read: async (id) => {
      const known = cached.find((page) => id >= page.first && id < page.first + page.texts.length);
      if (known) return known.texts[id - known.first];
      const result = await connection.run(`SELECT first, data FROM ${table} WHERE first <= $id AND first + count > $id LIMIT 1`, { id });
      const row = (await result.getRows())[0];
      if (!row) return undefined;
      const page = { first: Number(row[0]), texts: textsOf(row[1]) };
      cached.unshift(page);
      cached.length = Math.min(cached.length, PAGES_CACHED);
      return page.texts[id - page.first];
    },
  };
}

/** Every text of the table, in the order of their numbers. */
export async function readAllTexts(connection: DuckDBConnection, take: (id: number, text: string) => void): Promise<void> {
  const result = await connection.stream("SELECT first, data FROM texts ORDER BY first");
  for await (const rows of result.yieldRows())
    for (const [first, data] of rows) for (const [index, text] of textsOf(data).entries()) take(Number(first) + index, text);
}

export async function appendTexts(connection: DuckDBConnection, page: TextPage): Promise<void> {
  if (page.texts.length === 0) return;
  const values = { first: page.first, count: page.texts.length, data: blobOf(page.texts) };
  await connection.run("INSERT INTO texts VALUES ($first, $count, $data)", values);
}

/** `until`: time of the newest flow that has one of these texts, so that they leave together. */
export async function appendLeftovers(connection: DuckDBConnection, page: TextPage, until: bigint): Promise<void> {
  if (page.texts.length === 0) return;
  const values = { first: page.first, count: page.texts.length, until, data: blobOf(page.texts) };
  await connection.run("INSERT INTO leftovers VALUES ($first, $count, $until, $data)", values);
}

export function blobOf(value: unknown): DuckDBBlobValue {
  return new DuckDBBlobValue(pack(value));
}

/** What a BLOB column gave. */
export function unpackBlob(value: unknown): unknown {
  if (!(value instanceof DuckDBBlobValue)) throw new TypeError("no blob where the schema has one");
  return unpack(value.bytes);
}

function textsOf(value: unknown): readonly string[] {
  const list = unpackBlob(value);
  if (!Array.isArray(list)) throw new TypeError("a page of texts is a list");
  return list.map(String);
}

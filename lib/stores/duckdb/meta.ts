/** Small facts beside the tables: schema version, line counts, feed positions. Values are packed JSON, keys never hold text from logs. */
import { createHash } from "node:crypto";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { FeedPosition } from "#lib/flows/batch.ts";
import { type LineLog, NO_LINES } from "./line-counts.ts";
import { blobOf, unpackBlob } from "./text-log.ts";

export async function writeMeta(connection: DuckDBConnection, key: string, value: unknown): Promise<void> {
  await connection.run("DELETE FROM meta WHERE key = $key", { key });
  await connection.run("INSERT INTO meta VALUES ($key, $value)", { key, value: blobOf(value) });
}

/** Undefined when the key was never written. */
export async function readMeta(connection: DuckDBConnection, key: string): Promise<unknown> {
  const row = (await (await connection.run("SELECT value FROM meta WHERE key = $key", { key })).getRows())[0];
  return row === undefined ? undefined : unpackBlob(row[0]);
}

const counts = z.record(z.string(), z.number());
const linesSchema = z.object({
  lines: z.object({
    total: z.number(),
    flows: z.number(),
    notices: z.number(),
    agent: z.number(),
    rejected: z.number(),
    rejectedBy: counts,
    duplicates: z.number(),
  }),
  lost: counts,
});
const samplesSchema = z.array(z.object({ feed: z.string(), reason: z.string(), detail: z.string(), sample: z.string() }));
const wordsSchema = z.array(z.object({ feed: z.string(), time: z.string(), level: z.string(), text: z.string() }));
const positionSchema = z.object({ feed: z.string(), offset: z.number(), state: z.string() });

/** Writes what changed from `before` to `after`. */
export async function writeLineLog(connection: DuckDBConnection, before: LineLog, after: LineLog): Promise<void> {
  await writeMeta(connection, "lines", { lines: after.lines, lost: after.lost });
  if (after.samples !== before.samples) await writeMeta(connection, "samples", after.samples);
  if (after.agentWords !== before.agentWords) await writeMeta(connection, "words", after.agentWords);
}

export async function readLineLog(connection: DuckDBConnection): Promise<LineLog> {
  const lines = await readMeta(connection, "lines");
  if (lines === undefined) return NO_LINES;
  const samples = (await readMeta(connection, "samples")) ?? [];
  const words = (await readMeta(connection, "words")) ?? [];
  return { ...linesSchema.parse(lines), samples: samplesSchema.parse(samples), agentWords: wordsSchema.parse(words) };
}

export async function writePosition(connection: DuckDBConnection, position: FeedPosition): Promise<void> {
  await writeMeta(connection, feedKey(position.feed), position);
}

export async function readPosition(connection: DuckDBConnection, feed: string): Promise<FeedPosition | undefined> {
  const found = await readMeta(connection, feedKey(feed));
  return found === undefined ? undefined : positionSchema.parse(found);
}

/** Of all positions. */
export async function readFeeds(connection: DuckDBConnection): Promise<readonly string[]> {
  const rows = await (await connection.run("SELECT value FROM meta WHERE starts_with(key, 'feed ')")).getRows();
  return rows.map(([value]) => positionSchema.parse(unpackBlob(value)).feed);
}

function feedKey(feed: string): string {
  return `feed ${createHash("sha256").update(feed, "utf8").digest("hex")}`;
}

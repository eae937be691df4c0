/** Builds again what lives in memory from what is stored. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { select } from "./database.ts";
import { createEncoderState, type EncoderState } from "./encoder-state.ts";
import type { NewEntries } from "./entries.ts";
import type { Lexicon } from "./lexicon.ts";
import { GENERATION } from "./recent-uuids.ts";
import { floorMs, hashVariant } from "./sessions.ts";
import { readAllTexts, unpackBlob } from "./text-log.ts";
import { createTextPool } from "./text-pool.ts";

export async function loadLexicon(connection: DuckDBConnection, lexicon: Lexicon): Promise<void> {
  const result = await connection.stream("SELECT data FROM entries ORDER BY batch");
  for await (const rows of result.yieldRows()) for (const [data] of rows) lexicon.restore(entriesOf(data));
  lexicon.markKept();
}

/** Written by this program only, as NewEntries: a directory of another schema version is refused before this. */
function entriesOf(data: unknown): NewEntries {
  return unpackBlob(data) as NewEntries;
}

export interface NextIds {
  session: number;
  batch: number;
  leftover: number;
}

export async function loadNextIds(connection: DuckDBConnection): Promise<NextIds> {
  const found = await select(
    connection,
    `SELECT coalesce((SELECT max(id) + 1 FROM sessions), 0)::BIGINT, coalesce((SELECT max(batch) + 1 FROM entries), 0)::BIGINT,
      coalesce((SELECT max(first + count) FROM leftovers), 1)::BIGINT`,
  );
  const at = (index: number): number => Number(found.bigs(index)[0] ?? 0n);
  return { session: at(0), batch: at(1), leftover: at(2) };
}

/** What only taking flows in needs: texts, attempts, the newest uuids. */
export async function loadEncoderState(connection: DuckDBConnection, lexicon: Lexicon): Promise<EncoderState> {
  const pool = createTextPool();
  await readAllTexts(connection, (_, text) => pool.restore(text));
  pool.markKept();
  const state = createEncoderState(lexicon, pool);
  await loadAttempts(connection, state);
  await loadUuids(connection, state);
  return state;
}

async function loadAttempts(connection: DuckDBConnection, state: EncoderState): Promise<void> {
  const { lexicon, attempts, protocols } = state;
  const found = await select(
    connection,
    `SELECT attempt, first, last, kind, back, sender, place, event, policies, node, sip, sport, dport, detail FROM sessions ORDER BY id`,
  );
  const [attempt, kind, sender, place] = [found.ints(0), found.ints(3), found.ints(5), found.ints(6)];
  const [event, policies, node, sip] = [found.ints(7), found.ints(8), found.ints(9), found.ints(10)];
  const [sport, dport, detail] = [found.ints(11), found.ints(12), found.ints(13)];
  const [first, last, back] = [found.bigs(1), found.bigs(2), found.bigs(4)];
  const variant = { high: 0, low: 0 };
  for (let at = 0; at < found.count; at++) {
    const placeId = place[at] ?? 0;
    const eventId = event[at] ?? 0;
    hashVariant(variant, sender[at] ?? 0, placeId, eventId, policies[at] ?? 0, node[at] ?? 0, detail[at] ?? 0);
    const key = {
      sourceIp: sip[at] ?? 0,
      destinationIp: lexicon.places[placeId]?.ip ?? 0,
      sourcePort: sport[at] ?? -1,
      destinationPort: dport[at] ?? -1,
      protocol: protocols.idOf(lexicon.events[eventId]?.protocol ?? ""),
    };
    const originMs = Number(floorMs(first[at] ?? 0n) - (back[at] ?? 0n));
    attempts.restore(attempt[at] ?? 0, key, kind[at] ?? 0, variant, originMs, Number(last[at] ?? 0n));
  }
}

async function loadUuids(connection: DuckDBConnection, state: EncoderState): Promise<void> {
  const cut = await select(
    connection,
    `SELECT coalesce(min(session), 0)::BIGINT FROM (SELECT session FROM flows ORDER BY session DESC LIMIT ${GENERATION})`,
  );
  const found = await select(connection, "SELECT hi, lo FROM flows WHERE session >= $cut", { cut: cut.bigs(0)[0] ?? 0n });
  const [hi, lo] = [found.bigs(0), found.bigs(1)];
  const high = new Uint32Array(hi.buffer);
  const low = new Uint32Array(lo.buffer);
  for (let at = 0; at < found.count; at++) {
    state.uuids.add(high[at * 2 + 1] ?? 0, high[at * 2] ?? 0, low[at * 2 + 1] ?? 0, low[at * 2] ?? 0);
  }
}

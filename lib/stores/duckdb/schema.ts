/** The tables: one row per flow, one per session (a run of one attempt's flows that are alike), and dictionaries as logs of blobs. */

/** Raised when a table changes its meaning; a directory of another version is refused, never guessed at. */
export const SCHEMA_VERSION = "2";

export type ColumnType = "UINTEGER" | "INTEGER" | "BIGINT" | "UBIGINT" | "UTINYINT";
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

const column = (name: string, type: ColumnType): Column => ({ name, type });

/** `extra`: 0, or the id of the texts of this row alone (see leftovers.ts). `hi`, `lo`: the uuid's 128 bits, or a hash of another id. */
export const ROW_COLUMNS: readonly Column[] = [
  column("ts", "BIGINT"),
  column("hi", "UBIGINT"),
  column("lo", "UBIGINT"),
  column("session", "UINTEGER"),
  column("packets", "BIGINT"),
  column("extra", "UINTEGER"),
];

/**
 * `kind`: see SESSION_KINDS. `back`: milliseconds from the first flow of the attempt in the store to this session's first (kind later).
 * All others after `back` are dictionary ids; sport and dport are -1 where the flow has none.
 */
export const SESSION_COLUMNS: readonly Column[] = [
  column("id", "UINTEGER"),
  column("attempt", "UINTEGER"),
  column("first", "BIGINT"),
  column("last", "BIGINT"),
  column("flows", "UINTEGER"),
  column("packets", "BIGINT"),
  column("kind", "UTINYINT"),
  column("back", "BIGINT"),
  column("sender", "UINTEGER"),
  column("place", "UINTEGER"),
  column("event", "UINTEGER"),
  column("policies", "UINTEGER"),
  column("node", "UINTEGER"),
  column("sip", "UINTEGER"),
  column("sport", "INTEGER"),
  column("dport", "INTEGER"),
  column("frame", "UINTEGER"),
  column("detail", "UINTEGER"),
  column("pod", "UINTEGER"),
  column("workload", "UINTEGER"),
  column("namespace", "UINTEGER"),
  column("grp", "UINTEGER"),
  column("ip", "UINTEGER"),
];

/**
 * FRESH: the first session of its attempt in the store. LATER: begins after every earlier one of its attempt ended, and all of them agree
 * in everything a question can ask. MIXED: no such promise, has to be counted with its attempt at hand. HIDDEN: the sibling of a shown flow.
 */
export const FRESH = 0;
export const LATER = 1;
export const MIXED = 2;
export const HIDDEN = 3;

const list = (columns: readonly Column[]): string => columns.map(({ name, type }) => `"${name}" ${type} NOT NULL`).join(", ");

export const CREATE_TABLES: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS flows (${list(ROW_COLUMNS)})`,
  `CREATE TABLE IF NOT EXISTS sessions (${list(SESSION_COLUMNS)})`,
  "CREATE TABLE IF NOT EXISTS entries (batch UINTEGER NOT NULL, data BLOB NOT NULL)",
  "CREATE TABLE IF NOT EXISTS texts (first UINTEGER NOT NULL, count UINTEGER NOT NULL, data BLOB NOT NULL)",
  "CREATE TABLE IF NOT EXISTS leftovers (first UINTEGER NOT NULL, count UINTEGER NOT NULL, until BIGINT NOT NULL, data BLOB NOT NULL)",
  "CREATE TABLE IF NOT EXISTS meta (key VARCHAR NOT NULL, value BLOB NOT NULL)",
  "CREATE TABLE IF NOT EXISTS clock (version BIGINT NOT NULL)",
  "INSERT INTO clock SELECT 0 WHERE NOT EXISTS (FROM clock)",
];

/** Every transaction that changes what questions see has this. */
export const NEXT_VERSION = "UPDATE clock SET version = version + 1";

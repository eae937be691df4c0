/** The peer for questions: the same flows as text columns in DuckDB, asked the same questions in plain SQL. */
import { DuckDBInstance } from "@duckdb/node-api";

export interface TextStore {
  /** Totals, three tops with sparklines, the timeline and eight facets; `where` is a condition on the columns. */
  overview(where: string): Promise<void>;
  newestPage(): Promise<void>;
  rows(): Promise<number>;
  close(): void;
}

const TUPLE = "(source_ip, source_port, destination_ip, destination_port, protocol)";
const FACETS = ["reason", "namespace", "destination_group", "destination_port", "protocol", "policy", "node", "workload"] as const;
const TOPS = ["namespace || '/' || workload", "destination_group", "destination_port"] as const;

/**
 * `copies` > 1 multiplies the table, each copy with other source ports, so that a small load makes a large table. Labels, which no question
 * here reads, stay out of it.
 */
export async function openTextStore(database: string, copies: number): Promise<TextStore> {
  const instance = await DuckDBInstance.create(database, { threads: "2", memory_limit: "4GB" });
  const connection = await instance.connect();
  if (copies > 1) {
    await connection.run(`CREATE TABLE grown AS
      SELECT flows.* EXCLUDE (source_labels, destination_labels, node_labels) REPLACE (ts + INTERVAL (copy * 7) MILLISECOND AS ts, uuid() AS uuid, (source_port + copy * 31) % 65536 AS source_port)
      FROM flows, range(${Math.trunc(copies)}) AS copies(copy) ORDER BY ts`);
    await connection.run("DROP TABLE flows");
    await connection.run("ALTER TABLE grown RENAME TO flows");
    await connection.run("CHECKPOINT");
  }
  const ask = async (sql: string): Promise<void> => {
    await connection.runAndReadAll(sql);
  };
  return {
    async overview(where) {
      await ask(
        `SELECT count(*), count(DISTINCT ${TUPLE}), count(DISTINCT namespace || '/' || pod), count(DISTINCT destination_ip) FROM flows WHERE ${where}`,
      );
      for (const top of TOPS) await ask(topSql(top, where));
      await ask(
        `SELECT bin, reason, count(*) FROM (SELECT time_bucket(INTERVAL 15 MINUTE, min(ts)) AS bin, reason FROM flows WHERE ${where} GROUP BY reason, ${TUPLE}) GROUP BY ALL`,
      );
      for (const facet of FACETS)
        await ask(`SELECT ${facet}, count(DISTINCT ${TUPLE}) AS n FROM flows WHERE ${where} GROUP BY 1 ORDER BY n DESC LIMIT 10`);
    },
    newestPage: () => ask("SELECT * FROM flows ORDER BY ts DESC, uuid DESC LIMIT 200"),
    async rows() {
      return Number((await connection.runAndReadAll("SELECT count(*) FROM flows")).getRows()[0]?.[0]);
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function topSql(key: string, where: string): string {
  return `WITH top AS (
      SELECT ${key} AS key, count(*) AS packets, count(DISTINCT ${TUPLE}) AS attempts, min(ts), max(ts) FROM flows WHERE ${where} GROUP BY 1 ORDER BY attempts DESC LIMIT 10)
    SELECT * FROM top LEFT JOIN (
      SELECT ${key} AS key, time_bucket(INTERVAL 30 MINUTE, ts) AS slice, count(DISTINCT ${TUPLE}) FROM flows WHERE ${where} AND ${key} IN (SELECT key FROM top) GROUP BY ALL) USING (key)`;
}

/** What was really looked at: nodes heard, lines not understood, what the agent said. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { formatTime } from "#lib/flows/flow-time.ts";
import type { CoverageDetails, NodeReport } from "#lib/questions/answer.ts";
import { select } from "./database.ts";
import type { Lexicon } from "./lexicon.ts";
import type { LineLog } from "./line-counts.ts";
import { HIDDEN } from "./schema.ts";

export async function coverageDetails(connection: DuckDBConnection, lexicon: Lexicon, log: LineLog): Promise<CoverageDetails> {
  return { nodes: await nodesOf(connection, lexicon), samples: log.samples, agentWords: log.agentWords };
}

/** Every node any shown flow came from, by name. */
async function nodesOf(connection: DuckDBConnection, lexicon: Lexicon): Promise<NodeReport[]> {
  const found = await select(
    connection,
    `SELECT node, min(first), max(last), sum(flows)::DOUBLE FROM sessions WHERE kind <> ${HIDDEN} GROUP BY node`,
  );
  const [node, oldest, newest, flows] = [found.ints(0), found.bigs(1), found.bigs(2), found.floats(3)];
  return Array.from({ length: found.count }, (_, row) => ({
    node: lexicon.nodes[node[row] ?? -1]?.name ?? "",
    newest: formatTime(newest[row] ?? 0n),
    oldest: formatTime(oldest[row] ?? 0n),
    flows: flows[row] ?? 0,
  }))
    .filter((report) => report.node !== "")
    .sort((a, b) => (a.node < b.node ? -1 : 1));
}

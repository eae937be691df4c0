/** A stand-in cluster that knows the contract's tables, for those who have no other. */
import { createKustoDatabase } from "../../e2e/kusto-stand-in/kusto-database.ts";
import { type KustoServer, startKustoServer } from "../../e2e/kusto-stand-in/kusto-server.ts";
import { type Contract, NOW } from "./contract.ts";

export const DATABASE = "Contract";

export function startContractStandIn({ tables }: Contract): Promise<KustoServer> {
  const declared = { tables: new Map(tables.map(({ name, schema }) => [name, schema])), functions: new Map() };
  return startKustoServer({ database: createKustoDatabase({ name: DATABASE, declared, now: () => NOW }) });
}

/** Management commands at a cluster, failures as problems: what the SDK throws holds the token and is dropped. */
import { randomUUID } from "node:crypto";
import type { TokenCredential } from "@azure/core-auth";
import { ClientRequestProperties } from "azure-kusto-data";
import { z } from "zod";
import type { AdxSettings } from "#lib/stores/adx/adx-settings.ts";
import { troubleOf, UNREADABLE } from "#lib/stores/adx/gateway-problems.ts";
import { createKustoClient } from "#lib/stores/adx/kusto-client.ts";
import type { Manage } from "./replay.ts";

const answerSchema = z.object({ Tables: z.array(z.object({ Rows: z.array(z.array(z.unknown())) })).min(1) });

export function createManage(
  settings: Pick<AdxSettings, "cluster" | "database" | "trustedHosts" | "timeoutMs">,
  credential: TokenCredential | undefined,
): Manage {
  const client = createKustoClient(settings, credential);
  return async (command) => {
    const properties = new ClientRequestProperties(undefined, undefined, `Weir.Contract;${randomUUID()}`, "weir", "weir");
    properties.raw = true;
    properties.setClientTimeout(settings.timeoutMs);
    try {
      const read = answerSchema.safeParse(await client.executeMgmt(settings.database, command, properties));
      return read.success ? { results: read.data.Tables.map(({ Rows }) => Rows) } : { problem: UNREADABLE.problem };
    } catch (thrown) {
      return { problem: troubleOf(thrown).problem };
    }
  };
}

/** The SDK's client for a cluster. */
import type { TokenCredential } from "@azure/core-auth";
import { Client, KustoConnectionStringBuilder, kustoTrustedEndpoints, MatchRule } from "azure-kusto-data";
import type { AdxSettings } from "./adx-settings.ts";

/** `credential` undefined = without signing in. */
export function createKustoClient(
  { cluster, trustedHosts }: Pick<AdxSettings, "cluster" | "trustedHosts">,
  credential: TokenCredential | undefined,
): Client {
  if (trustedHosts.length > 0) {
    kustoTrustedEndpoints.addTrustedHosts(
      trustedHosts.map((host) => new MatchRule(host, true)),
      false,
    );
  }
  return new Client(
    credential === undefined
      ? new KustoConnectionStringBuilder(cluster)
      : KustoConnectionStringBuilder.withTokenCredential(cluster, credential),
  );
}

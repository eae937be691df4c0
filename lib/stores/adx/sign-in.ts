/** Signing in at a cluster: a credential of the kind that was chosen, tokens kept until they are about to end. */
import { readFileSync } from "node:fs";
import type { AccessToken, TokenCredential } from "@azure/core-auth";
import { AzureCliCredential, ClientSecretCredential, ManagedIdentityCredential, WorkloadIdentityCredential } from "@azure/identity";
import type { AdxSettings } from "./adx-settings.ts";

export type SignIn = Pick<AdxSettings, "signIn" | "clientId" | "tenantId" | "secretFile">;

/** Undefined = without signing in. Throws where the environment lacks what this kind needs. */
export function credentialOf({ signIn, clientId, tenantId, secretFile }: SignIn): TokenCredential | undefined {
  switch (signIn) {
    case "none":
      return undefined;
    case "workload":
      return new WorkloadIdentityCredential({ clientId: clientId || undefined, tenantId: tenantId || undefined });
    case "managed":
      return clientId === "" ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId });
    case "azcli":
      return keepingTokens(new AzureCliCredential({ tenantId: tenantId || undefined }), Date.now);
    case "secret":
      return new ClientSecretCredential(tenantId, clientId, readFileSync(secretFile, "utf8").trim());
  }
}

const RENEW_BEFORE_MS = 5 * 60_000;

/** The SDK asks for a token with every request, and the Azure CLI's credential starts `az` for each (azure-kusto-data 7.0.4, identity 4.14). */
export function keepingTokens(credential: TokenCredential, now: () => number): TokenCredential {
  const kept = new Map<string, Promise<AccessToken | null>>();
  const ends = new Map<string, number>();
  return {
    getToken(scopes, options) {
      const key = [scopes, options?.tenantId ?? ""].flat().join(" ");
      const known = kept.get(key);
      if (known !== undefined && (ends.get(key) ?? Number.POSITIVE_INFINITY) - RENEW_BEFORE_MS > now()) return known;
      const asked = credential.getToken(scopes, options);
      kept.set(key, asked);
      ends.delete(key);
      asked.then(
        (token) => void ends.set(key, token?.expiresOnTimestamp ?? 0),
        () => void kept.delete(key),
      );
      return asked;
    },
  };
}

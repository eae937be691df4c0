/** Settings of a cluster that nothing is sent to. */
import type { AdxSettings } from "#lib/stores/adx/adx-settings.ts";

export const SAMPLE_ADX_SETTINGS: AdxSettings = {
  cluster: "https://weir.northeurope.kusto.windows.net",
  database: "Kubernetes",
  signIn: "none",
  clientId: "",
  tenantId: "",
  secretFile: "",
  shape: "typed",
  table: "",
  days: 14,
  timeoutMs: 1000,
  concurrency: 1,
  cacheSeconds: 0,
  trustedHosts: [],
};

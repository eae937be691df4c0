/** The workshop's state as one URL parameter: the entries, the target version, the tab. */
import type { ExporterConfig, TargetVersion } from "./config.ts";

/** The texts that the page shows, one a tab. */
export const WORKSHOP_TABS = ["config-map", "helm", "flowlogs", "hubble", "static", "kql"] as const;
export type WorkshopTab = (typeof WORKSHOP_TABS)[number];

export interface WorkshopState {
  readonly config: ExporterConfig;
  readonly version: TargetVersion;
  readonly tab: WorkshopTab;
}

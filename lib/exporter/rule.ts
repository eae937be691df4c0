/** What a check is made of: rules, each a function from configuration to findings. */
import type { ExporterConfig, TargetVersion } from "./config.ts";
import type { ConfigPlaces, Finding } from "./finding.ts";

export interface CheckContext {
  readonly version: TargetVersion;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Where the configuration came from, for lines and columns. */
  readonly places: ConfigPlaces;
}

/** One kind of finding, or a few that belong together. */
export type Rule = (config: ExporterConfig, context: CheckContext) => readonly Finding[];

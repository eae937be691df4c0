/** Everything that can be said against a configuration that was read or built: one rule per kind of finding, each in a file of its own. */
import type { ExporterConfig, TargetVersion } from "./config.ts";
import { type Finding, inOrderOfHarm } from "./finding.ts";
import type { ConfigPlaces } from "./read-config.ts";

export interface CheckContext {
  readonly version: TargetVersion;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Where the configuration came from, for lines and columns. */
  readonly places: ConfigPlaces;
}

/** One kind of finding, or a few that belong together. */
export type Rule = (config: ExporterConfig, context: CheckContext) => readonly Finding[];

const RULES: readonly Rule[] = [];

/** Worst first. */
export function checkConfig(config: ExporterConfig, context: CheckContext): readonly Finding[] {
  return inOrderOfHarm(RULES.flatMap((rule) => rule(config, context)));
}

/** Everything that can be said against a configuration that was read or built: one rule per kind of finding, each in a file of its own. */
import type { ExporterConfig } from "./config.ts";
import { type Finding, inOrderOfHarm } from "./finding.ts";
import type { CheckContext, Rule } from "./rule.ts";
import { dropKinds } from "./rules/drop-kinds.ts";
import { end } from "./rules/end.ts";
import { entryIdentity } from "./rules/entry-identity.ts";
import { everything } from "./rules/everything.ts";
import { fieldMask } from "./rules/field-mask.ts";
import { filePath } from "./rules/file-path.ts";
import { neverMatches } from "./rules/never-matches.ts";
import { findingAt } from "./rules/place-finding.ts";
import { release } from "./rules/release.ts";
import { repeats } from "./rules/repeats.ts";
import { rotation } from "./rules/rotation.ts";
import { subType } from "./rules/sub-type.ts";

const RULES: readonly Rule[] = [
  entryIdentity,
  release,
  fieldMask,
  end,
  everything,
  filePath,
  subType,
  dropKinds,
  neverMatches,
  rotation,
  repeats,
];

/** Worst first. */
export function checkConfig(config: ExporterConfig, context: CheckContext): readonly Finding[] {
  return inOrderOfHarm(RULES.flatMap((rule) => rule(config, context).map((finding) => findingAt(context, finding))));
}

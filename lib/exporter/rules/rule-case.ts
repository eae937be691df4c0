/** What a case of the rules' tests says, and the entries that cases begin with. */
import type { ExporterEntry, TargetVersion } from "../config.ts";
import { emptyEntry } from "../config.ts";
import type { Finding, Severity } from "../finding.ts";
import { TEMPLATES } from "../templates.ts";

export const blocked = TEMPLATES[0]?.entry("1.17") ?? emptyEntry("none", "stdout");
export const egress = { traffic_direction: ["EGRESS"] };
export const drops = { ...egress, event_type: [{ type: 1 }] };

export interface Case {
  readonly kind: string;
  readonly severity: Severity;
  readonly entries: readonly ExporterEntry[];
  readonly version?: TargetVersion;
  /** The same without the mistake; must be silent about the kind. */
  readonly fine: readonly ExporterEntry[];
  readonly fineVersion?: TargetVersion;
  /** What the first entry is after the fix, in part. */
  readonly mended?: Partial<ExporterEntry>;
  readonly place?: Finding["place"];
}

export const including = (...includeFilters: ExporterEntry["includeFilters"]): ExporterEntry => ({ ...blocked, includeFilters });
export const masked = (...fieldMask: readonly string[]): ExporterEntry => ({ ...blocked, fieldMask });

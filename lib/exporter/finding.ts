/** What a check says about a configuration: how bad, where, why, and the change that would mend it. */
import type { EntryKey, ExporterConfig } from "./config.ts";

/**
 * `rejects-file`: the agent keeps its old exporters and ignores the whole file. `rejects-entry`: only this entry does not run.
 * `warning`: it runs, and not as its author is likely to have meant. `advice`: it runs as written, and could be better.
 */
export type Severity = "rejects-file" | "rejects-entry" | "warning" | "advice";

/** From worst to mildest. */
export const SEVERITIES: readonly Severity[] = ["rejects-file", "rejects-entry", "warning", "advice"];

/** A place in the pasted text. Lines and columns count from 1, columns in UTF-16 code units. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
  /** Offset into the pasted text, and the length of what is meant; 0 = a point. */
  readonly offset: number;
  readonly length: number;
}

/** Where things stand in the pasted text; undefined where the text has no such thing. */
export interface ConfigPlaces {
  /** Entry index, entry key, clause index, criterion, value index; as many of them as wanted. */
  of(path: readonly (string | number)[]): TextPlace | undefined;
}

export const NO_PLACES: ConfigPlaces = { of: () => undefined };

/** What a finding is about, from the whole (nothing set) to one value. Indexes count from 0. */
export interface FindingPlace {
  readonly entry?: number;
  /** A key of the entry, as written: `fieldMasks` is no EntryKey. */
  readonly key?: EntryKey | (string & {});
  readonly list?: "include" | "exclude";
  readonly clause?: number;
  /** A criterion as written, which need not be one. */
  readonly criterion?: string;
  /** Index of the value in its list. */
  readonly value?: number;
  /** Present when the configuration was read from a text that has the place. */
  readonly text?: TextPlace;
}

export interface Fix {
  /** What the button says: "Write stdout instead". */
  readonly label: string;
  /** The same configuration, mended; everything else of it stays as it is. */
  apply(config: ExporterConfig): ExporterConfig;
}

export interface Finding {
  /** The kind, stable, kebab-case: `sub-type-without-match`. */
  readonly kind: string;
  readonly severity: Severity;
  readonly place: FindingPlace;
  /** One line. Hostile text in it is as written: draw it with `visibleText`. */
  readonly title: string;
  /** Plain words: what happens, and why. */
  readonly explanation: string;
  readonly fix?: Fix;
}

/** Worst first, then by place in the text, then by entry. The order of equals stays. */
export function inOrderOfHarm(findings: readonly Finding[]): readonly Finding[] {
  const rank = (finding: Finding) => SEVERITIES.indexOf(finding.severity);
  const offset = (finding: Finding) => finding.place.text?.offset ?? Number.MAX_SAFE_INTEGER;
  const entry = (finding: Finding) => finding.place.entry ?? -1;
  return findings.toSorted((a, b) => rank(a) - rank(b) || offset(a) - offset(b) || entry(a) - entry(b));
}

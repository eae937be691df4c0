/** A finding as the page carries it: plain data, since what a fix does stays with the room that knows. */
import type { FindingPlace, Severity } from "#lib/exporter/finding.ts";

export interface ShownFinding {
  /** Its place among all findings of the document: what a fix is asked for by. */
  readonly at: number;
  readonly kind: string;
  readonly severity: Severity;
  readonly place: FindingPlace;
  readonly title: string;
  readonly explanation: string;
  /** What the button says; undefined = nothing Weir could change by itself. */
  readonly fix: string | undefined;
}

/** How bad, as a glyph and a colour say it. */
export type Tone = "bad" | "warn" | "hint";

export const TONES: { readonly [S in Severity]: Tone } = {
  "rejects-file": "bad",
  "rejects-entry": "bad",
  warning: "warn",
  advice: "hint",
};

/** For eyes that do not see the glyph. */
export const SEVERITY_WORDS: { readonly [S in Severity]: string } = {
  "rejects-file": "The agent rejects the whole file",
  "rejects-entry": "The agent rejects this entry",
  warning: "Works, not as meant",
  advice: "Hint",
};

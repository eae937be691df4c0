/** All that the page draws for one document and target version: plain data, computed where the text is (server, browser) and nowhere else. */
import type { ExporterConfig, TargetVersion } from "#lib/exporter/config.ts";
import type { ConfigDifference } from "#lib/exporter/diff-config.ts";
import type { PastedForm } from "#lib/exporter/paste.ts";
import type { Written } from "#lib/exporter/written.ts";
import type { ShownFinding, Tone } from "./shown-finding.ts";

export const TABS = ["pasted", "configmap", "helm", "flowlogs", "hubble", "flags", "kql", "difference"] as const;
export type TabName = (typeof TABS)[number];

export interface ShownValue {
  readonly text: string;
  /** Lighter, behind it: "whole namespace". */
  readonly note: string;
  /** Of the worst finding about it. */
  readonly tone: Tone | undefined;
}

export interface ShownRow {
  /** As written in the filter. */
  readonly criterion: string;
  readonly label: string;
  readonly values: readonly ShownValue[];
  readonly tone: Tone | undefined;
}

export interface ShownClause {
  readonly rows: readonly ShownRow[];
  /** The clause in a sentence. */
  readonly sentence: string;
  /** Of the worst finding about the clause as a whole. */
  readonly tone: Tone | undefined;
}

export interface ShownEntry {
  readonly name: string;
  readonly filePath: string;
  readonly pathNote: string;
  readonly pathTone: Tone | undefined;
  readonly nameTone: Tone | undefined;
  readonly include: readonly ShownClause[];
  readonly exclude: readonly ShownClause[];
}

export interface ShownText {
  readonly written: Written;
  /** Findings that have a place in this very text, or none at all. */
  readonly findings: readonly ShownFinding[];
  /** Of all, also of those too many to be shown. */
  readonly findingCount: number;
}

export interface Verdict {
  readonly isAccepted: boolean;
  readonly words: string;
  /** What the agent says; empty = nothing. */
  readonly error: string;
}

export interface WorkshopView {
  readonly target: TargetVersion;
  /** What the view was computed from. */
  readonly text: string;
  readonly pasted: string | undefined;
  readonly form: PastedForm;
  readonly verdict: Verdict;
  /** What to go on editing with. */
  readonly config: ExporterConfig;
  /** Worst first; places are those in `text`. */
  readonly findings: readonly ShownFinding[];
  /** Of all, also of those too many to be shown. */
  readonly findingCount: number;
  readonly entries: readonly ShownEntry[];
  readonly texts: { readonly [T in Exclude<TabName, "difference">]?: ShownText };
  /** What was pasted against what it is now; undefined = nothing was pasted. */
  readonly difference: ConfigDifference | undefined;
  /** What to type to apply and to confirm it. */
  readonly commands: string;
}

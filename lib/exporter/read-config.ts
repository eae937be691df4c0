/** Reads a pasted configuration as an agent of the target version reads it, and says where in the text everything stands. */
import { readAsAgentFile } from "./agent-reading.ts";
import type { AgentVerdict } from "./agent-verdict.ts";
import { type ExporterConfig, NO_ENTRIES, type TargetVersion } from "./config.ts";
import { configPlaces } from "./config-places.ts";
import { draftOf } from "./draft.ts";
import { type ConfigPlaces, type Finding, inOrderOfHarm, NO_PLACES } from "./finding.ts";
import type { PastedForm } from "./paste.ts";
import { findPasted } from "./pasted.ts";
import { readingFindings } from "./reading-findings.ts";
import { extentOf, tooLarge } from "./reading-limits.ts";
import { TextPlaces } from "./text-places.ts";

export interface ReadConfig {
  readonly form: PastedForm;
  readonly verdict: AgentVerdict;
  /** What the agent has then: undefined when it rejects the text and keeps what it had. */
  readonly config: ExporterConfig | undefined;
  /** The parsed entries in canonical spelling (filters snake_case, enums by name, zero values left out); null filters stay null. */
  readonly agentEntries: readonly unknown[];
  /** The same with every mistake mended that has one obvious meaning; what to go on editing with. Equal to `config` when nothing was mended. */
  readonly draft: ExporterConfig;
  /** What reading found: rejections, ignored keys, mended values. What the configuration means is `checkConfig`'s to judge. */
  readonly findings: readonly Finding[];
  /** Where the parts of `draft` stand in the text. */
  readonly places: ConfigPlaces;
}

export interface ReadOptions {
  readonly version: TargetVersion;
  /** `flowlogs`: the text is the content of the ConfigMap's key, whatever it looks like. `auto` (the default): find out. */
  readonly as?: "auto" | "flowlogs";
}

export function readConfig(text: string, { version, as = "auto" }: ReadOptions): ReadConfig {
  const large = tooLarge(text);
  if (large !== undefined) return unread(large);
  const pasted = findPasted(text, as);
  const places = new TextPlaces(text);
  if (pasted.fault) {
    const findings = readingFindings(pasted, undefined, undefined, places, text, version);
    const error = `parse: error converting YAML to JSON: yaml: ${pasted.fault.problem}`;
    return { ...NOTHING, form: pasted.form, verdict: { is: "rejected", class: "parse", error }, findings };
  }
  const many = tooLarge(text, extentOf(pasted.root));
  if (many !== undefined) return unread(many);
  const reading = readAsAgentFile(pasted.root, version);
  const isMissing = pasted.remarks.some(({ kind }) => kind === "no-key-in-config-map");
  const draft = draftOf(pasted, reading, version, ({ start, end }) =>
    end > start ? text.slice(pasted.toPasted(start), pasted.toPasted(end - 1) + 1) : "",
  );
  return {
    form: pasted.form,
    verdict: isMissing ? NO_FILE : reading.verdict,
    config: isMissing ? undefined : reading.config,
    agentEntries: reading.agentEntries,
    draft: draft.config,
    findings: inOrderOfHarm(readingFindings(pasted, reading, draft, places, text, version)),
    places: configPlaces(reading, places, pasted.toPasted),
  };
}

const NO_FILE: AgentVerdict = { is: "rejected", class: "parse", error: "parse: cannot read file" };
const NOTHING = { config: undefined, agentEntries: [], draft: NO_ENTRIES, places: NO_PLACES } as const;

function unread(finding: Finding): ReadConfig {
  return { ...NOTHING, form: "other", verdict: { is: "rejected", class: "parse", error: `parse: ${finding.title}` }, findings: [finding] };
}

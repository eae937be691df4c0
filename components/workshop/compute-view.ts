/** From a text and a target version to all that the page draws: read as the agent reads, checked, written in every other form. */
import { checkConfig } from "#lib/exporter/check-config.ts";
import { applySteps } from "#lib/exporter/commands.ts";
import type { ExporterConfig, TargetVersion } from "#lib/exporter/config.ts";
import { diffConfig } from "#lib/exporter/diff-config.ts";
import { type Finding, inOrderOfHarm } from "#lib/exporter/finding.ts";
import { type ReadConfig, readConfig } from "#lib/exporter/read-config.ts";
import { CONFIG_MAP, writeConfigMap, writeFlowlogs, writeHelmValues, writeStaticFlags } from "#lib/exporter/write-config.ts";
import type { Written } from "#lib/exporter/written.ts";
import { kqlLets } from "#lib/filters/kql-columns.ts";
import { toHubbleCli } from "#lib/filters/to-hubble-cli.ts";
import { toKql } from "#lib/filters/to-kql.ts";
import { TYPED_COLUMNS, TYPED_TABLE } from "#lib/filters/typed-table.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import { shownEntry } from "./shown-entry.ts";
import type { ShownFinding } from "./shown-finding.ts";
import type { ShownText, Verdict, WorkshopView } from "./workshop-view.ts";

export interface Document {
  readonly text: string;
  readonly pasted: string | undefined;
  readonly target: TargetVersion;
  /** Milliseconds since 1970: what `end` is held against. */
  readonly now: number;
}

export function computeView({ text, pasted, target, now }: Document): WorkshopView {
  const { read, findings, count } = looked(text, target, now);
  const shown = findings.map(shownFinding);
  const byEntry = Map.groupBy(shown, ({ place }) => place.entry);
  const { draft } = read;
  // An empty file would remove every exporter, which nobody asks for by pasting what cannot be read.
  const isUnreadable = read.verdict.is === "rejected" && draft.entries.length === 0;
  const configMap = isUnreadable ? UNREADABLE : writeConfigMap(draft);
  const isVerbatim = pasted === text;
  const own = { findings: shown, findingCount: count };
  return {
    target,
    text,
    pasted,
    form: read.form,
    verdict: verdictOf(read, target),
    config: draft,
    ...own,
    entries: draft.entries.map((entry, at) => shownEntry(entry, target, byEntry.get(at) ?? [])),
    texts: {
      // A text that Weir wrote itself is the ConfigMap; any other stands as it was given.
      ...(configMap.text !== text && { pasted: { written: { text, fileName: "pasted.yaml" }, ...own } }),
      configmap: configMap.text === text ? { written: configMap, ...own } : rewritten(configMap, target, now),
      ...(!isUnreadable && {
        flowlogs: plain(writeFlowlogs(draft)),
        helm: plain(writeHelmValues(draft, target)),
        flags: plain(writeStaticFlags(draft, target)),
        hubble: plain(commandsOf(draft)),
        kql: plain(kqlOf(draft)),
      }),
    },
    difference:
      pasted === undefined || isUnreadable ? undefined : diffConfig((isVerbatim ? read : looked(pasted, target, now).read).draft, draft),
    commands: applySteps(target)
      .map(({ command, expect }) => `${command}\n# ${expect}`)
      .join("\n"),
  };
}

/** The text after the fix of one of its findings; undefined where there is none, or it cannot be written. */
export function fixedText({ text, target, now }: Document, at: number): string | undefined {
  const { read, findings } = looked(text, target, now);
  const fix = findings[at]?.fix;
  return fix && writeConfigMap(fix.apply(read.draft)).text;
}

const UNREADABLE: Written = {
  refusal: "What was pasted cannot be read, so there is nothing to write. Mend the text, or start from a template.",
};

interface Looked {
  readonly read: ReadConfig;
  /** Worst first, as many as anybody reads. */
  readonly findings: readonly Finding[];
  readonly count: number;
}

const MOST_FINDINGS = 1_000;

function looked(text: string, version: TargetVersion, now: number): Looked {
  const read = readConfig(text, { version });
  const all = inOrderOfHarm([...read.findings, ...checkConfig(read.draft, { version, now, places: read.places })]);
  return { read, findings: all.slice(0, MOST_FINDINGS), count: all.length };
}

/** Findings belong to a text by their lines: in one that Weir writes anew, they are looked for anew. */
function rewritten(written: Written, target: TargetVersion, now: number): ShownText {
  if (written.text === undefined) return plain(written);
  const { findings, count } = looked(written.text, target, now);
  return { written, findings: findings.map(shownFinding), findingCount: count };
}

function plain(written: Written): ShownText {
  return { written, findings: [], findingCount: 0 };
}

function shownFinding({ kind, severity, place, title, explanation, fix }: Finding, at: number): ShownFinding {
  return { at, kind, severity, place, title, explanation, fix: fix?.label };
}

function verdictOf({ verdict, form, findings, draft }: ReadConfig, target: TargetVersion): Verdict {
  const [worst] = findings;
  if (worst?.kind === "too-much") return { isAccepted: false, words: "Not read: too much", error: "" };
  if (form === "other" && draft.entries.length === 0) return { isAccepted: false, words: "No exporter configuration", error: "" };
  if (verdict.is === "rejected") return { isAccepted: false, words: `Rejected by ${target}`, error: verdict.error };
  const [first, ...more] = verdict.entryErrors;
  if (first === undefined) return { isAccepted: true, words: `Accepted by ${target}`, error: "" };
  const [name, reason] = first;
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  return { isAccepted: false, words: `${target} does not run entry ${name}${others}`, error: reason };
}

/** One command for each entry, under its name. */
function commandsOf({ entries }: ExporterConfig): Written {
  if (entries.length === 0) return { refusal: "There is no entry." };
  const blocks = entries.map(({ name, includeFilters, excludeFilters }) => {
    const spelled = toHubbleCli({ include: includeFilters, exclude: excludeFilters });
    return `# ${oneLine(name)}\n${spelled.refusal ? `# ${oneLine(spelled.refusal.reason)}` : `${spelled.spelled} --follow`}`;
  });
  return { text: `${blocks.join("\n\n")}\n`, fileName: `${CONFIG_MAP.name}.sh` };
}

/** What the same entries select in Azure Data Explorer. */
function kqlOf({ entries }: ExporterConfig): Written {
  if (entries.length === 0) return { refusal: "There is no entry." };
  const blocks = entries.map(({ name, includeFilters, excludeFilters }, index) => {
    const spelled = toKql(
      { include: includeFilters, exclude: excludeFilters },
      TYPED_COLUMNS,
      entries.length === 1 ? "f" : `f${index + 1}_`,
    );
    if (spelled.refusal) return `// ${oneLine(name)}\n// ${oneLine(spelled.refusal.reason)}`;
    return `// ${oneLine(name)}\n${kqlLets(spelled.spelled.parameters)}${TYPED_TABLE}\n| where ${spelled.spelled.text}`;
  });
  return { text: `${blocks.join("\n\n")}\n`, fileName: `${CONFIG_MAP.name}.kql` };
}

/** What stands behind a comment mark must not end its line. */
function oneLine(text: string): string {
  return visibleText(text, 200);
}

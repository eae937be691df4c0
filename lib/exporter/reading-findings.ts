/** What reading a paste found: refusals with their places, keys that nobody reads, and what the paste is as a whole. */
import type { AgentFault, OddKey } from "./agent-file.ts";
import type { LocatedProblem } from "./agent-filters.ts";
import type { AgentReading, ReadEntry } from "./agent-reading.ts";
import type { ExporterConfig, TargetVersion } from "./config.ts";
import type { Draft } from "./draft.ts";
import { filterFinding } from "./filter-finding.ts";
import type { Finding, FindingPlace, Fix, TextPlace } from "./finding.ts";
import type { Span } from "./go-yaml/node.ts";
import { oddKeyFinding } from "./odd-key-finding.ts";
import type { Pasted } from "./paste.ts";
import { pasteFinding, REMOVES_ALL, secondDocument } from "./paste-findings.ts";
import { MAX_FINDINGS_OF_A_KIND } from "./reading-limits.ts";
import { type MeantKey, withMeantKey } from "./rename-key.ts";
import { SAME_TEXT, type TextPlaces } from "./text-places.ts";
import { yamlFinding } from "./yaml-finding.ts";

export type PlaceOf = (span: Span) => TextPlace;

/** Writing what was understood is the mending: the model cannot hold what the agent refuses. */
export const WRITE_MENDED: Fix = { label: "Write it as an agent reads it", apply: (config) => config };

export function readingFindings(
  pasted: Pasted,
  reading: AgentReading | undefined,
  draft: Draft | undefined,
  places: TextPlaces,
  text: string,
  version: TargetVersion,
): readonly Finding[] {
  const placeOf: PlaceOf = (span) => places.of(span, pasted.toPasted);
  const remarks = pasted.remarks.map(({ kind, at, outside }) => {
    if (at === undefined) return pasteFinding(kind, undefined);
    return pasteFinding(kind, outside ? places.of(at.span, SAME_TEXT) : placeOf(at.span));
  });
  if (pasted.fault) {
    const { offset } = pasted.fault;
    return [...remarks, yamlFinding(pasted.fault, placeOf({ start: offset, end: offset }), text)];
  }
  if (reading === undefined) return remarks;
  const rename = (meant: MeantKey) => (config: ExporterConfig) => withMeantKey(config, pasted.root, meant, version);
  return [
    ...remarks,
    ...(pasted.rest === undefined ? [] : [secondDocument(placeOf({ start: pasted.rest, end: pasted.rest }))]),
    ...reading.faults.map((fault) => faultFinding(fault, placeOf, draft)),
    ...firstOf(
      reading.entries.flatMap((entry, index) => (entry === undefined ? [] : refusals(entry, index))),
      ({ problem, place, at }) => filterFinding(problem, { ...place, text: placeOf(problem.span) }, draft?.mended.get(at)),
    ),
    ...firstOf(
      reading.oddKeys.filter((key) => !isExpectedAside(key, pasted)),
      (key) => oddKeyFinding(key, placeOf(key.span), rename),
    ),
    ...(reading.config?.entries.length === 0 && pasted.form !== "other" ? [REMOVES_ALL] : []),
  ];
}

/** Keys of a manifest or of values are named as what they are, not one by one. */
function isExpectedAside(key: OddKey, { form, remarks }: Pasted): boolean {
  if (key.entry !== undefined || key.kind !== "unknown") return false;
  return form === "other" || remarks.some(({ kind }) => kind === "config-map-in-key" || kind === "helm-values-in-key");
}

interface Refusal {
  readonly problem: LocatedProblem;
  readonly place: Omit<FindingPlace, "text">;
  /** Where the filter begins, in the text of the file. */
  readonly at: number;
}

function refusals(entry: ReadEntry, index: number): readonly Refusal[] {
  return (["include", "exclude"] as const).flatMap((list) =>
    entry[list].flatMap(({ problems, span }, clause) =>
      problems
        .filter((problem) => problem.class === "parse")
        .map((problem) => ({ problem, place: { entry: index, list, clause }, at: span.start })),
    ),
  );
}

/** Nobody mends thousands of alike mistakes one by one; how many there are is said. */
function firstOf<T>(all: readonly T[], find: (one: T) => Finding): readonly Finding[] {
  const found = all.slice(0, MAX_FINDINGS_OF_A_KIND).map(find);
  const more = all.length - found.length;
  const last = found.at(-1);
  if (more <= 0 || last === undefined) return found;
  const title = `${more.toLocaleString("en-US")} more like these`;
  return [
    ...found,
    { kind: last.kind, severity: last.severity, place: {}, title, explanation: "Mend the first ones, and the rest is looked at again." },
  ];
}

function faultFinding({ error, span, entry, key }: AgentFault, placeOf: PlaceOf, draft: Draft | undefined): Finding {
  const isMended = (draft?.shape.length ?? 0) > 0;
  return {
    kind: "wrong-type",
    severity: "rejects-file",
    place: { entry, key, text: placeOf(span) },
    title: key === undefined ? "The file does not have the shape that agents read" : `${key} has a value of the wrong type`,
    explanation: `${SHAPES[key ?? ""] ?? "The agent expects a map with the list flowLogs, and in it a map for each exporter."} The agent says: ${error}.`,
    ...(isMended && { fix: WRITE_MENDED }),
  };
}

const SHAPES: { readonly [key: string]: string } = {
  name: "name is a text.",
  filePath: "filePath is a text.",
  fieldMask: "fieldMask is a list of texts, one path each.",
  includeFilters: "includeFilters is a list of filters, each a map.",
  excludeFilters: "excludeFilters is a list of filters, each a map.",
  fileMaxSizeMb: "fileMaxSizeMb is a whole number without quotes.",
  fileMaxBackups: "fileMaxBackups is a whole number without quotes.",
  fileCompress: "fileCompress is true or false without quotes.",
  end: 'end is a time such as "2026-12-31T23:59:59Z": with T, seconds and a zone.',
  fieldAggregate: "fieldAggregate is a list of texts, one path each.",
  aggregationInterval: 'aggregationInterval is a duration such as "30s".',
};

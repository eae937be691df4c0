/** An entry as its cards show it: labels and values in words, marked where findings are about them. */

import { capital } from "#components/ui/capital.ts";
import type { ExporterEntry, TargetVersion } from "#lib/exporter/config.ts";
import { isAtLeast } from "#lib/exporter/config.ts";
import { CRITERIA } from "#lib/filters/criteria.ts";
import type { CriterionName } from "#lib/filters/criterion.ts";
import { valueTexts } from "#lib/filters/criterion-text.ts";
import { describeClause } from "#lib/filters/describe.ts";
import { criteriaOf } from "#lib/filters/edit-filter.ts";
import type { CiliumClause } from "#lib/filters/filter.ts";
import type { FlowFilter } from "#lib/filters/to-cilium.ts";
import type { ListName } from "./edit-config.ts";
import { type ShownFinding, TONES, type Tone } from "./shown-finding.ts";
import { eventNote, valueNote } from "./value-notes.ts";
import type { ShownClause, ShownEntry, ShownRow } from "./workshop-view.ts";

export function shownEntry(entry: ExporterEntry, target: TargetVersion, findings: readonly ShownFinding[]): ShownEntry {
  const byClause = Map.groupBy(findings, ({ place: { list, clause } }) => `${list} ${clause}`);
  const keyTone = (key: string): Tone | undefined => worst(findings.filter(({ place }) => place.key === key && place.list === undefined));
  const clauses = (list: ListName, filters: readonly FlowFilter[]): readonly ShownClause[] =>
    filters.map((filter, clause) => shownClause(filter, byClause.get(`${list} ${clause}`) ?? []));
  return {
    name: entry.name,
    filePath: entry.filePath,
    pathNote: pathNote(entry.filePath, target),
    pathTone: keyTone("filePath"),
    nameTone: keyTone("name"),
    include: clauses("include", entry.includeFilters),
    exclude: clauses("exclude", entry.excludeFilters),
  };
}

function pathNote(path: string, target: TargetVersion): string {
  if (path !== "stdout") return path === "" ? "" : "file path";
  return isAtLeast(target, "1.16") ? "standard output" : "a file of that name";
}

function shownClause(filter: FlowFilter, findings: readonly ShownFinding[]): ShownClause {
  return {
    rows: criteriaOf(filter).map((name) => shownRow(filter, name, findings)),
    sentence: describeClause(filter),
    tone: worst(findings.filter(({ place }) => place.criterion === undefined)),
  };
}

function shownRow(clause: CiliumClause, name: CriterionName, findings: readonly ShownFinding[]): ShownRow {
  const own = findings.filter(({ place }) => place.criterion === name);
  return {
    criterion: name,
    label: capital(CRITERIA[name].label),
    values: valueTexts(clause, name).map((text, index) => ({
      text,
      note: name === "event_type" ? eventNote(clause.event_type?.[index]) : valueNote(name, text),
      tone: worst(own.filter(({ place }) => place.value === undefined || place.value === index)),
    })),
    tone: toneOf(own, name),
  };
}

function toneOf(findings: readonly ShownFinding[], criterion: string): Tone | undefined {
  return worst(findings.filter(({ place }) => place.criterion === criterion));
}

/** Findings come worst first. */
function worst(findings: readonly ShownFinding[]): Tone | undefined {
  const [first] = findings;
  return first && TONES[first.severity];
}

/** Entries that log everything, or nothing at all, because a list or a clause is empty. */
import type { FlowFilter } from "#lib/filters/to-cilium.ts";
import type { ExporterEntry, TargetVersion } from "../config.ts";
import { criteriaIn, editEntry } from "../edit-config.ts";
import type { Finding } from "../finding.ts";
import type { Rule } from "../rule.ts";
import { TEMPLATES } from "../templates.ts";

export const everything: Rule = (config, { version }) => config.entries.flatMap((entry, index) => entryFindings(entry, index, version));

function entryFindings(entry: ExporterEntry, index: number, version: TargetVersion): readonly Finding[] {
  const found: Finding[] = [];
  const catchAll = entry.excludeFilters.findIndex((clause) => criteriaIn(clause).length === 0);
  if (catchAll >= 0) {
    const place = { entry: index, list: "exclude", clause: catchAll } as const;
    found.push({
      kind: "excludes-everything",
      severity: "warning",
      place,
      title: `${entry.name} writes nothing`,
      explanation: "A filter without fields matches every event, and here it excludes them all. The exporter is up and silent.",
      fix: {
        label: "Take the empty filter out",
        apply: (config) => editEntry(config, index, (at) => ({ ...at, excludeFilters: at.excludeFilters.filter(isSet) })),
      },
    });
  }
  if (entry.includeFilters.length === 0 && catchAll < 0) {
    found.push({
      kind: "includes-everything",
      severity: "warning",
      place: { entry: index, key: "includeFilters" },
      title: `${entry.name} exports ${entry.excludeFilters.length === 0 ? "everything" : "everything but what it excludes"}`,
      explanation: "Without include filters every event of the node is written: forwarded flows, agent events and lost events too.",
      fix: {
        label: "Export policy-blocked egress only",
        apply: (config) => editEntry(config, index, (at) => ({ ...at, includeFilters: TEMPLATES[0]?.entry(version).includeFilters ?? [] })),
      },
    });
  }
  const empty = entry.includeFilters.findIndex((clause) => !isSet(clause));
  if (empty >= 0) {
    const place = { entry: index, list: "include", clause: empty } as const;
    const others = entry.includeFilters.some(isSet);
    found.push({
      kind: "includes-everything",
      severity: "warning",
      place,
      title: `An empty include filter: ${entry.name} exports everything`,
      explanation: "A filter without fields matches every event. Filters of a list are OR-ed, so the others have no effect.",
      ...(others && {
        fix: {
          label: "Take the empty filter out",
          apply: (config) => editEntry(config, index, (at) => ({ ...at, includeFilters: at.includeFilters.filter(isSet) })),
        },
      }),
    });
  }
  return found;
}

function isSet(clause: FlowFilter): boolean {
  return criteriaIn(clause).length > 0;
}

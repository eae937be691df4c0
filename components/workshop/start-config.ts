/** What the workshop begins with when no document was chosen: a template, or the filter of the view somebody came from. */
import type { ExporterConfig, TargetVersion } from "#lib/exporter/config.ts";
import type { Filter } from "#lib/filters/filter.ts";
import { type FlowFilter, toCilium } from "#lib/filters/to-cilium.ts";
import { templateNamed } from "./template-named.ts";

export interface Start {
  readonly config: ExporterConfig;
  /** Where it came from. */
  readonly from: { readonly is: "template"; readonly title: string } | { readonly is: "filter" };
  /** Why the filter could not be taken along. */
  readonly refusal: string | undefined;
}

export interface StartingPoint {
  /** Empty = none chosen. */
  readonly template: string;
  readonly filter: Filter;
  readonly target: TargetVersion;
}

export function startConfig({ template: name, filter, target }: StartingPoint): Start {
  const template = templateNamed(name);
  const entry = template.entry(target);
  const fromTemplate = { config: { entries: [entry] }, from: { is: "template", title: template.title } } as const;
  if (name !== "" || (filter.include.length === 0 && filter.exclude.length === 0)) return { ...fromTemplate, refusal: undefined };
  const spelled = toCilium(filter);
  if (spelled.refusal) {
    const { criterion, reason } = spelled.refusal;
    return { ...fromTemplate, refusal: criterion === "" ? reason : `${criterion}: ${reason}` };
  }
  const { include, exclude } = spelled.spelled;
  const scope = entry.includeFilters[0] ?? {};
  const includeFilters = include.length === 0 ? entry.includeFilters : include.map((clause) => withinScope(clause, scope));
  return { config: { entries: [{ ...entry, includeFilters, excludeFilters: exclude }] }, from: { is: "filter" }, refusal: undefined };
}

/** Views show blocked egress unless the filter says otherwise; a clause of an exporter has to say it itself. */
function withinScope(clause: FlowFilter, scope: FlowFilter): FlowFilter {
  const { traffic_direction, ...kind } = scope;
  const saysKind = clause.event_type !== undefined || clause.verdict !== undefined || clause.drop_reason_desc !== undefined;
  if (clause.drop_reason_desc !== undefined && clause.event_type === undefined) {
    return { traffic_direction, event_type: [{ type: 1 }], ...clause };
  }
  return { traffic_direction, ...(saysKind ? {} : kind), ...clause };
}

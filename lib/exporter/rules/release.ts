/** What agents of the target release refuse of the filters, or read otherwise than newer ones. */
import { checkFilter, type VersionRemark } from "#lib/filters/check-filter.ts";
import { type ExporterEntry, isAtLeast, type TargetVersion } from "../config.ts";
import { type ClausePlace, editClause } from "../edit-config.ts";
import type { Finding, Fix } from "../finding.ts";
import type { Rule } from "../rule.ts";

export const release: Rule = ({ entries }, { version }) => entries.flatMap((entry, index) => remarksOf(entry, index, version));

function remarksOf({ includeFilters, excludeFilters }: ExporterEntry, entry: number, version: TargetVersion): readonly Finding[] {
  const remarks = checkFilter({ include: includeFilters, exclude: excludeFilters }, version);
  return remarks.map((remark) => findingOf(remark, { entry, list: remark.list, clause: remark.clause }, version));
}

function findingOf(remark: VersionRemark, place: ClausePlace, version: TargetVersion): Finding {
  const { effect, criterion, position, reason, since } = remark;
  const at = { ...place, criterion, value: position };
  switch (effect) {
    case "refuses-file":
      return {
        kind: "newer-field",
        severity: "rejects-file",
        place: at,
        title: since === undefined ? `${criterion}: ${reason}` : `${criterion} needs Cilium ${since}; the target is ${version}`,
        explanation: `Agents of ${version} refuse the whole file because of it: ${reason}.`,
        fix: olderSpelling(remark, place, version),
      };
    case "refuses-entry":
      return {
        kind: since === undefined ? "filter-not-built" : "newer-value",
        severity: "rejects-entry",
        place: at,
        title: `${criterion}: ${reason}`,
        explanation:
          since === undefined
            ? "Agents cannot build this filter: the entry does not run, the others do."
            : `Agents before ${since} cannot build this filter: the entry does not run, the others do.`,
      };
    case "changes-meaning":
      return {
        kind: "other-meaning",
        severity: reason.includes("IPv4 that are written as IPv6") ? "advice" : "warning",
        place: at,
        title: `${criterion} means something else on ${version}`,
        explanation: `${reason}. From ${since ?? "a newer release"} on it means what is shown here.`,
      };
  }
}

/** Before 1.16 drop reasons are told by the sub types of drop events. */
function olderSpelling({ criterion }: VersionRemark, place: ClausePlace, version: TargetVersion): Fix | undefined {
  if (criterion !== "drop_reason_desc" || isAtLeast(version, "1.16")) return undefined;
  return {
    label: "Ask by sub type of drop events",
    apply: (config) =>
      editClause(config, place, ({ drop_reason_desc: reasons, ...clause }) => {
        const types = (reasons ?? []).flatMap((name) => {
          const code = REASON_CODES.get(name);
          return code === undefined ? [] : [{ type: 1, match_sub_type: true, sub_type: code }];
        });
        return types.length === (reasons ?? []).length ? [{ ...clause, event_type: types }] : [{ ...clause, drop_reason_desc: reasons }];
      }),
  };
}

const REASON_CODES: ReadonlyMap<string, number> = new Map([
  ["POLICY_DENIED", 133],
  ["POLICY_DENY", 181],
  ["AUTH_REQUIRED", 189],
]);

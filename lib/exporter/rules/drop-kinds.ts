/** Which blocked packets a filter asks for: one kind only, each twice, or more than meant. */
import type { FlowFilter } from "#lib/filters/to-cilium.ts";
import type { ExporterEntry } from "../config.ts";
import { editClause, editEntry } from "../edit-config.ts";
import type { Finding } from "../finding.ts";
import type { Rule } from "../rule.ts";

const DROP = 1;
const POLICY_VERDICT = 5;
const L7 = 129;

export const dropKinds: Rule = ({ entries }) => entries.flatMap(entryFindings);

function entryFindings(entry: ExporterEntry, index: number): readonly Finding[] {
  const clauses = entry.includeFilters.map((clause, at) => ({ clause, place: { entry: index, list: "include", clause: at } as const }));
  return [
    ...clauses.flatMap(({ clause, place }) => [
      ...countedTwice(clause, place),
      ...missingDirection(clause, place),
      ...l7Only(clause, place),
    ]),
    ...bothTypes(clauses),
    ...oneKindOnly(clauses),
  ];
}

type Placed = {
  readonly clause: FlowFilter;
  readonly place: { readonly entry: number; readonly list: "include"; readonly clause: number };
};

/** A drop without an event type comes as a drop event and as a policy verdict. */
function countedTwice(clause: FlowFilter, place: Placed["place"]): readonly Finding[] {
  const verdicts = clause.verdict ?? [];
  const asksDrops = verdicts.includes("DROPPED") || (clause.drop_reason_desc ?? []).some((name) => name.startsWith("POLICY_DEN"));
  if (!asksDrops || isSet(clause.event_type)) return [];
  const criterion = isSet(clause.verdict) ? "verdict" : "drop_reason_desc";
  // What audit mode would have dropped is told by policy verdicts only.
  const type = verdicts.includes("AUDIT") ? POLICY_VERDICT : DROP;
  return [
    {
      kind: "drop-without-event-type",
      severity: "warning",
      place: { ...place, criterion },
      title: "Every packet that policy denies is logged twice",
      explanation:
        "A denied packet gives a drop event (type 1) and a policy verdict (type 5), both DROPPED, and nothing in them says that they belong together. Ask for one type.",
      fix: {
        label: type === DROP ? "Ask for drop events only (type 1)" : "Ask for policy verdicts only (type 5)",
        apply: (config) => editClause(config, place, (old) => [{ ...old, event_type: [{ type }] }]),
      },
    },
  ];
}

function missingDirection(clause: FlowFilter, place: Placed["place"]): readonly Finding[] {
  if (isSet(clause.traffic_direction) || !isAboutPolicy(clause)) return [];
  return [
    {
      kind: "direction-missing",
      severity: "advice",
      place,
      title: "Ingress is logged too",
      explanation: "The filter names no direction, so that what is blocked on the way in is logged with what is blocked on the way out.",
      fix: {
        label: "Egress only",
        apply: (config) => editClause(config, place, (old) => [{ ...old, traffic_direction: ["EGRESS"] }]),
      },
    },
  ];
}

function isAboutPolicy(clause: FlowFilter): boolean {
  if (isSet(clause.drop_reason_desc) || (clause.verdict ?? []).some((verdict) => verdict === "DROPPED" || verdict === "AUDIT")) return true;
  return typesOf(clause).some((type) => type === DROP || type === POLICY_VERDICT);
}

function l7Only(clause: FlowFilter, place: Placed["place"]): readonly Finding[] {
  if (typesOf(clause).length === 0 || typesOf(clause).some((type) => type !== L7) || isSet(clause.verdict)) return [];
  return [
    {
      kind: "l7-access-log",
      severity: "advice",
      place: { ...place, criterion: "event_type" },
      title: "Event type 129 is the L7 access log: every request, forwarded ones too",
      explanation: "Policy verdicts are type 5. With verdict DROPPED beside it, type 129 gives only the requests that a proxy refused.",
      fix: {
        label: "Refused requests only",
        apply: (config) => editClause(config, place, (old) => [{ ...old, verdict: ["DROPPED"] }]),
      },
    },
  ];
}

function bothTypes(clauses: readonly Placed[]): readonly Finding[] {
  const drops = clauses.find(({ clause }) => typesOf(clause).includes(DROP));
  const verdicts = clauses.find(({ clause }) => typesOf(clause).includes(POLICY_VERDICT) && !isOnly(clause.verdict, "AUDIT"));
  if (drops === undefined || verdicts === undefined) return [];
  const { place } = verdicts;
  return [
    {
      kind: "drops-and-verdicts",
      severity: "warning",
      place: { ...place, criterion: "event_type" },
      title: "Types 1 and 5 together count every denied packet twice",
      explanation: "One denied packet gives a drop event (type 1) and a policy verdict (type 5). They share no id: take one of them.",
      fix: {
        label: "Keep drop events (type 1)",
        apply: (config) =>
          editEntry(config, place.entry, (entry) => ({ ...entry, includeFilters: entry.includeFilters.flatMap(withoutVerdicts) })),
      },
    },
  ];
}

/** A clause that asks for verdicts alone goes. */
function withoutVerdicts(clause: FlowFilter): readonly FlowFilter[] {
  const types = clause.event_type ?? [];
  const kept = types.filter(({ type }) => type !== POLICY_VERDICT);
  if (kept.length === types.length) return [clause];
  return kept.length > 0 ? [{ ...clause, event_type: kept }] : [];
}

const EXPLICIT = { code: 181, name: "POLICY_DENY" } as const;
const DEFAULT = { code: 133, name: "POLICY_DENIED" } as const;

function oneKindOnly(clauses: readonly Placed[]): readonly Finding[] {
  const asks = (kind: typeof EXPLICIT | typeof DEFAULT) => clauses.find(({ clause }) => asksFor(clause, kind));
  const [explicit, byDefault] = [asks(EXPLICIT), asks(DEFAULT)];
  const only = explicit ?? byDefault;
  if (only === undefined || (explicit && byDefault) || clauses.some(({ clause }) => takesAllDrops(clause))) return [];
  const { place, clause } = only;
  const other = explicit ? DEFAULT : EXPLICIT;
  return [
    {
      kind: explicit ? "explicit-denies-only" : "default-denies-only",
      severity: "advice",
      place: { ...place, criterion: isSet(clause.drop_reason_desc) ? "drop_reason_desc" : "event_type" },
      title: explicit ? "Only explicit denies (181) are logged" : "Only default denies (133) are logged",
      explanation: explicit
        ? "Whatever no policy allows is reason 133, POLICY_DENIED: all blocks by Kubernetes NetworkPolicy and by allow lists."
        : "Whatever a deny rule matches is reason 181, POLICY_DENY.",
      fix: { label: `Log ${other.code} too`, apply: (config) => editClause(config, place, (old) => [withKind(old, other)]) },
    },
  ];
}

function asksFor(clause: FlowFilter, { code, name }: { readonly code: number; readonly name: string }): boolean {
  if ((clause.drop_reason_desc ?? []).some((one) => one === name || one === String(code))) return true;
  return (clause.event_type ?? []).some(
    ({ type, match_sub_type: match, sub_type: sub }) => type === DROP && match === true && sub === code,
  );
}

function takesAllDrops(clause: FlowFilter): boolean {
  if (isSet(clause.drop_reason_desc)) return false;
  if (!isSet(clause.event_type)) return !isSet(clause.verdict) || (clause.verdict ?? []).includes("DROPPED");
  return (clause.event_type ?? []).some(({ type = 0, match_sub_type: match }) => (type === DROP || type === 0) && match !== true);
}

function withKind(clause: FlowFilter, { code, name }: { readonly code: number; readonly name: string }): FlowFilter {
  if (isSet(clause.drop_reason_desc)) return { ...clause, drop_reason_desc: [...(clause.drop_reason_desc ?? []), name] };
  return { ...clause, event_type: [...(clause.event_type ?? []), { type: DROP, match_sub_type: true, sub_type: code }] };
}

function typesOf({ event_type: types }: FlowFilter): readonly number[] {
  return (types ?? []).map(({ type = 0 }) => type);
}

function isSet(values: readonly unknown[] | undefined): boolean {
  return values !== undefined && values.length > 0;
}

function isOnly(values: readonly string[] | undefined, value: string): boolean {
  return isSet(values) && (values ?? []).every((one) => one === value);
}

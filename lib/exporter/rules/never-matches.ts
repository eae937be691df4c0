/** Values that agents take and no flow can meet: wildcards where there are none, letters that names never have, criteria that exclude each other. */
import type { FlowFilter } from "#lib/filters/to-cilium.ts";
import { type ClausePlace, clausesOf, editClause } from "../edit-config.ts";
import type { Finding, Severity } from "../finding.ts";
import type { Rule } from "../rule.ts";
import { canonicalIpv6 } from "./canonical-ipv6.ts";

/** What is odd about one value, and the value that was probably meant. */
interface Odd {
  readonly kind: string;
  readonly severity?: Severity;
  readonly title: string;
  readonly explanation: string;
  readonly better?: string;
}

type TextCriterion = { [K in keyof FlowFilter]-?: NonNullable<FlowFilter[K]> extends readonly string[] ? K : never }[keyof FlowFilter];

const LOOKS: readonly (readonly [readonly TextCriterion[], (value: string) => Odd | undefined])[] = [
  [["source_pod", "destination_pod", "source_service", "destination_service"], podOdd],
  [["source_ip", "destination_ip", "source_ip_xlated"], addressOdd],
  [["node_name", "source_fqdn", "destination_fqdn"], upperCaseOdd],
  [["node_labels"], nodeLabelOdd],
];

export const neverMatches: Rule = (config) =>
  clausesOf(config).flatMap(({ place, clause }) => [
    ...LOOKS.flatMap(([criteria, look]) => criteria.flatMap((criterion) => valueFindings(clause, place, criterion, look))),
    ...workloadFindings(clause, place),
    ...contradictions(clause, place),
  ]);

function valueFindings(
  clause: FlowFilter,
  place: ClausePlace,
  criterion: TextCriterion,
  look: (value: string) => Odd | undefined,
): readonly Finding[] {
  return (clause[criterion] ?? []).flatMap((value, position): readonly Finding[] => {
    const odd = look(value);
    if (odd === undefined) return [];
    const { kind, severity = "warning", title, explanation, better } = odd;
    return [
      {
        kind,
        severity,
        place: { ...place, criterion, value: position },
        title: `${criterion}: ${title}`,
        explanation,
        ...(better !== undefined && {
          fix: {
            label: `Write ${better}`,
            apply: (config) =>
              editClause(config, place, (old) => [
                { ...old, [criterion]: old[criterion]?.map((one, at) => (at === position ? better : one)) },
              ]),
          },
        }),
      },
    ];
  });
}

function podOdd(value: string): Odd | undefined {
  const [namespace = "", name] = value.split("/");
  if (value.includes("*")) {
    return {
      kind: "star-in-prefix",
      title: `${value} matches nothing`,
      explanation: "A pod is a prefix, and * is an ordinary letter in it. ns/ is a whole namespace, /name any namespace, / any pod.",
      better: value.replaceAll("*", "").replace(/^$/, "/"),
    };
  }
  if (/[A-Z_]/.test(value)) {
    return {
      kind: "impossible-name",
      title: `${value} can never match`,
      explanation: "Kubernetes names of pods and namespaces have small letters, digits, dashes and dots only.",
      better: value.toLowerCase().replaceAll("_", "-"),
    };
  }
  if (name !== undefined || namespace === "") return undefined;
  return {
    kind: "bare-pod-name",
    severity: "advice",
    title: `${value} is in the namespace default`,
    explanation: "A name without a slash means the namespace default. /name means any namespace, ns/name this one.",
    better: `/${value}`,
  };
}

function addressOdd(value: string): Odd | undefined {
  if (value.includes("/") || !value.includes(":")) return undefined;
  const canonical = canonicalIpv6(value);
  if (canonical === undefined || canonical === value) return undefined;
  return {
    kind: "ipv6-not-canonical",
    title: `${value} can never match`,
    explanation: "Addresses without a prefix are compared as text, and flows have them in the short form with small letters.",
    better: canonical,
  };
}

function upperCaseOdd(value: string): Odd | undefined {
  if (!/[A-Z]/.test(value)) return undefined;
  return {
    kind: "upper-case-name",
    title: `${value} is read as ${value.toLowerCase()}`,
    explanation:
      "The pattern is put into small letters and the flow's name is not: a name with capital letters never matches, however it is written.",
    better: value.toLowerCase(),
  };
}

function nodeLabelOdd(value: string): Odd | undefined {
  if (!/(?:^|[\s,!])k8s:/.test(value)) return undefined;
  return {
    kind: "node-label-source",
    title: `${value} selects no node`,
    explanation: "Labels of nodes have no source k8s. Write their keys bare.",
    better: value.replace(/(^|[\s,!])k8s:/g, "$1"),
  };
}

function workloadFindings(clause: FlowFilter, place: ClausePlace): readonly Finding[] {
  return (["source_workload", "destination_workload"] as const).flatMap((criterion) =>
    (clause[criterion] ?? []).flatMap(({ kind = "" }, position): readonly Finding[] => {
      const better = KINDS.find((one) => one.toLowerCase() === kind.toLowerCase());
      if (better === undefined || better === kind) return [];
      return [
        {
          kind: "workload-kind",
          severity: "warning",
          place: { ...place, criterion, value: position },
          title: `${criterion}: no workload is of the kind ${kind}`,
          explanation: "Kinds are compared exactly, as Kubernetes writes them.",
          fix: {
            label: `Write ${better}`,
            apply: (config) =>
              editClause(config, place, (old) => [
                { ...old, [criterion]: old[criterion]?.map((one, at) => (at === position ? { ...one, kind: better } : one)) },
              ]),
          },
        },
      ];
    }),
  );
}

const KINDS = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "CronJob", "Job", "Pod", "ReplicationController"] as const;

/** Criteria that no event meets together. */
function contradictions(clause: FlowFilter, place: ClausePlace): readonly Finding[] {
  const { drop_reason_desc: reasons = [], verdict = [], event_type: types = [] } = clause;
  const found: Finding[] = [];
  const say = (criterion: string, title: string, explanation: string) =>
    found.push({ kind: "contradiction", severity: "warning", place: { ...place, criterion }, title, explanation });
  if (reasons.length > 0 && verdict.length > 0 && !verdict.includes("DROPPED")) {
    say(
      "drop_reason_desc",
      "A drop reason without the verdict DROPPED never matches",
      "Only dropped flows are compared with drop reasons.",
    );
  }
  if (verdict.length > 0 && verdict.every((one) => one === "AUDIT") && types.length > 0 && types.every(({ type }) => type === 1)) {
    say(
      "verdict",
      "There are no drop events with the verdict AUDIT",
      "What audit mode would have dropped is told by policy verdicts, type 5.",
    );
  }
  return found;
}

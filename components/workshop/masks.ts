/** Field masks to choose from. */
import { isAtLeast, type TargetVersion } from "#lib/exporter/config.ts";
import { NEEDED_FIELDS } from "#lib/exporter/needed-fields.ts";

export interface Mask {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  paths(target: TargetVersion): readonly string[];
}

/** The least that Weir's own views need; a name that the agent does not know would keep the entry from running. */
function leastForWeir(target: TargetVersion): readonly string[] {
  const since = (version: TargetVersion, ...paths: readonly string[]): readonly string[] => (isAtLeast(target, version) ? paths : []);
  return [
    ...NEEDED_FIELDS,
    "source.identity",
    ...since("1.16", "source.cluster_name"),
    "is_reply",
    ...since("1.16", "egress_denied_by"),
    ...since("1.18", "policy_log"),
    "Summary",
    "Type",
  ];
}

export const MASKS: readonly Mask[] = [
  { name: "all", title: "All fields", about: "Every line says all the agent knows.", paths: () => [] },
  {
    name: "weir",
    title: "What Weir needs",
    about: "The fields that Weir's views read; l4, l7 and IP are kept whole, since parts of them mislead.",
    paths: leastForWeir,
  },
];

/** Which of them a mask is, `own` where it is none. */
export function maskOf(fieldMask: readonly string[], target: TargetVersion): string {
  const key = (paths: readonly string[]): string => [...paths].sort().join(" ");
  return MASKS.find((mask) => key(mask.paths(target)) === key(fieldMask))?.name ?? "own";
}

/** Field masks: paths that no agent of the target has, members of a oneof, and fields whose lack blinds whoever reads the log. */
import { fieldAt } from "#lib/filters/mask-paths.ts";
import type { ExporterConfig, ExporterEntry, TargetVersion } from "../config.ts";
import { editEntry } from "../edit-config.ts";
import type { Finding, Fix } from "../finding.ts";
import { NEEDED_FIELDS } from "../needed-fields.ts";
import type { Rule } from "../rule.ts";
import { meantPath } from "./meant-path.ts";

export const fieldMask: Rule = (config, { version }) =>
  config.entries.flatMap((entry, index) => {
    if (entry.fieldMask.length === 0) return [];
    return [...wrongPaths(entry, index, version), ...oneofPaths(entry, index), ...missing(entry, index, version)];
  });

function wrongPaths({ fieldMask: paths }: ExporterEntry, entry: number, version: TargetVersion): readonly Finding[] {
  return paths.flatMap((path, value): readonly Finding[] => {
    if (fieldAt(path, version) !== undefined) return [];
    const place = { entry, key: "fieldMask", value };
    const newer = fieldAt(path);
    if (newer !== undefined) {
      return [
        {
          kind: "newer-mask-path",
          severity: "rejects-entry",
          place,
          title: `${path} is not known before ${newestSince(path)}; the target is ${version}`,
          explanation: "A path that the agent does not know makes the entry fail; the others run.",
          fix: replacePath(entry, path, undefined),
        },
      ];
    }
    const meant = meantPath(path, version);
    return [
      {
        kind: "unknown-mask-path",
        severity: "rejects-entry",
        place,
        title: meant === undefined ? `${path} is no field of a flow` : `${path} is no field of a flow: it should be ${meant}`,
        explanation: `Paths are the names of the protocol, exactly. The agent says: proto: invalid path "${path}" for message "flow.Flow". The entry fails; the others run.`,
        fix: replacePath(entry, path, meant),
      },
    ];
  });
}

function newestSince(path: string): string {
  const steps = path.split(".");
  const sinces = steps.map((_, at) => fieldAt(steps.slice(0, at + 1).join("."))?.since ?? "1.15");
  return sinces.toSorted((a, b) => Number(a.slice(2)) - Number(b.slice(2))).at(-1) ?? "1.15";
}

function replacePath(entry: number, path: string, by: string | undefined): Fix {
  return {
    label: by === undefined ? `Take ${path} out` : `Write ${by}`,
    apply: (config) => editMask(config, entry, (mask) => mask.flatMap((one) => (one !== path ? [one] : by === undefined ? [] : [by]))),
  };
}

/** No path twice: two mistakes may have meant the same. A mask that would be left empty would mean every field. */
function editMask(config: ExporterConfig, entry: number, edit: (mask: readonly string[]) => readonly string[]): ExporterConfig {
  return editEntry(config, entry, (old) => {
    const mask = [...new Set(edit(old.fieldMask))];
    return { ...old, fieldMask: mask.length > 0 ? mask : ["time"] };
  });
}

/** `l4.TCP.destination_port`: a flow over UDP is written as TCP without a port. */
function oneofPaths({ fieldMask: paths }: ExporterEntry, entry: number): readonly Finding[] {
  const trapped = paths.flatMap((path, value) => {
    const whole = /^(l4|l7|tunnel)\.(?:TCP|UDP|SCTP|ICMPv4|ICMPv6|VRRP|IGMP|dns|http|kafka|l4)\../.exec(path)?.[1];
    return whole === undefined ? [] : [{ path, value, whole }];
  });
  const [first] = trapped;
  if (first === undefined || paths.includes(first.whole)) return [];
  return [
    {
      kind: "mask-inside-oneof",
      severity: "warning",
      place: { entry, key: "fieldMask", value: first.value },
      title: `${first.path} writes wrong protocols`,
      explanation: `A flow has one member of ${first.whole} only. With a path into one of them agents write it for every flow, with two they pick one by chance, and after the fix of 2026 they repeat the port of an earlier flow. Take the whole ${first.whole}.`,
      fix: {
        label: `Take the whole ${first.whole}`,
        apply: (config) => editMask(config, entry, (mask) => [...mask.filter((path) => !path.startsWith(`${first.whole}.`)), first.whole]),
      },
    },
  ];
}

function missing({ fieldMask: paths, name }: ExporterEntry, entry: number, version: TargetVersion): readonly Finding[] {
  const addresses = paths.includes("IP.source") && paths.includes("IP.destination");
  const lost = NEEDED_FIELDS.filter((path) => {
    if (fieldAt(path, version) === undefined || (path === "IP" && addresses)) return false;
    return !paths.some((one) => covers(one, path));
  });
  if (lost.length === 0) return [];
  const undated = lost.includes("time") || lost.includes("node_name");
  return [
    {
      kind: "mask-lacks-fields",
      severity: undated || lost.includes("traffic_direction") || lost.includes("IP") ? "warning" : "advice",
      place: { entry, key: "fieldMask" },
      title: `${name} leaves out ${lost.join(", ")}`,
      explanation: `${undated ? "Without time and node_name in the mask the envelope loses them too. " : ""}Weir needs these fields to say who was blocked on the way where, by what, and when.`,
      fix: { label: "Add what is missing", apply: (config) => editMask(config, entry, (mask) => [...mask, ...lost]) },
    },
  ];
}

/** The path itself or one that it stands in; `l4.TCP` and the like do not cover `l4`. */
function covers(mask: string, path: string): boolean {
  return mask === path || path.startsWith(`${mask}.`);
}

/** Where an entry writes: standard output has one safe spelling, and only from one release on. */

import { type ExporterConfig, isAtLeast, type TargetVersion } from "../config.ts";
import { editEntry } from "../edit-config.ts";
import type { Finding, Fix } from "../finding.ts";
import type { Rule } from "../rule.ts";

const DEVICES = /^(?:\/dev\/(?:stdout|stderr|fd\/[12])|\/proc\/(?:self|1)\/fd\/[12])$/;

export const filePath: Rule = (config, { version }) =>
  config.entries.flatMap(({ filePath: path }, entry): readonly Finding[] => {
    const place = { entry, key: "filePath" };
    if (DEVICES.test(path)) {
      return [
        {
          kind: "device-goes-silent",
          severity: "warning",
          place,
          title: `${path} goes silent after 10 MB`,
          explanation:
            "To the exporter this is a file. When it has grown to fileMaxSizeMb, rotation renames the device and writes on into a plain file inside the container: flows vanish from the log until the agent restarts, without an error.",
          fix: safePath(config, entry, version),
        },
      ];
    }
    if (path === "stdout") return stdoutFindings(version, place);
    if (path.toLowerCase() === "stdout") {
      return [
        {
          kind: "stdout-in-other-case",
          severity: "warning",
          place,
          title: `${path} is a file of that name, not standard output`,
          explanation: "Only the word stdout in lower case means standard output.",
          fix: safePath(config, entry, version),
        },
      ];
    }
    return oddPath(path, place);
  });

function stdoutFindings(version: TargetVersion, place: Finding["place"]): readonly Finding[] {
  if (isAtLeast(version, "1.17")) return [];
  const isFile = !isAtLeast(version, "1.16");
  return [
    {
      kind: "stdout-too-early",
      severity: "warning",
      place,
      title: isFile
        ? "stdout is a file of that name on 1.15"
        : "On 1.16 removing or changing this entry closes the agent's standard output",
      explanation: isFile
        ? "The word means standard output from 1.16 on. Write to a file and have it collected."
        : "1.16 writes to standard output, and closes it together with the exporter. Safe from 1.17 on; before that only while the entry never changes.",
    },
  ];
}

function oddPath(path: string, place: Finding["place"]): readonly Finding[] {
  if (path === "" || path.startsWith("/")) {
    if (path === path.trim() && !/[\n\r]/.test(path)) return [];
    return [odd(place, "The path ends in a blank or a line break", "Agents take the path as it is, with the blank in it.")];
  }
  if (path.trim() === "") return [odd(place, "The path is blank", "Agents take it, and write to a file of that name.")];
  return [
    odd(place, "The path is relative", "It is taken from the agent's working directory inside the container, where nobody looks for it."),
  ];
}

function odd(place: Finding["place"], title: string, explanation: string): Finding {
  return { kind: "odd-path", severity: "warning", place, title, explanation };
}

/** `stdout` where it is safe and free, otherwise a file that can be collected. */
function safePath({ entries }: ExporterConfig, index: number, version: TargetVersion): Fix {
  const isFree = !entries.some((entry, at) => at !== index && entry.filePath === "stdout");
  const name = (entries[index]?.name ?? "flows").replace(/[^A-Za-z0-9._-]/g, "-");
  const path = isAtLeast(version, "1.17") && isFree ? "stdout" : `/var/run/cilium/hubble/${name}.log`;
  return { label: `Write to ${path}`, apply: (config) => editEntry(config, index, (entry) => ({ ...entry, filePath: path })) };
}

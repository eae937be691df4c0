/** Keys that the agent ignores in silence, or takes in another spelling than its documentation. */
import type { OddKey } from "./agent-file.ts";
import { ENTRY_KEYS, entryKeys } from "./config.ts";
import type { Finding, Fix, TextPlace } from "./finding.ts";
import { nearName } from "./near-name.ts";
import type { MeantKey } from "./rename-key.ts";

/** Keys of other configurations that people put here. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ["allowList", "includeFilters, with maps instead of JSON texts; allowList is the static exporter's"],
  ["denyList", "excludeFilters, with maps instead of JSON texts; denyList is the static exporter's"],
  ["path", "filePath"],
  ["include", "includeFilters"],
  ["exclude", "excludeFilters"],
]);

/** `rename` makes the change that spells the key as it was meant. */
export function oddKeyFinding({ kind, key, known, entry }: OddKey, text: TextPlace, rename: (meant: MeantKey) => Fix["apply"]): Finding {
  const place = { entry, key, text };
  switch (kind) {
    case "overwritten":
      return {
        kind: "key-twice",
        severity: "warning",
        place,
        title: `${key} stands there twice`,
        explanation: "The last one counts, and this one is lost without a word.",
      };
    case "other-case":
      return {
        kind: "key-in-other-case",
        severity: "advice",
        place,
        title: `${key} is read as ${known}`,
        explanation: "Agents take keys of an entry in any case. Other tools that check the file may not.",
      };
    case "newer":
      return {
        kind: "newer-key",
        severity: "warning",
        place,
        title: `${key} is ignored before ${since(known)}`,
        explanation: `This release does not know the key, and does not say so. ${since(known)} is the first that reads it.`,
      };
    case "unknown":
      return unknownKey(key, entry, place, rename);
  }
}

function unknownKey(key: string, entry: number | undefined, place: Finding["place"], rename: (meant: MeantKey) => Fix["apply"]): Finding {
  const near = entry === undefined ? nearName(key, ["flowLogs"]) : nearName(key, entryKeys());
  const meant = near ?? (entry === undefined ? undefined : FOREIGN.get(key));
  return {
    kind: "unknown-key",
    severity: meant === undefined ? "advice" : "warning",
    place,
    title: meant === undefined ? `${key} is ignored` : `${key} is ignored: it should be ${meant}`,
    explanation: `Agents ignore keys that they do not know, without a word. ${consequence(meant)}`,
    ...(near !== undefined && { fix: { label: `Spell it ${near}`, apply: rename({ key, meant: near, entry }) } }),
  };
}

function consequence(meant: string | undefined): string {
  if (meant === undefined) return "Nothing depends on it.";
  if (meant.startsWith("includeFilters")) return "Without include filters this entry exports everything.";
  if (meant.startsWith("excludeFilters")) return "Nothing is excluded.";
  if (meant.startsWith("fieldMask")) return "Without a mask every line has all fields.";
  if (meant === "flowLogs") return "Without flowLogs the file is valid and removes all exporters.";
  return "The value has no effect.";
}

function since(known: string | undefined): string {
  return Object.entries(ENTRY_KEYS).find(([key]) => key === known)?.[1] ?? "a newer release";
}

/** How much of a paste is read. A page that hangs helps nobody, and Kubernetes would not keep more. */
import type { Finding } from "./finding.ts";
import type { Located } from "./go-yaml/located.ts";
import { matchKey } from "./key-fold.ts";

/** In UTF-16 code units: Kubernetes keeps objects of 1 MiB at most. */
export const MAX_CONFIG_TEXT = 1_100_000;
/** The agent has no limit; a page has. */
export const MAX_ENTRIES = 500;
/** Filters of all entries together. */
export const MAX_FILTERS = 3_000;
/** Keys that agents do not know, and filters that they refuse: those after it are like those before. */
export const MAX_FINDINGS_OF_A_KIND = 500;

export interface Extent {
  readonly entries: number;
  readonly filters: number;
}

/** Undefined where the text, and what stands in it when that is known, are within bounds. */
export function tooLarge(text: string, { entries, filters }: Extent = { entries: 0, filters: 0 }): Finding | undefined {
  if (text.length > MAX_CONFIG_TEXT) {
    return large(
      `The text has ${Math.round(text.length / 100_000) / 10} million characters; ${MAX_CONFIG_TEXT / 1_000_000} million are read`,
      "Kubernetes keeps at most 1 MiB in a ConfigMap, so no agent can have read this. Nothing pasted is lost.",
    );
  }
  if (entries > MAX_ENTRIES) return large(`The file has ${entries.toLocaleString("en-US")} entries; ${MAX_ENTRIES} are read`, SPLIT);
  if (filters > MAX_FILTERS)
    return large(`The file has ${filters.toLocaleString("en-US")} filters; ${MAX_FILTERS.toLocaleString("en-US")} are read`, SPLIT);
  return undefined;
}

const SPLIT = "An agent may read it; Weir would keep the page waiting. Nothing pasted is lost. Split it, or paste the entries that matter.";

function large(title: string, explanation: string): Finding {
  return { kind: "too-much", severity: "rejects-file", place: {}, title, explanation };
}

/** Entries and filters of the file, before any of them is read. */
export function extentOf(root: Located | undefined): Extent {
  const entries = listsIn(root, ["flowLogs"]);
  const filters = entries.flatMap((entry) => listsIn(entry, ["includeFilters", "excludeFilters"]));
  return { entries: entries.length, filters: filters.length };
}

function listsIn(map: Located | undefined, names: readonly string[]): readonly Located[] {
  if (map?.is !== "map") return [];
  return [...map.entries.values()].flatMap(({ key, value }) => (matchKey(key, names) && value.is === "list" ? value.items : []));
}

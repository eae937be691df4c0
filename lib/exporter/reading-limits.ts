/** How much of a paste is read. A page that hangs helps nobody, and Kubernetes would not keep more. */
import type { Finding } from "./finding.ts";
import type { Located } from "./go-yaml/located.ts";
import { matchKey } from "./key-fold.ts";

/** In UTF-16 code units: Kubernetes keeps objects of 1 MiB at most. */
export const MAX_CONFIG_TEXT = 1_100_000;
/** The agent has no limit; a page has. */
export const MAX_ENTRIES = 500;

/** Undefined where the text, and the number of entries when it is known, are within bounds. */
export function tooLarge(text: string, entries = 0): Finding | undefined {
  if (text.length > MAX_CONFIG_TEXT) {
    return large(
      `The text has ${Math.round(text.length / 100_000) / 10} million characters; ${MAX_CONFIG_TEXT / 1_000_000} million are read`,
      "Kubernetes keeps at most 1 MiB in a ConfigMap, so no agent can have read this. Nothing pasted is lost.",
    );
  }
  if (entries <= MAX_ENTRIES) return undefined;
  return large(`The file has ${entries} entries; ${MAX_ENTRIES} are read`, "Split it, or paste the entries that matter.");
}

function large(title: string, explanation: string): Finding {
  return { kind: "too-much", severity: "rejects-file", place: {}, title, explanation };
}

/** Entries of the file, before any of them is read. */
export function entryCount(root: Located | undefined): number {
  if (root?.is !== "map") return 0;
  const lists = [...root.entries.values()].flatMap(({ key, value }) =>
    matchKey(key, ["flowLogs"]) && value.is === "list" ? [value.items.length] : [],
  );
  return Math.max(0, ...lists);
}

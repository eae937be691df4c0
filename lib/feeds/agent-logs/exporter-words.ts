/** What an agent's own line says about its exporter, in the words of every version since 1.15 (logrus and slog alike). */
import type { AgentLine } from "#lib/decode/decoded.ts";

/**
 * `configured`: an exporter was added or changed. `rejected`: the whole configuration cannot be used, and what ran before runs on.
 * `entry-rejected`: one exporter cannot be built, the others run.
 */
export type ExporterWord = "configured" | "rejected" | "entry-rejected";

// Cilium 1.15 to 1.20: pkg/hubble/exporter (config watcher, dynamic and static exporter)
const MESSAGES: ReadonlyMap<string, ExporterWord> = new Map([
  ["Configuring Hubble event exporter", "configured"],
  ["failed reading dynamic exporter config", "rejected"],
  ["Failed to parse dynamic exporter config", "rejected"],
  ["Failed to apply flowlog", "entry-rejected"],
  ["Failed to configure Hubble static exporter", "rejected"],
]);

/** Undefined = it says nothing about the exporter. */
export function exporterWord(line: AgentLine): ExporterWord | undefined {
  return MESSAGES.get(line.message);
}

/** What the agent asks of entries after reading them: names and paths, each once. */
import type { AgentEntry } from "./agent-file.ts";

export interface ValidationProblem {
  /** In the agent's words; it joins several with a line break. */
  readonly reason: string;
  readonly kind: "null-entry" | "no-name" | "double-name" | "no-path" | "double-path";
  readonly entry: number;
  /** The entry that had the name or path first. */
  readonly first: number | undefined;
}

export function validateEntries(entries: readonly (Pick<AgentEntry, "name" | "filePath"> | undefined)[]): readonly ValidationProblem[] {
  const names = new Map<string, number>();
  const paths = new Map<string, number>();
  return entries.flatMap((entry, index): readonly ValidationProblem[] => {
    if (entry === undefined) return [{ kind: "null-entry", reason: `invalid flowlog at index ${index}`, entry: index, first: undefined }];
    return [...once(names, entry.name, index, "name"), ...once(paths, entry.filePath, index, "path")];
  });
}

function once(seen: Map<string, number>, text: string, entry: number, what: "name" | "path"): readonly ValidationProblem[] {
  if (text === "") {
    return [{ kind: `no-${what}`, reason: `${what === "name" ? "name" : "filePath"} is required`, entry, first: undefined }];
  }
  const first = seen.get(text);
  if (first === undefined) seen.set(text, entry);
  return first === undefined ? [] : [{ kind: `double-${what}`, reason: `duplicated flowlog ${what} ${text}`, entry, first }];
}

/** Whether a run reads anything at all. */
import type { Config } from "./config.ts";

/** Demo data is no feed: it is made before anything is asked. */
export function hasFeeds({ files, stdin, agentLogs, relay }: Pick<Config, "files" | "stdin" | "agentLogs" | "relay">): boolean {
  return files.length > 0 || stdin || agentLogs !== undefined || relay !== undefined;
}

/** Whether a run reads anything at all. */

export interface FeedChoice {
  readonly files: readonly string[];
  readonly stdin: boolean;
  /** Undefined = not this one. */
  readonly agentLogs: object | undefined;
  readonly relays: readonly object[];
}

/** Demo data is no feed: it is made before anything is asked. */
export function hasFeeds({ files, stdin, agentLogs, relays }: FeedChoice): boolean {
  return files.length > 0 || stdin || agentLogs !== undefined || relays.length > 0;
}

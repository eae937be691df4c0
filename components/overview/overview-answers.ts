/** What the overview is made of. */
import type { Answer, GroupTable, Summary, Timeline } from "#lib/questions/answer.ts";

export interface OverviewAnswers {
  readonly summary: Answer<Summary>;
  readonly timeline: Answer<Timeline>;
  readonly senders: Answer<GroupTable>;
  readonly destinations: Answer<GroupTable>;
  readonly ports: Answer<GroupTable>;
  /** By workload and port; asked only where the ports may hold a scan. */
  readonly pairs: Answer<GroupTable> | undefined;
  /** Time of the nearest flow that the filter shows; asked only where the window holds none. */
  readonly nearest: string | undefined;
}

/** Rows of a ranked panel. */
export const PANEL_ROWS = 9;

/** When flows were that pages have shown of late: whoever opens one is spared a look at every line of many days. */
import { msOfTime, parseTime } from "#lib/flows/flow-time.ts";
import type { FlowRow } from "#lib/questions/answer.ts";

export interface SeenTimes {
  note(rows: readonly Pick<FlowRow, "id" | "time">[]): void;
  /** Milliseconds since 1970; undefined = not shown, or long ago. */
  timeOf(id: string): number | undefined;
}

const MOST = 20_000;

export function createSeenTimes(): SeenTimes {
  const times = new Map<string, string>();
  return {
    note(rows) {
      for (const { id, time } of rows) {
        times.delete(id);
        times.set(id, time);
      }
      for (const id of times.keys()) {
        if (times.size <= MOST) break;
        times.delete(id);
      }
    },
    timeOf(id) {
      const time = parseTime(times.get(id) ?? "");
      return time === undefined ? undefined : msOfTime(time);
    },
  };
}

/** What the live view asks for and gets: flows in the order they were stored, from a place on. Plain data, it crosses threads and the wire. */
import type { Filter } from "#lib/filters/filter.ts";
import type { FlowRow } from "./answer.ts";

export interface LiveQuestion {
  readonly filter: Filter;
  readonly text: string;
  /** Milliseconds since 1970: older flows are not shown. */
  readonly from: number;
  /** The mark of the last read; undefined = from now on. */
  readonly after: string | undefined;
  /** Rows at most; 0 = only count. */
  readonly limit: number;
  /** Milliseconds to wait for something to come. */
  readonly waitMs: number;
}

export interface LiveRead {
  /** In the order they were stored, the newest last. */
  readonly rows: readonly FlowRow[];
  /** Where this read ended. */
  readonly mark: string;
  /** Flows that the filter shows and that were left out because there were too many at once. */
  readonly skipped: number;
  /** The mark of before is not known any more: what lies between has to be read from the store. */
  readonly isBroken: boolean;
  /** Where feeds fill what another store does not have yet: ISO instant from which flows are not there, empty = it has all. Absent elsewhere. */
  readonly filledSince?: string;
}

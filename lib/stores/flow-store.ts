/**
 * A store answers questions. Two of them give the same answers (contract suite); neither throws what was to be expected. `gone` aborts when
 * nobody waits for the answer any more; a store may call its work off then.
 */
import type {
  Answer,
  Coverage,
  CoverageDetails,
  Facet,
  FlowDetail,
  FlowPage,
  GroupTable,
  Summary,
  Timeline,
} from "#lib/questions/answer.ts";
import type { FacetsQuestion, FlowsQuestion, GroupsQuestion, Question, TimelineQuestion } from "#lib/questions/question.ts";

export interface FlowStore {
  /** What the store is, for people: "DuckDB, ./data". */
  readonly name: string;
  /** Relative windows end at a multiple of this, in milliseconds; undefined = at the very instant. */
  readonly stepMs?: number | undefined;
  /** At the next multiple instead of the last, because flows of this very instant are there. */
  readonly stepsUp?: boolean;
  /** Coverage without a question: the span held, lines, feeds. Cheap; asked at every page. */
  status(gone?: AbortSignal): Promise<Answer<Coverage>>;
  summary(question: Question, gone?: AbortSignal): Promise<Answer<Summary>>;
  groups(question: GroupsQuestion, gone?: AbortSignal): Promise<Answer<GroupTable>>;
  timeline(question: TimelineQuestion, gone?: AbortSignal): Promise<Answer<Timeline>>;
  facets(question: FacetsQuestion, gone?: AbortSignal): Promise<Answer<readonly Facet[]>>;
  flows(question: FlowsQuestion, gone?: AbortSignal): Promise<Answer<FlowPage>>;
  /** By uuid, or by the id a row carries where the line has no uuid. */
  flow(id: string, gone?: AbortSignal): Promise<Answer<FlowDetail>>;
  coverage(question: Question, gone?: AbortSignal): Promise<Answer<CoverageDetails>>;
  /** The nearest stored flow at or around the window that the filter shows; undefined = none anywhere. */
  nearest(question: Question, gone?: AbortSignal): Promise<Answer<{ readonly time: string } | undefined>>;
  close(): Promise<void>;
}

/** A store that can forget. */
export interface Forgetful {
  /** Removes flows before this instant (milliseconds since 1970), as far as whole hours go, between two batches; answers how many. */
  forgetBefore(ms: number): Promise<number>;
  /** Removes the oldest flows, about this share of all (0 to 1); answers how many. */
  forgetOldest(share: number): Promise<number>;
  /** Bytes in use on disk; 0 = it lives in memory. */
  size(): Promise<number>;
}

/** A store that shows what another one does not have yet. */
export interface Filling {
  /** ISO instant from which flows are not there, as far as is known now; empty = it has all. Waits for nothing. */
  filledSince(): string;
}

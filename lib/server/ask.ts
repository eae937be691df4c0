/** From what stands in the address bar to questions a store can answer: the one place where clock, span and search meet. */
import type { Dimension, Grouping } from "#lib/flows/dimension.ts";
import type { Answer, Coverage } from "#lib/questions/answer.ts";
import type { FacetsQuestion, FlowsQuestion, GroupsQuestion, Question, TimelineQuestion } from "#lib/questions/question.ts";
import { resolveWindow } from "#lib/questions/resolve-window.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import { readSearch } from "#lib/url/read-search.ts";
import type { Params } from "#lib/url/read-search-with.ts";
import type { Search } from "#lib/url/search.ts";
import type { Unreadable } from "#lib/url/unreadable.ts";

export interface Asked {
  readonly search: Search;
  /** What the address bar said and could not be used; shown to the person. */
  readonly unreadable: readonly Unreadable[];
  /** Coverage without a question, or why the store cannot be asked at all. */
  readonly status: Answer<Coverage>;
  /** Milliseconds since 1970: the `now` of relative windows. */
  readonly now: number;
  /** Whether nobody chose the window, so that it follows what the store holds. */
  readonly windowChosen: boolean;
  /** Resolved window, filter and text: every question about this search starts from it. */
  readonly question: Question;
}

export interface Asking {
  readonly store: FlowStore;
  readonly now: number;
  /** Names of parameters the caller reads itself. */
  readonly alsoKnown?: readonly string[];
}

/** Never rejects. A window that cannot be resolved is named among the unreadable, and the default takes its place. */
export async function readAsked(params: Params, asking: Asking): Promise<Asked> {
  const { store } = asking;
  const now = steppedTo(asking.now, store);
  const { search, unreadable } = readSearch(params, asking.alsoKnown ?? []);
  const status = await store.status();
  const span = status.problem === undefined ? status.coverage.span : undefined;
  const chosen = resolveWindow(search.window, now, span);
  const { window } = chosen.problem === undefined ? chosen : resolveWindow(undefined, now, span);
  if (window === undefined) throw new Error("the default window always resolves");
  const field = chosen.problem?.field ?? "from";
  return {
    search,
    unreadable:
      chosen.problem === undefined
        ? unreadable
        : [...unreadable, { name: field, value: search.window?.[field] ?? "", why: `${chosen.problem.reason}.` }],
    status,
    now: store.stepsUp === true ? asking.now : now,
    windowChosen: search.window !== undefined && chosen.problem === undefined,
    question: { window, filter: search.filter, text: search.text },
  };
}

function steppedTo(now: number, { stepMs = 1, stepsUp = false }: FlowStore): number {
  return (stepsUp ? Math.ceil(now / stepMs) : Math.floor(now / stepMs)) * stepMs;
}

export interface GroupsWanted {
  readonly by: readonly Grouping[];
  readonly limit: number;
  readonly offset?: number;
  readonly sparkPoints?: number;
}

/** Rows in the order of the search. */
export function groupsQuestion({ question, search }: Asked, wanted: GroupsWanted): GroupsQuestion {
  return {
    ...question,
    by: wanted.by,
    order: search.order,
    descending: search.descending,
    offset: wanted.offset ?? 0,
    limit: wanted.limit,
    sparkPoints: wanted.sparkPoints ?? 0,
  };
}

/** The biggest first, whatever the search orders by: for panels beside the table. */
export function topQuestion(asked: Asked, wanted: GroupsWanted): GroupsQuestion {
  return { ...groupsQuestion(asked, wanted), order: "attempts", descending: true };
}

export function timelineQuestion({ question, search }: Asked, buckets: number): TimelineQuestion {
  return { ...question, buckets, split: search.split };
}

export function facetsQuestion(
  { question }: Asked,
  facets: readonly Dimension[],
  limit: number,
  search: FacetsQuestion["search"] = {},
): FacetsQuestion {
  return { ...question, facets, limit, search };
}

export function flowsQuestion({ question }: Asked, after: string | undefined, limit: number, newestFirst = true): FlowsQuestion {
  return { ...question, after, limit, newestFirst };
}

/** Asks everything the groups page shows: the outermost groups, what is in the opened ones, and how many combinations there are. */
import "server-only";
import { branchOf } from "#components/groups/branch-of.ts";
import { childrenAsk, pathId, reachable } from "#components/groups/group-path.ts";
import type { Branch } from "#components/groups/group-tree.ts";
import { BRANCHES_WITH_PAGE, CHILDREN_LIMIT, PAGE_LIMIT, SPARK_POINTS } from "#components/groups/limits.ts";
import type { Grouping } from "#lib/flows/dimension.ts";
import type { Answer, GroupTable } from "#lib/questions/answer.ts";
import { type Asked, groupsQuestion } from "#lib/server/ask.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";

export interface GroupAnswers {
  readonly first: Answer<GroupTable>;
  readonly branches: ReadonlyMap<string, Branch>;
  /** Undefined = not known, or one dimension. */
  readonly combinations: number | undefined;
  /** Time of the nearest flow, where nothing is in the window. */
  readonly nearest: string | undefined;
}

export async function askGroups(store: FlowStore, asked: Asked, by: readonly Grouping[]): Promise<GroupAnswers> {
  const open = reachable(asked.search.open, by.length).slice(0, BRANCHES_WITH_PAGE);
  const [first, combined, ...opened] = await Promise.all([
    store.groups(groupsQuestion(asked, { by: by.slice(0, 1), limit: PAGE_LIMIT, sparkPoints: SPARK_POINTS })),
    by.length > 1 ? store.groups(groupsQuestion(asked, { by, limit: 1 })) : undefined,
    ...open.map(async (parent): Promise<readonly [string, Branch]> => {
      const { filter, by: down } = childrenAsk(asked.search, by, parent);
      const question = groupsQuestion(asked, { by: down, limit: CHILDREN_LIMIT, sparkPoints: SPARK_POINTS });
      const answer = await store.groups({ ...question, filter });
      return [pathId(parent), answer.problem ? { is: "failed", problem: answer.problem } : branchOf(answer.answer, parent)];
    }),
  ]);
  const isEmpty = first.problem === undefined && first.answer.total === 0;
  const nearest = isEmpty ? await store.nearest(asked.question) : undefined;
  return { first, branches: new Map(opened), combinations: combined?.answer?.total, nearest: nearest?.answer?.time };
}

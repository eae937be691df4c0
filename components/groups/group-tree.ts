/** The rows of the table as a tree: groups, and the groups in those that are open. */
import type { GroupRow, Problem } from "#lib/questions/answer.ts";
import { type GroupPath, pathId, pathOf } from "./group-path.ts";

/** What is known of the groups in an opened one. */
export type Branch =
  | { readonly is: "rows"; readonly rows: readonly GroupRow[]; readonly total: number }
  | { readonly is: "loading" }
  | { readonly is: "failed"; readonly problem: Problem };

export type GroupNode =
  | {
      readonly is: "group";
      readonly id: string;
      readonly path: GroupPath;
      readonly row: GroupRow;
      readonly canOpen: boolean;
      readonly children: readonly GroupNode[];
    }
  | {
      readonly is: "note";
      readonly id: string;
      readonly path: GroupPath;
      readonly words: string;
      readonly problem: Problem | undefined;
      readonly children: readonly [];
    };

/** `depth` = number of dimensions. Only open groups carry children. */
export function groupTree(
  rows: readonly GroupRow[],
  branches: ReadonlyMap<string, Branch>,
  open: readonly GroupPath[],
  depth: number,
): readonly GroupNode[] {
  const openIds = new Set(open.map(pathId));
  const nodeOf = (row: GroupRow): GroupNode => {
    const path = pathOf(row);
    const id = pathId(path);
    const canOpen = path.length < depth;
    return { is: "group", id, path, row, canOpen, children: canOpen && openIds.has(id) ? childrenOf(path) : [] };
  };
  const note = (path: GroupPath, words: string, problem?: Problem): GroupNode => ({
    is: "note",
    id: `note ${pathId(path)}`,
    path,
    words,
    problem,
    children: [],
  });
  const childrenOf = (path: GroupPath): readonly GroupNode[] => {
    const branch = branches.get(pathId(path));
    if (branch === undefined || branch.is === "loading") return [note(path, "Reading the groups in it.")];
    if (branch.is === "failed") return [note(path, `${branch.problem.title} ${branch.problem.next}`, branch.problem)];
    if (branch.rows.length === 0) return [note(path, "Nothing is in it now.")];
    const nodes = branch.rows.map(nodeOf);
    const missing = branch.total - branch.rows.length;
    return missing > 0 ? [...nodes, note(path, `${missing.toLocaleString("en-US")} smaller ones are not shown.`)] : nodes;
  };
  return rows.map(nodeOf);
}

export function largestOf(rows: readonly GroupRow[]): number {
  return rows.reduce((largest, row) => Math.max(largest, row.attempts), 0);
}

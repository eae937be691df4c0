/** The groups inside an opened one, out of an answer about its dimensions and one more. */
import type { GroupTable } from "#lib/questions/answer.ts";
import { type GroupPath, isUnder } from "./group-path.ts";
import type { Branch } from "./group-tree.ts";

export function branchOf(table: GroupTable, parent: GroupPath): Branch {
  const rows = table.rows.filter((row) => isUnder(row, parent));
  return { is: "rows", rows, total: rows.length + Math.max(0, table.total - table.rows.length) };
}

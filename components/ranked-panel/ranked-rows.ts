/** From a grouped answer to the rows of a ranked panel: name, lighter detail, and where a click leads. */

import { withExcluded, withOnly } from "#lib/filters/edit-filter.ts";
import type { Filter } from "#lib/filters/filter.ts";
import type { Dimension } from "#lib/flows/dimension.ts";
import type { GroupRow } from "#lib/questions/answer.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";
import { type Folded, isScan, type Scan } from "./fold-scan.ts";
import { type RowName, rowName } from "./row-name.ts";

export interface RankedRow extends RowName {
  readonly id: string;
  readonly group: GroupRow;
  /** What a click, Alt-click and "Flows" open. A folded scan can only be opened. */
  readonly only: string;
  readonly exclude: string | undefined;
  readonly flows: string;
}

export function rankedRow(group: GroupRow, dimension: Dimension, search: Search): RankedRow {
  const value = group.key[0] ?? "";
  const to = (path: string, filter: Filter): string => hrefOf(path, { ...search, filter });
  return {
    ...rowName(group, dimension),
    id: `${dimension}:${value}`,
    group,
    only: to("/", withOnly(search.filter, dimension, value)),
    exclude: to("/", withExcluded(search.filter, dimension, value)),
    flows: to("/flows", withOnly(search.filter, dimension, value)),
  };
}

/** The first rows of a panel that may hold folded scans. */
export function rankedPorts(folded: Folded, search: Search, most: number): readonly RankedRow[] {
  return folded.rows.slice(0, most).map((row) => (isScan(row) ? scanRow(row, folded.isComplete, search) : rankedRow(row, "port", search)));
}

function scanRow(scan: Scan, isComplete: boolean, search: Search): RankedRow {
  const filter = withOnly(search.filter, "workload", scan.workload);
  return {
    id: `scan:${scan.workload}`,
    name: `${scan.ports.length}${isComplete ? "" : "+"} ports`,
    detail: "together",
    title: `Ports that only ${scan.workload} tried: ${scan.ports.slice(0, 12).join(", ")}${scan.ports.length > 12 ? " …" : ""}`,
    group: scan.row,
    only: hrefOf("/groups", { ...search, filter, by: ["workload", "port"] }),
    exclude: undefined,
    flows: hrefOf("/flows", { ...search, filter }),
  };
}

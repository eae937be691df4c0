/** From a grouped answer to the rows of a ranked panel: name, lighter detail, and where a click leads. */

import { withExcluded, withOnly } from "#lib/filters/edit-filter.ts";
import type { Filter } from "#lib/filters/filter.ts";
import type { Dimension } from "#lib/flows/dimension.ts";
import type { GroupRow } from "#lib/questions/answer.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";
import { type Folded, isScan, type Scan } from "./fold-scan.ts";
import { questionOf } from "./question-of.ts";
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
  const here = (filter: Filter): string => hrefOf("/", { ...search, filter });
  const only = withOnly(search.filter, dimension, value);
  return {
    ...rowName(group, dimension),
    id: `${dimension}:${value}`,
    group,
    only: here(only),
    exclude: here(withExcluded(search.filter, dimension, value)),
    flows: hrefOf("/flows", { ...questionOf(search), filter: only }),
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
    only: hrefOf("/groups", { ...questionOf(search), filter, by: ["workload", "port"] }),
    exclude: undefined,
    flows: hrefOf("/flows", { ...questionOf(search), filter }),
  };
}

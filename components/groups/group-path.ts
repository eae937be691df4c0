/** A group in the tree: the values from the first dimension down, the empty text for "has none". What its links and its children ask. */
import { criterionOfCell, withExcluded, withOnly } from "#lib/filters/edit-filter.ts";
import type { Clause, Filter } from "#lib/filters/filter.ts";
import type { Grouping } from "#lib/flows/dimension.ts";
import type { GroupRow } from "#lib/questions/answer.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";

export type GroupPath = readonly string[];

export function pathOf(row: GroupRow): GroupPath {
  return row.key.map((value) => value ?? "");
}

/** Unique per path, whatever the values hold. */
export function pathId(path: GroupPath): string {
  return JSON.stringify(path);
}

export function isUnder(row: GroupRow, parent: GroupPath): boolean {
  return parent.every((value, index) => (row.key[index] ?? "") === value);
}

/** This group and nothing else, the rest of the filter kept. */
export function onlyFilter(filter: Filter, by: readonly Grouping[], path: GroupPath): Filter {
  return cells(by, path).reduce((narrower, { criterion, value }) => withOnly(narrower, criterion, value), filter);
}

/** Everything but this group: an opened group is left out as the combination that it is. */
export function excludeFilter(filter: Filter, by: readonly Grouping[], path: GroupPath): Filter {
  const [only, ...more] = cells(by, path);
  if (only !== undefined && more.length === 0) return withExcluded(filter, only.criterion, only.value);
  const clause: Clause = Object.fromEntries(cells(by, path).map(({ criterion, value }) => [criterion, [value]]));
  return { ...filter, exclude: [...filter.exclude, clause] };
}

export interface GroupLinks {
  readonly only: string;
  readonly exclude: string;
  readonly flows: string;
}

export function groupLinks(search: Search, by: readonly Grouping[], path: GroupPath): GroupLinks {
  const here = { ...search, row: "", tab: "" };
  const only = onlyFilter(search.filter, by, path);
  return {
    only: hrefOf("/groups", { ...here, filter: only }),
    exclude: hrefOf("/groups", { ...here, filter: excludeFilter(search.filter, by, path) }),
    flows: hrefOf("/flows", { ...here, filter: only, by: [], open: [], columns: [], order: "attempts", descending: true }),
  };
}

/**
 * What the children of a group are asked with: the dimensions down to theirs, and a filter that leaves out most of the rest. The rows under
 * the parent are then picked by key (`isUnder`), which is exact; the filter only keeps the answer small, so it narrows where that is safe.
 */
export function childrenAsk(
  search: Search,
  by: readonly Grouping[],
  parent: GroupPath,
): { readonly filter: Filter; readonly by: readonly Grouping[] } {
  const filter = cells(by, parent).reduce(narrowed, search.filter);
  return { filter, by: by.slice(0, parent.length + 1) };
}

type Cell = ReturnType<typeof criterionOfCell>;

/** Two label keys are one criterion, whose values are alternatives; a comma inside one selector means "and". */
function cells(by: readonly Grouping[], path: GroupPath): readonly Cell[] {
  const all = path.flatMap((value, index) => {
    const grouping = by[index];
    return grouping === undefined ? [] : [criterionOfCell(grouping, value)];
  });
  const labels = all.filter(({ criterion }) => criterion === "source_label");
  const others = all.filter(({ criterion }) => criterion !== "source_label");
  const label = labels.map(({ value }) => value).join(",");
  return labels.length === 0 ? others : [...others, { criterion: "source_label", value: label }];
}

/** A criterion that a clause has already is left alone: its values are alternatives, and another one would widen it. */
function narrowed(filter: Filter, { criterion, value }: Cell): Filter {
  const include = filter.include.length === 0 ? [{}] : filter.include;
  return { ...filter, include: include.map((clause) => (clause[criterion] === undefined ? { ...clause, [criterion]: [value] } : clause)) };
}

/** The opened groups whose parents are open too, parents first. */
export function reachable(open: readonly GroupPath[], depth: number): readonly GroupPath[] {
  const ids = new Set(open.map(pathId));
  return open
    .filter((path) => path.length < depth && path.every((_, index) => ids.has(pathId(path.slice(0, index + 1)))))
    .toSorted((a, b) => a.length - b.length);
}

/** Closing a group closes what is in it. */
export function toggled(open: readonly GroupPath[], path: GroupPath): readonly GroupPath[] {
  const id = pathId(path);
  if (!open.some((one) => pathId(one) === id)) return [...open, path];
  return open.filter((one) => !path.every((value, index) => one[index] === value));
}

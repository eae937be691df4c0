/** What a session is about, in four aspects: each is a combination of ids, and most questions look at one of them at a time. */
import type { DimensionView } from "./dimension-view.ts";

/** Ids that go together, so that an aspect has far fewer combinations than there are sessions. The event is in each: reasons are counted with everything. */
export const ASPECT_COLUMNS = {
  rule: ["grp", "policies", "event"],
  port: ["dport", "event"],
  from: ["sender", "sip", "node", "event"],
  towards: ["place", "event"],
} as const;

export type Aspect = keyof typeof ASPECT_COLUMNS;
export type AspectColumn = (typeof ASPECT_COLUMNS)[Aspect][number];

/** Fewest combinations first: what is summed per combination should fit into the processor's caches. */
export const ASPECTS = ["port", "from", "rule", "towards"] as const satisfies readonly Aspect[];

/** -1 when the aspect lacks the column. */
export function indexIn(aspect: Aspect, column: string): number {
  const columns: readonly string[] = ASPECT_COLUMNS[aspect];
  return columns.indexOf(column);
}

/** The aspect that has all of the columns, if there is one; events alone are told by the one that has the fewest combinations. */
export function aspectWith(columns: readonly string[]): Aspect | undefined {
  return ASPECTS.find((aspect) => columns.every((column) => indexIn(aspect, column) >= 0));
}

/** As few aspects as have all of the columns, with the places of the columns that each is asked for. */
export function aspectsFor(columns: readonly string[]): ReadonlyMap<Aspect, readonly number[]> {
  const one = aspectWith(columns);
  if (one) return new Map([[one, columns.map((_, place) => place)]]);
  const found = new Map<Aspect, number[]>();
  const take = (aspect: Aspect, place: number): void => {
    found.set(aspect, [...(found.get(aspect) ?? []), place]);
  };
  for (const [place, column] of columns.entries()) {
    const aspect = column === "event" ? undefined : aspectWith([column]);
    if (aspect) take(aspect, place);
  }
  const [first = "rule"] = found.keys();
  for (const [place, column] of columns.entries()) if (column === "event") take(first, place);
  return found;
}

/** The column of an aspect that a view reads, and what it makes of its ids. */
export interface ViewColumn {
  readonly column: string;
  codeOf(id: number): number;
}

/** Groups are kept as a code of their own, because there are far fewer of them than places. */
export function columnOfView(view: DimensionView): ViewColumn {
  return view.column === "grp" ? { column: "grp", codeOf: view.codeOfColumn } : { column: view.partColumn, codeOf: view.codeOfPart };
}

/** The column of the aspect that tells the view, if there is one: a group is told by its place too. */
export function columnIn(aspect: Aspect, view: DimensionView): ViewColumn | undefined {
  const own = columnOfView(view);
  if (indexIn(aspect, own.column) >= 0) return own;
  return indexIn(aspect, view.partColumn) >= 0 ? { column: view.partColumn, codeOf: view.codeOfPart } : undefined;
}

export const EVENT_COLUMN: ViewColumn = { column: "event", codeOf: (id) => id };

/** The columns of the groups table: names, widths, and which are shown before a person chooses. */
import type { GroupOrder } from "#lib/questions/question.ts";
import type { ColumnChoice } from "#lib/url/read-columns.ts";

const IDS = ["key", "share", "attempts", "packets", "pods", "addresses", "change", "spark", "first", "last"] as const;
export type GroupColumnId = (typeof IDS)[number];

export interface GroupColumn {
  readonly id: GroupColumnId;
  readonly title: string;
  /** Pixels, unless a person chose others. The key takes the room that is left. */
  readonly width: number;
  readonly isNumeric?: boolean;
  /** What a click on the head orders by. */
  readonly order?: GroupOrder;
}

export const GROUP_COLUMNS: readonly GroupColumn[] = [
  { id: "key", title: "Group", width: 320, order: "key" },
  { id: "share", title: "Share by reason", width: 136 },
  { id: "attempts", title: "Attempts", width: 78, isNumeric: true, order: "attempts" },
  { id: "packets", title: "Packets", width: 88, isNumeric: true, order: "packets" },
  { id: "pods", title: "Pods", width: 64, isNumeric: true, order: "pods" },
  { id: "addresses", title: "Addresses", width: 78, isNumeric: true, order: "addresses" },
  { id: "change", title: "Change", width: 74, isNumeric: true, order: "change" },
  { id: "spark", title: "Window", width: 104 },
  { id: "first", title: "First", width: 56, isNumeric: true, order: "first" },
  { id: "last", title: "Last", width: 62, isNumeric: true, order: "last" },
];

export const DEFAULT_GROUP_COLUMNS: readonly ColumnChoice[] = GROUP_COLUMNS.map(({ id }) => ({ id }));

const BY_ID: ReadonlyMap<string, GroupColumn> = new Map(GROUP_COLUMNS.map((column) => [column.id, column]));

export function groupColumn(id: string): GroupColumn | undefined {
  return BY_ID.get(id);
}

/** The chosen columns that exist, the key always among them; the usual ones where none was chosen. */
export function shownGroupColumns(chosen: readonly ColumnChoice[]): readonly ColumnChoice[] {
  const known = chosen.filter(({ id }) => BY_ID.has(id));
  if (known.length === 0) return DEFAULT_GROUP_COLUMNS;
  return known.some(({ id }) => id === "key") ? known : [{ id: "key" }, ...known];
}

/** Names in the address bar that are no column of this table. */
export function strangeGroupColumns(chosen: readonly ColumnChoice[]): readonly string[] {
  return chosen.map(({ id }) => id).filter((id) => !BY_ID.has(id));
}

/** As it goes into the address bar: nothing where it is the usual choice. */
export function groupChoiceToKeep(columns: readonly ColumnChoice[]): readonly ColumnChoice[] {
  const isUsual =
    columns.length === DEFAULT_GROUP_COLUMNS.length &&
    columns.every(({ id, width }, index) => id === DEFAULT_GROUP_COLUMNS[index]?.id && width === undefined);
  return isUsual ? [] : columns;
}

/** Below this the key's column is no use; the table scrolls sideways instead. */
const LEAST_KEY_WIDTH = 220;

/** The tracks of the grid that head and rows share, and the least that all of them need, in pixels. */
export function groupTracks(columns: readonly ColumnChoice[]): { readonly tracks: string; readonly least: number } {
  const widths = columns.map(({ id, width }) => {
    if (width !== undefined) return { track: `${width}px`, least: width };
    if (id === "key") return { track: `minmax(${LEAST_KEY_WIDTH}px, 1fr)`, least: LEAST_KEY_WIDTH };
    const usual = BY_ID.get(id)?.width ?? 80;
    return { track: `${usual}px`, least: usual };
  });
  return { tracks: widths.map(({ track }) => track).join(" "), least: widths.reduce((sum, { least }) => sum + least, 0) };
}

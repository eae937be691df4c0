/** The columns of the flow list, and what a person's choice of them in the address bar means. */
import { MIN_WIDTH } from "#components/grid/column-width.ts";
import type { ColumnChoice } from "#lib/url/read-columns.ts";

export interface FlowColumn {
  readonly id: FlowColumnId;
  readonly title: string;
  /** Pixels, unless a person chose others. */
  readonly width: number;
  readonly isNumeric?: boolean;
  /** Shares the room that is left, from its width on, until a person gives it another. */
  readonly isFlexible?: boolean;
}

const IDS = [
  "time",
  "sender",
  "destination",
  "reason",
  "packets",
  "workload",
  "namespace",
  "source",
  "group",
  "name",
  "port",
  "protocol",
  "policy",
  "node",
  "code",
  "event",
] as const;
export type FlowColumnId = (typeof IDS)[number];

export const FLOW_COLUMNS: readonly FlowColumn[] = [
  { id: "time", title: "Time", width: 148 },
  { id: "sender", title: "Sender", width: 200, isFlexible: true },
  { id: "destination", title: "Destination", width: 216, isFlexible: true },
  { id: "reason", title: "Reason", width: 124 },
  { id: "packets", title: "Packets", width: 72, isNumeric: true },
  { id: "workload", title: "Workload", width: 180 },
  { id: "namespace", title: "Namespace", width: 132 },
  { id: "source", title: "Source address", width: 172 },
  { id: "group", title: "Destination group", width: 188 },
  { id: "name", title: "DNS name", width: 188 },
  { id: "port", title: "Port", width: 120 },
  { id: "protocol", title: "Protocol", width: 88 },
  { id: "policy", title: "Policy", width: 188 },
  { id: "node", title: "Node", width: 210 },
  { id: "code", title: "Drop reason", width: 172 },
  { id: "event", title: "Event", width: 104 },
];

export const DEFAULT_COLUMNS: readonly ColumnChoice[] = [
  { id: "time" },
  { id: "sender" },
  { id: "destination" },
  { id: "reason" },
  { id: "packets" },
];

const BY_ID: ReadonlyMap<string, FlowColumn> = new Map(FLOW_COLUMNS.map((column) => [column.id, column]));

export function flowColumn(id: string): FlowColumn | undefined {
  return BY_ID.get(id);
}

/** The chosen columns that exist; the usual ones where none is chosen or none of the chosen exists. */
export function shownColumns(chosen: readonly ColumnChoice[]): readonly ColumnChoice[] {
  const known = chosen.filter((choice) => BY_ID.has(choice.id));
  return known.length === 0 ? DEFAULT_COLUMNS : known;
}

/** Names in the address bar that are no column of the flow list. */
export function strangeColumns(chosen: readonly ColumnChoice[]): readonly string[] {
  return chosen.map((choice) => choice.id).filter((id) => !BY_ID.has(id));
}

/** As it goes into the address bar: nothing where it is the usual choice. */
export function choiceToKeep(columns: readonly ColumnChoice[]): readonly ColumnChoice[] {
  const usual =
    columns.length === DEFAULT_COLUMNS.length &&
    columns.every((choice, index) => choice.id === DEFAULT_COLUMNS[index]?.id && choice.width === undefined);
  return usual ? [] : columns;
}

export function withColumn(columns: readonly ColumnChoice[], id: string, isShown: boolean): readonly ColumnChoice[] {
  if (isShown) return columns.some((choice) => choice.id === id) ? columns : [...columns, { id }];
  const left = columns.filter((choice) => choice.id !== id);
  return left.length === 0 ? columns : left;
}

/** One place to the left or right; stays where it is at the end. */
export function withMoved(columns: readonly ColumnChoice[], id: string, step: -1 | 1): readonly ColumnChoice[] {
  const from = columns.findIndex((choice) => choice.id === id);
  const moved = columns[from];
  const neighbour = columns[from + step];
  if (moved === undefined || neighbour === undefined) return columns;
  return columns.map((choice, index) => (index === from ? neighbour : index === from + step ? moved : choice));
}

/** Pixels below which the table scrolls sideways inside its frame. */
export function leastWidth(columns: readonly ColumnChoice[]): number {
  return columns.reduce((sum, { id, width }) => sum + (width ?? BY_ID.get(id)?.width ?? MIN_WIDTH), 0);
}

/** The tracks of the grid that head and rows share. A table without a flexible column ends in an empty track that takes the rest. */
export function gridTracks(columns: readonly ColumnChoice[]): string {
  const tracks = columns.map(({ id, width }) => {
    const column = BY_ID.get(id);
    if (width !== undefined || column === undefined) return `${width ?? 120}px`;
    return column.isFlexible === true ? `minmax(${column.width}px, 1fr)` : `${column.width}px`;
  });
  return tracks.some((track) => track.includes("fr")) ? tracks.join(" ") : `${tracks.join(" ")} minmax(0, 1fr)`;
}

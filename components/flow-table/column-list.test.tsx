import { describe, expect, it } from "vitest";
import { MAX_WIDTH, MIN_WIDTH, withWidth } from "#components/grid/column-width.ts";
import {
  choiceToKeep,
  DEFAULT_COLUMNS,
  FLOW_COLUMNS,
  gridTracks,
  leastWidth,
  shownColumns,
  strangeColumns,
  withColumn,
  withMoved,
} from "./column-list.ts";

const ids = (columns: readonly { readonly id: string }[]): string => columns.map((column) => column.id).join(" ");

describe("columns of the flow list", () => {
  it("are the usual ones until a person chooses", () => {
    expect(shownColumns([])).toBe(DEFAULT_COLUMNS);
    expect(shownColumns([{ id: "nonsense" }])).toBe(DEFAULT_COLUMNS);
    expect(ids(shownColumns([{ id: "port" }, { id: "nonsense" }, { id: "time" }]))).toBe("port time");
    expect(strangeColumns([{ id: "port" }, { id: "nonsense" }])).toEqual(["nonsense"]);
  });

  it("leave the address bar alone while they are the usual ones", () => {
    expect(choiceToKeep(DEFAULT_COLUMNS)).toEqual([]);
    expect(choiceToKeep(withWidth(DEFAULT_COLUMNS, "time", 150))).toHaveLength(5);
    expect(choiceToKeep(withMoved(DEFAULT_COLUMNS, "time", 1))).toHaveLength(5);
  });

  it("come and go, but the last one stays", () => {
    expect(ids(withColumn(DEFAULT_COLUMNS, "node", true))).toBe("time sender destination reason packets node");
    expect(withColumn(DEFAULT_COLUMNS, "time", true)).toBe(DEFAULT_COLUMNS);
    expect(ids(withColumn(DEFAULT_COLUMNS, "sender", false))).toBe("time destination reason packets");
    expect(withColumn([{ id: "time" }], "time", false)).toEqual([{ id: "time" }]);
  });

  it("move one place and not past the ends", () => {
    expect(ids(withMoved(DEFAULT_COLUMNS, "sender", -1))).toBe("sender time destination reason packets");
    expect(withMoved(DEFAULT_COLUMNS, "time", -1)).toBe(DEFAULT_COLUMNS);
    expect(withMoved(DEFAULT_COLUMNS, "packets", 1)).toBe(DEFAULT_COLUMNS);
    expect(withMoved(DEFAULT_COLUMNS, "nonsense", 1)).toBe(DEFAULT_COLUMNS);
  });

  it("have widths within reason", () => {
    expect(withWidth([{ id: "time" }], "time", 3)).toEqual([{ id: "time", width: MIN_WIDTH }]);
    expect(withWidth([{ id: "time" }], "time", 1e6)).toEqual([{ id: "time", width: MAX_WIDTH }]);
    expect(withWidth([{ id: "time" }], "time", 130.4)).toEqual([{ id: "time", width: 130 }]);
  });

  it("fill the table with the flexible one, or with nothing", () => {
    expect(gridTracks(DEFAULT_COLUMNS)).toBe("148px minmax(200px, 1fr) minmax(216px, 1fr) 124px 72px");
    expect(gridTracks([{ id: "time" }, { id: "sender", width: 240 }])).toBe("148px 240px minmax(0, 1fr)");
  });

  it("need a least width before the table scrolls sideways", () => {
    expect(leastWidth(DEFAULT_COLUMNS)).toBe(148 + 200 + 216 + 124 + 72);
    expect(leastWidth([{ id: "sender", width: 500 }])).toBe(500);
  });

  it("have one name each", () => {
    expect(new Set(FLOW_COLUMNS.map((column) => column.id)).size).toBe(FLOW_COLUMNS.length);
    expect(new Set(FLOW_COLUMNS.map((column) => column.title)).size).toBe(FLOW_COLUMNS.length);
  });
});

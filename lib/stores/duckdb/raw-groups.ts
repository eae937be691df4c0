/** A slice's plain sessions summed by what a grouping needs, before groups are made of them. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { aspectsFor, columnOfView, EVENT_COLUMN } from "./aspects.ts";
import { select } from "./database.ts";
import type { DimensionView } from "./dimension-view.ts";
import { splitInstants } from "./instant.ts";
import type { MirrorPlain } from "./mirror-slice.ts";
import { sumRows } from "./mirror-sums.ts";
import { type CodeKeys, keysOfCodes, pairKeys } from "./row-keys.ts";
import { FRESH } from "./schema.ts";
import type { Slice, SqlPlain } from "./slice.ts";
import { sumAspect } from "./sum-aspect.ts";
import type { Sums } from "./sums.ts";
import { codesOf, eventsOf } from "./view-codes.ts";

export interface RawGroups {
  readonly sums: Sums;
  /** Where the codes and the event of a sum are; undefined = at its own number. */
  readonly at: Int32Array | undefined;
  /** Codes of each view's values. */
  readonly codes: readonly Int32Array[];
  readonly events: Int32Array;
}

/** Undefined where the slice has no plain sessions. */
export async function rawGroups(
  connection: DuckDBConnection,
  { plain }: Slice,
  views: readonly DimensionView[],
): Promise<RawGroups | undefined> {
  if (plain?.is === "mirror") return sumMirror(plain, views);
  return plain && sumSql(connection, plain, views);
}

function sumMirror(plain: MirrorPlain, views: readonly DimensionView[]): RawGroups {
  const columns = [...views.map(columnOfView), EVENT_COLUMN];
  const aspects = aspectsFor(columns.map(({ column }) => column));
  const [aspect = "rule"] = aspects.keys();
  if (aspects.size === 1) {
    const sums = sumAspect(plain, aspect);
    const codes = views.map((view) => codesOf(plain.mirror, aspect, view).codes);
    return { sums, at: sums.combination, codes, events: eventsOf(plain.mirror, aspect) };
  }
  const rows = plain.all();
  const parts = [...aspects].map(([one, places]) => ({
    places,
    keys: keysOfCodes(
      rows,
      one,
      places.map((place) => columns[place] ?? EVENT_COLUMN),
    ),
  }));
  const keys = parts.map((part) => part.keys).reduce<CodeKeys | undefined>((one, other) => (one ? pairKeys(one, other) : other), undefined);
  if (keys === undefined) throw new Error("a grouping reads at least the event");
  const order = parts.flatMap((part) => part.places);
  const codesAt = (place: number): Int32Array => keys.codes[order.indexOf(place)] ?? new Int32Array(0);
  return { sums: sumRows(rows, keys, true), at: undefined, codes: views.map((_, place) => codesAt(place)), events: codesAt(views.length) };
}

async function sumSql(connection: DuckDBConnection, plain: SqlPlain, views: readonly DimensionView[]): Promise<RawGroups> {
  const columns = [...new Set([...views.map((view) => view.column), "event"])];
  const list = columns.map((name) => `s."${name}"`).join(", ");
  const found = await select(
    connection,
    `SELECT ${list}, sum((s.kind = ${FRESH})::INTEGER)::DOUBLE, sum(s.packets)::DOUBLE, min(s.first), max(s.last)
     FROM sessions s WHERE ${plain.sql} GROUP BY ${list}`,
    plain.values,
  );
  const at = columns.length;
  const column = (name: string, codeOf: (id: number) => number): Int32Array =>
    Int32Array.from(found.ints(columns.indexOf(name)), (id: number) => codeOf(id));
  const [first, last] = [splitInstants(found.bigs(at + 2)), splitInstants(found.bigs(at + 3))];
  return {
    sums: {
      count: found.count,
      attempts: found.floats(at),
      packets: found.floats(at + 1),
      firstMs: first.ms,
      firstNs: first.ns,
      lastMs: last.ms,
      lastNs: last.ns,
      lastRow: undefined,
    },
    at: undefined,
    codes: views.map((view) => column(view.column, view.codeOfColumn)),
    events: column("event", (id) => id),
  };
}

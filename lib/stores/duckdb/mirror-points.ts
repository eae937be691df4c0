/** Attempts of a slice of the mirror by series and time bucket. */
import { type Buckets, bucketAt } from "#lib/questions/bucket-width.ts";
import type { DimensionView } from "./dimension-view.ts";
import type { MirrorPlain } from "./mirror-slice.ts";
import { rollupOf } from "./rollups.ts";
import type { RowColumns } from "./row-lists.ts";
import { FRESH } from "./schema.ts";
import { aspectOfView, codesOf } from "./view-codes.ts";

/** Fresh attempts of the mirror by series and bucket; a series that is none counts behind the last one. */
export function pointsOf(
  plain: MirrorPlain,
  buckets: Buckets,
  view: DimensionView | undefined,
  seriesOf: (code: number) => number,
  count: number,
): Float64Array {
  const { mirror } = plain;
  const aspect = view ? aspectOfView(view) : "rule";
  const of = mirror.of[aspect];
  /** By combination: where its series begins. */
  const starts = view
    ? startsOf(codesOf(mirror, aspect, view), seriesOf, count, buckets.count)
    : new Int32Array(mirror.combinations[aspect].size);
  const points = new Float64Array((count + 1) * buckets.count);
  if (aspect === "rule" && (view === undefined || view.partColumn === "event")) {
    const { values, width } = mirror.combinations.rule;
    const startOf = new Int32Array(plain.events.length);
    for (let rule = 0; rule < starts.length; rule++) startOf[values[rule * width + width - 1] ?? 0] = starts[rule] ?? 0;
    addSegments(points, plain, buckets, startOf, of, starts);
    for (const { columns, fresh } of plain.loose) addRows(points, columns, fresh, buckets, columns.of.rule, starts);
  } else {
    const lists = plain.segments.length === 0 ? plain.loose : [plain.all()];
    for (const { columns, fresh } of lists) addRows(points, columns, fresh, buckets, columns.of[aspect], starts);
  }
  return points;
}

function startsOf(
  { codes, width }: { readonly codes: Int32Array; readonly width: number },
  seriesOf: (code: number) => number,
  none: number,
  length: number,
): Int32Array {
  const ofCode = Int32Array.from({ length: width }, (_, code) => {
    const series = seriesOf(code);
    return (series < 0 ? none : series) * length;
  });
  return codes.map((code) => ofCode[code] ?? 0);
}

function addRows(
  points: Float64Array,
  { firstMs }: RowColumns,
  rows: Uint32Array,
  buckets: Buckets,
  of: Uint32Array,
  starts: Int32Array,
): void {
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    const point = (starts[of[row] ?? 0] ?? 0) + bucketAt(buckets, firstMs[row] ?? 0);
    points[point] = (points[point] ?? 0) + 1;
  }
}

/** Blocks that lie in one bucket are counted as they are, rows of the others one by one. `startOf`: by event, as `starts` by combination. */
function addSegments(
  points: Float64Array,
  { mirror, segments, events }: MirrorPlain,
  buckets: Buckets,
  startOf: Int32Array,
  of: Uint32Array,
  starts: Int32Array,
): void {
  const { segmentRows, blockRows, blockFirst, blockLast, kind } = mirror;
  const { values, width } = mirror.combinations.rule;
  const perSegment = segmentRows / blockRows;
  for (const segment of segments) {
    const rollup = rollupOf(mirror, segment);
    for (let index = 0; index < perSegment; index++) {
      const block = segment * perSegment + index;
      const bucket = bucketAt(buckets, blockFirst[block] ?? 0);
      if (bucket === bucketAt(buckets, blockLast[block] ?? 0)) {
        for (let event = 0; event < rollup.events; event++) {
          if (events[event] !== 1) continue;
          const point = (startOf[event] ?? 0) + bucket;
          points[point] = (points[point] ?? 0) + (rollup.perBlock[index * rollup.events + event] ?? 0);
        }
        continue;
      }
      const rows = new Uint32Array(blockRows);
      let count = 0;
      for (let row = block * blockRows; row < (block + 1) * blockRows; row++) {
        if (kind[row] !== FRESH || events[values[(of[row] ?? 0) * width + width - 1] ?? 0] !== 1) continue;
        rows[count] = row;
        count += 1;
      }
      addRows(points, mirror, rows.subarray(0, count), buckets, of, starts);
    }
  }
}

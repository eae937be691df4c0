/** Attempts of a slice of the mirror by series and time bucket. */
import { type Buckets, bucketAt } from "#lib/questions/bucket-width.ts";
import type { Aspect } from "./aspects.ts";
import type { DimensionView } from "./dimension-view.ts";
import { beginningsOf, type Mirror } from "./mirror.ts";
import { combinationsPassing, type MirrorPlain } from "./mirror-slice.ts";
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
  const eventTells = view === undefined || view.partColumn === "event";
  const aspect = eventTells ? "rule" : aspectOfView(view);
  /** By combination: where its series begins. */
  const starts = view
    ? startsOf(codesOf(mirror, aspect, view), seriesOf, count, buckets.count)
    : new Int32Array(mirror.combinations[aspect].size);
  const points = new Float64Array((count + 1) * buckets.count);
  if (eventTells) {
    const { values, width } = mirror.combinations.rule;
    const startOf = new Int32Array(plain.events.length);
    for (let rule = 0; rule < starts.length; rule++) startOf[values[rule * width + width - 1] ?? 0] = starts[rule] ?? 0;
    addEvents(points, plain, buckets, startOf, starts);
  } else addSegments(points, plain, buckets, aspect, starts);
  for (const { columns, fresh } of plain.loose) addRows(points, columns, fresh, buckets, columns.of[aspect], starts);
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

/** Blocks that begin in one bucket are counted as they are, rows of the others one by one. `startOf`: by event, as `starts` by combination. */
function addEvents(
  points: Float64Array,
  { mirror, segments, events, rulePasses }: MirrorPlain,
  buckets: Buckets,
  startOf: Int32Array,
  starts: Int32Array,
): void {
  const { segmentRows, blockRows, blockFirst, blockBegun } = mirror;
  const perSegment = segmentRows / blockRows;
  for (const segment of segments) {
    const rollup = rollupOf(mirror, segment);
    for (let index = 0; index < perSegment; index++) {
      const block = segment * perSegment + index;
      const bucket = bucketAt(buckets, blockFirst[block] ?? 0);
      if (bucket !== bucketAt(buckets, blockBegun[block] ?? 0)) {
        addBlock(points, mirror, block, buckets, "rule", starts, rulePasses);
        continue;
      }
      for (let event = 0; event < rollup.events; event++) {
        if (events[event] !== 1) continue;
        const point = (startOf[event] ?? 0) + bucket;
        points[point] = (points[point] ?? 0) + (rollup.perBlock[index * rollup.events + event] ?? 0);
      }
    }
  }
}

/** Segments that begin in one bucket are counted by their sums, rows of the others one by one. */
function addSegments(points: Float64Array, plain: MirrorPlain, buckets: Buckets, aspect: Aspect, starts: Int32Array): void {
  const { mirror, segments } = plain;
  const passes = combinationsPassing(plain, aspect);
  const perSegment = mirror.segmentRows / mirror.blockRows;
  for (const segment of segments) {
    const { firstMs, begunMs } = beginningsOf(mirror, segment);
    const bucket = bucketAt(buckets, firstMs);
    if (bucket !== bucketAt(buckets, begunMs)) {
      for (let index = 0; index < perSegment; index++)
        addBlock(points, mirror, segment * perSegment + index, buckets, aspect, starts, passes);
      continue;
    }
    const { combination, attempts } = rollupOf(mirror, segment).sums[aspect];
    for (let key = 0; key < combination.length; key++) {
      const one = combination[key] ?? 0;
      if (passes[one] !== 1) continue;
      const point = (starts[one] ?? 0) + bucket;
      points[point] = (points[point] ?? 0) + (attempts[key] ?? 0);
    }
  }
}

/** FRESH rows of a block. */
function addBlock(
  points: Float64Array,
  { kind, firstMs, blockRows, of: aspects }: Mirror,
  block: number,
  buckets: Buckets,
  aspect: Aspect,
  starts: Int32Array,
  passes: Uint8Array,
): void {
  const of = aspects[aspect];
  for (let row = block * blockRows; row < (block + 1) * blockRows; row++) {
    const one = of[row] ?? 0;
    if (kind[row] !== FRESH || passes[one] !== 1) continue;
    const point = (starts[one] ?? 0) + bucketAt(buckets, firstMs[row] ?? 0);
    points[point] = (points[point] ?? 0) + 1;
  }
}

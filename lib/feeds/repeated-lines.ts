/**
 * Knows lines that repeat one met lately but for their time and uuid, by their bytes, without making texts of them. Every byte is compared;
 * what is read of such a line is read the way the decoder does.
 */
import type { LineRepeat } from "#lib/decode/line-repeat.ts";
import { ownCopy } from "#lib/decode/line-text.ts";
import { PlainHoles } from "#lib/decode/plain-holes.ts";
import { AT } from "#lib/flows/flow-columns.ts";
import type { FlowRows } from "#lib/flows/flow-rows.ts";

/** What stands around time and uuid. */
interface Layout {
  readonly headed: boolean;
  readonly beforeTime: string;
  readonly beforeUuid: string;
  /** The longest beginning of a line that ends with its uuid. */
  readonly length: number;
}

interface Known {
  layout: Layout | undefined;
  dictionary: FlowRows["dictionary"] | undefined;
  /** Place of what follows the uuid, among all bytes ever kept; its length up to the second time, and the rest behind that. */
  at: number;
  middle: number;
  hasSecond: boolean;
  tailAt: number;
  tail: number;
  /** The row's model. */
  tuple: Int32Array;
  length: number;
  shape: number;
  short: number;
  own: readonly string[];
  /** The model's number in a batch, -1 = not yet in any, and how its time is written. */
  batch: number;
  isShort: boolean;
  model: number;
}

/** Some hundred lines, more than connections that retry at the same time on most nodes; two in one place do no harm. */
const PLACES = 2048;
/** What is looked at again should still be in the processor's cache: with 16 MB nothing was gained. */
const KEPT_BYTES = 1 << 20;
const LINE_MAX = 16_384;
const HEAD_MAX = 48;
const TIME_MAX = 30;
const UUID_LENGTH = 36;
const NEWLINE = 10;
const SPACE = 0x20;
const BRACE = 0x7b;
/** What tells connections apart (addresses, ports) stands at most so far behind the uuid, in four stretches. */
const LANE = 72;

export class RepeatedLines {
  private readonly kept = Buffer.allocUnsafeSlow(KEPT_BYTES);
  /** Bytes ever kept, and those left out at the end of a round. */
  private written = 0;
  private readonly places: (Known | undefined)[] = Array.from({ length: PLACES }, () => undefined);
  private readonly plain = new PlainHoles();
  private layout: Layout | undefined;
  private view: DataView = new DataView(this.kept.buffer);
  /** The place of the line asked for last, until it is learnt; -1 = not known. */
  private asked = -1;

  /** Makes a row of the line at `from` if it is known; answers its length with its newline, 0 when only the decoder can tell what it is. */
  take(bytes: Buffer, from: number, to: number, rows: FlowRows): number {
    const { layout, plain } = this;
    if (layout === undefined || !mayBegin(layout, bytes, from)) return 0;
    const head = bytes.toString("latin1", from, Math.min(to, from + layout.length));
    plain.begin(head);
    const headEnd = layout.headed ? plain.read("headTime", 0) : 0;
    const timeAt = headEnd + layout.beforeTime.length;
    if (headEnd < 0 || head.slice(headEnd, timeAt) !== layout.beforeTime) return 0;
    const timeEnd = plain.read("time", timeAt);
    const uuidAt = timeEnd + layout.beforeUuid.length;
    if (timeEnd < 0 || head.slice(timeEnd, uuidAt) !== layout.beforeUuid || plain.read("uuid", uuidAt) < 0) return 0;
    const start = from + uuidAt + UUID_LENGTH;
    if (start + LANE * 4 >= to) return 0;
    this.asked = placeOf(this.viewOf(bytes), start);
    const known = this.places[this.asked];
    if (known === undefined || known.layout !== layout || known.dictionary !== rows.dictionary) return 0;
    const end = this.endOf(known, bytes, start, to, from + timeAt, timeEnd - timeAt);
    if (end < 0) return 0;
    rows.addRow(modelIn(rows, known, plain.isShortTime), plain.uuid);
    rows.setTimeWords(plain.secondLow, plain.secondHigh, plain.nanos);
    if (layout.headed) rows.addOwn(plain.text);
    for (const text of known.own) rows.addOwn(text);
    return end + 1 - from;
  }

  /** A line that just became a row. */
  learn(line: string, repeat: LineRepeat, rows: FlowRows): void {
    const start = repeat.uuidStart + UUID_LENGTH;
    if (line.length > LINE_MAX || start + LANE * 4 > line.length) return;
    const at = this.keep(line) + start;
    const place = this.asked >= 0 ? this.asked : placeOf(this.viewOf(this.kept), at % KEPT_BYTES);
    this.asked = -1;
    const known = this.places[place] ?? newKnown();
    this.places[place] = known;
    const second = repeat.sameStart < 0 ? line.length : repeat.sameStart;
    const tail = repeat.sameStart < 0 ? line.length : second + repeat.timeEnd - repeat.timeStart;
    known.layout = this.layoutOf(line, repeat);
    known.dictionary = rows.dictionary;
    known.at = at;
    known.middle = second - start;
    known.hasSecond = repeat.sameStart >= 0;
    known.tailAt = at + tail - start;
    known.tail = line.length - tail;
    if (known.tuple.length < repeat.length) known.tuple = new Int32Array(repeat.length);
    const { tuple } = known;
    for (let index = 0; index < repeat.length; index++) tuple[index] = repeat.tuple[index] ?? 0;
    known.length = repeat.length;
    known.shape = repeat.shape;
    known.short = repeat.short;
    known.own = repeat.own;
    known.batch = -1;
  }

  /** Where the newline of the line stands that goes on as the known one does; -1 when it does not, or is not whole. */
  private endOf(known: Known, bytes: Buffer, start: number, to: number, timeAt: number, timeLength: number): number {
    if (known.at < this.written - KEPT_BYTES) return -1;
    const { kept } = this;
    const at = known.at % KEPT_BYTES;
    const second = start + known.middle;
    const tail = second + (known.hasSecond ? timeLength : 0);
    const end = tail + known.tail;
    if (end >= to || bytes[end] !== NEWLINE) return -1;
    if (kept.compare(bytes, start, second, at, at + known.middle) !== 0) return -1;
    for (let index = second; index < tail; index++) if (bytes[index] !== bytes[timeAt + index - second]) return -1;
    const tailAt = known.tailAt % KEPT_BYTES;
    for (let index = 0; index < known.tail; index++) if (bytes[tail + index] !== kept[tailAt + index]) return -1;
    return end;
  }

  /** Copies the line in, in one piece; what was kept a round ago is written over. */
  private keep(line: string): number {
    const left = KEPT_BYTES - (this.written % KEPT_BYTES);
    if (left < line.length) this.written += left;
    const at = this.written;
    this.kept.write(line, at % KEPT_BYTES, "latin1");
    this.written += line.length;
    return at;
  }

  private viewOf(bytes: Buffer): DataView {
    if (this.view.buffer !== bytes.buffer || this.view.byteOffset !== bytes.byteOffset)
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return this.view;
  }

  private layoutOf(line: string, { headed, timeStart, timeEnd, uuidStart }: LineRepeat): Layout {
    const from = headed ? line.indexOf(" ") : 0;
    const beforeTime = line.slice(from, timeStart);
    const beforeUuid = line.slice(timeEnd, uuidStart);
    const { layout } = this;
    if (layout?.headed === headed && layout.beforeTime === beforeTime && layout.beforeUuid === beforeUuid) return layout;
    const length = (headed ? HEAD_MAX : 0) + beforeTime.length + TIME_MAX + beforeUuid.length + UUID_LENGTH;
    this.layout = { headed, beforeTime: ownCopy(beforeTime), beforeUuid: ownCopy(beforeUuid), length };
    return this.layout;
  }
}

/** Quick: whether the line may have this beginning; most of the agent's own words have not. */
function mayBegin({ headed, beforeTime }: Layout, bytes: Buffer, from: number): boolean {
  let at = from;
  if (headed) while (at < from + HEAD_MAX && bytes[at] !== SPACE) at++;
  return bytes[at + beforeTime.indexOf("{")] === BRACE;
}

/** `start` and the stretches behind it lie in the view; a word may stand at any byte. */
function placeOf(view: DataView, start: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let at = start; at < start + LANE; at += 4) {
    a = Math.imul(a ^ view.getInt32(at, true), 0x9e3779b1);
    b = Math.imul(b ^ view.getInt32(at + LANE, true), 0x85ebca6b);
    c = Math.imul(c ^ view.getInt32(at + 2 * LANE, true), 0xc2b2ae35);
    d = Math.imul(d ^ view.getInt32(at + 3 * LANE, true), 0x27d4eb2f);
    a ^= a >>> 15;
    b ^= b >>> 15;
    c ^= c >>> 15;
    d ^= d >>> 15;
  }
  const hash = Math.imul(a ^ (b >>> 7), 0x9e3779b1) ^ Math.imul(c ^ (c >>> 15), 0x85ebca6b) ^ Math.imul(d ^ (d >>> 11), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) & (PLACES - 1);
}

function modelIn(rows: FlowRows, known: Known, isShort: boolean): number {
  if (known.batch === rows.batch && known.isShort === isShort) return known.model;
  known.tuple[AT.shape] = isShort ? known.short : known.shape;
  known.model = rows.modelOf(known.tuple, known.length);
  known.batch = rows.batch;
  known.isShort = isShort;
  return known.model;
}

function newKnown(): Known {
  return {
    layout: undefined,
    dictionary: undefined,
    at: 0,
    middle: 0,
    hasSecond: false,
    tailAt: 0,
    tail: 0,
    tuple: new Int32Array(64),
    length: 0,
    shape: 0,
    short: 0,
    own: [],
    batch: -1,
    isShort: false,
    model: 0,
  };
}

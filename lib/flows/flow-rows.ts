/** Builds the columns of a batch, row by row: by a decoder that knows the numbers already, or from whole flows. */
import { DictionaryWriter } from "./dictionary-writer.ts";
import type { Flow } from "./flow.ts";
import { AT, type FlowColumns, HOLES_AT, OWN, TOLD, TOLD_KINDS } from "./flow-columns.ts";
import { flowOfRow, toldText } from "./flow-of-row.ts";
import { RecentModels } from "./recent-models.ts";
import { readUuid, UUID_CANONICAL, UUID_NONE, UUID_TEXT } from "./uuid-words.ts";

/** A dictionary beyond this is left behind at the next batch. */
const ENTRIES_MAX = 1_000_000;
const CHARS_MAX = 128 << 20;
const FIRST_ROWS = 1024;
const WORD = 2 ** 32;
/** Which of two words in memory is the low one: 0 on every processor that Node runs on but IBM's z. */
const LOW = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 0 : 1;

export class FlowRows {
  dictionary = new DictionaryWriter();
  count = 0;
  /** Of the batch that is being built. */
  batch = 0;
  /** Of the rows' own texts. */
  ownChars = 0;
  private timeBefore: bigint | undefined;
  private time = new BigInt64Array(FIRST_ROWS);
  private timeWords = new Uint32Array(this.time.buffer);
  private uuid = new Uint32Array(FIRST_ROWS * 4);
  private uuidKind = new Uint8Array(FIRST_ROWS);
  private model = new Int32Array(FIRST_ROWS);
  private ownAt = new Int32Array(FIRST_ROWS);
  private own: string[] = [];
  private modelCount = 0;
  private readonly recent = new RecentModels();
  private starts = new Int32Array(FIRST_ROWS);
  private models = new Int32Array(FIRST_ROWS * 16);
  private readonly words = new Uint32Array(4);
  private scratch = new Int32Array(HOLES_AT + 64);

  /** The rows so far as a batch of their own; the next row begins another one. */
  take(): FlowColumns {
    this.timeBefore = this.lastTime();
    const columns: FlowColumns = { ...this.shown(), starts: this.starts.slice(0, this.modelCount + 1) };
    this.time = new BigInt64Array(this.time.length);
    this.timeWords = new Uint32Array(this.time.buffer);
    this.uuid = new Uint32Array(this.uuid.length);
    this.uuidKind = new Uint8Array(this.uuidKind.length);
    this.model = new Int32Array(this.model.length);
    this.ownAt = new Int32Array(this.ownAt.length);
    this.models = new Int32Array(this.models.length);
    this.own = [];
    this.ownChars = 0;
    this.count = 0;
    this.batch++;
    this.modelCount = 0;
    this.recent.forget();
    if (this.dictionary.size > ENTRIES_MAX || this.dictionary.chars > CHARS_MAX) this.dictionary = new DictionaryWriter();
    return columns;
  }

  /** The flow of the newest row. */
  last(): Flow {
    return flowOfRow(this.shown(), this.count - 1);
  }

  /** Its time, also when its batch was taken; undefined before the first row. */
  lastTime(): bigint | undefined {
    return this.count === 0 ? this.timeBefore : this.time[this.count - 1];
  }

  /** What comes next does not follow what came last: nothing is known of the time before it. */
  forgetTime(): void {
    this.timeBefore = undefined;
  }

  /** The number of the first `length` numbers of `tuple` as a model of this batch; one that was met lately is found again. */
  modelOf(tuple: Int32Array, length: number): number {
    const place = this.recent.placeOf(tuple);
    const before = this.recent.at(place);
    if (before >= 0 && this.isModel(before, tuple, length)) return before;
    const model = this.addModel(tuple, length);
    this.recent.keep(place, model);
    return model;
  }

  /** A model of its own. */
  addModel(tuple: Int32Array, length: number): number {
    const start = this.starts[this.modelCount] ?? 0;
    if (start + length > this.models.length) this.models = longer(this.models, start + length, (size) => new Int32Array(size));
    if (this.modelCount + 2 > this.starts.length) this.starts = longer(this.starts, this.modelCount + 2, (size) => new Int32Array(size));
    const { models } = this;
    for (let index = 0; index < length; index++) models[start + index] = tuple[index] ?? 0;
    this.modelCount++;
    this.starts[this.modelCount] = start + length;
    return this.modelCount - 1;
  }

  /** Whether a model of this batch is just these numbers. */
  isModel(model: number, tuple: Int32Array, length: number): boolean {
    if (model >= this.modelCount) return false;
    const { models } = this;
    const start = this.starts[model] ?? 0;
    if ((this.starts[model + 1] ?? 0) - start !== length) return false;
    for (let index = 0; index < length; index++) if (models[start + index] !== tuple[index]) return false;
    return true;
  }

  /** A row of a canonical uuid, `words`, or of none. Its time follows, and its own texts by `addOwn`, in the order of the holes. */
  addRow(model: number, words: Uint32Array | undefined): void {
    const row = this.roomForRow();
    this.model[row] = model;
    this.ownAt[row] = this.own.length;
    this.uuidKind[row] = words === undefined ? UUID_NONE : UUID_CANONICAL;
    if (words === undefined) return;
    const at = row * 4;
    this.uuid[at] = words[0] ?? 0;
    this.uuid[at + 1] = words[1] ?? 0;
    this.uuid[at + 2] = words[2] ?? 0;
    this.uuid[at + 3] = words[3] ?? 0;
  }

  /** Of the newest row, nanoseconds since 1970. */
  setTime(ns: bigint): void {
    this.time[this.count - 1] = ns;
  }

  /** The same as two words, the low one unsigned, and what is to be added. */
  setTimeWords(low: number, high: number, nanos: number): void {
    const { timeWords } = this;
    const at = (this.count - 1) * 2;
    const sum = low + nanos;
    const over = sum >= WORD ? 1 : 0;
    timeWords[at + LOW] = sum - over * WORD;
    timeWords[at + 1 - LOW] = high + over;
  }

  addOwn(text: string): void {
    this.own.push(text);
    this.ownChars += text.length;
  }

  /** Any flow. */
  add(flow: Flow): void {
    const own: string[] = [];
    const model = this.modelOf(this.tupleOf(flow, own), HOLES_AT + flow.parts.holes.length);
    const canonical = readUuid(flow.uuid, this.words);
    this.addRow(model, canonical ? this.words : undefined);
    this.setTime(flow.time);
    if (!canonical && flow.uuid !== "") {
      this.uuidKind[this.count - 1] = UUID_TEXT;
      this.addOwn(flow.uuid);
    }
    for (const text of own) this.addOwn(text);
  }

  private tupleOf(flow: Flow, own: string[]): Int32Array {
    const { dictionary } = this;
    const { shape, holes } = flow.parts;
    if (this.scratch.length < HOLES_AT + holes.length) this.scratch = new Int32Array((HOLES_AT + holes.length) * 2);
    const tuple = this.scratch;
    tuple[AT.constants] = dictionary.constant(flow);
    tuple[AT.shape] = dictionary.shape(shape);
    tuple[AT.source] = dictionary.endpoint(flow.source);
    tuple[AT.destination] = dictionary.endpoint(flow.destination);
    tuple[AT.sourceNames] = dictionary.list(flow.sourceNames);
    tuple[AT.destinationNames] = dictionary.list(flow.destinationNames);
    tuple[AT.deniedBy] = dictionary.policy(flow.deniedBy);
    tuple[AT.policyLog] = dictionary.list(flow.policyLog);
    tuple[AT.nodeLabels] = dictionary.list(flow.nodeLabels);
    tuple[AT.detail] = dictionary.detail(flow.detail);
    tuple[AT.sourceIp] = dictionary.text(flow.sourceIp);
    tuple[AT.destinationIp] = dictionary.text(flow.destinationIp);
    tuple[AT.node] = dictionary.text(flow.node);
    tuple[AT.sourcePort] = flow.sourcePort;
    tuple[AT.destinationPort] = flow.destinationPort;
    for (const [index, text] of holes.entries()) {
      const kind = shape.kinds[index] ?? "text";
      const isTold = TOLD_KINDS.includes(kind) && toldText(kind, flow) === text;
      // a text kind may hold anything, line after line: it is not worth a number
      const isOwn = !isTold && (kind === "text" || TOLD_KINDS.includes(kind));
      if (isOwn) own.push(text);
      tuple[HOLES_AT + index] = isTold ? TOLD : isOwn ? OWN : dictionary.text(text);
    }
    return tuple;
  }

  private roomForRow(): number {
    const row = this.count++;
    if (row >= this.time.length) {
      const need = row + 1;
      this.time = longer(this.time, need, (size) => new BigInt64Array(size));
      this.timeWords = new Uint32Array(this.time.buffer);
      this.uuid = longer(this.uuid, need * 4, (size) => new Uint32Array(size));
      this.uuidKind = longer(this.uuidKind, need, (size) => new Uint8Array(size));
      this.model = longer(this.model, need, (size) => new Int32Array(size));
      this.ownAt = longer(this.ownAt, need, (size) => new Int32Array(size));
    }
    return row;
  }

  private shown(): FlowColumns {
    const { count, time, uuid, uuidKind, model, starts, models, ownAt, own, dictionary } = this;
    return { count, time, uuid, uuidKind, model, starts, models, ownAt, own, dictionary };
  }
}

/** Columns of flows that were not decoded into any. */
export function columnsOf(flows: readonly Flow[], rows = new FlowRows()): FlowColumns {
  for (const flow of flows) rows.add(flow);
  return rows.take();
}

interface Growing<T> {
  readonly length: number;
  set(from: T): void;
}

function longer<T extends Growing<T>>(array: T, need: number, make: (length: number) => T): T {
  const made = make(Math.max(need, array.length * 2));
  made.set(array);
  return made;
}

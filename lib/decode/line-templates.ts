/** A tree of the line shapes met so far; a line that runs through to an end is decoded without parsing it as JSON. */
import type { DictionaryWriter } from "#lib/flows/dictionary-writer.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { AT, HOLES_AT, OWN, TOLD } from "#lib/flows/flow-columns.ts";
import type { FlowRows } from "#lib/flows/flow-rows.ts";
import type { DetailPool } from "./detail-pool.ts";
import type { Hole, HoleReader } from "./find-holes.ts";
import type { FlowPools } from "./flow-pools.ts";
import { type LineEnd, newLineEnd, READ, type ShapePair } from "./line-end.ts";
import type { LineRepeat } from "./line-repeat.ts";
import { PlainHoles, type PlainReader } from "./plain-holes.ts";
import { SharedHoles, type SharedReader } from "./shared-holes.ts";
import { sideOf } from "./template-fields.ts";
import type { Around } from "./wrapped-line.ts";

/** A piece of the line, and the hole behind it. */
interface Step {
  readonly piece: string;
  readonly plain: PlainReader | undefined;
  readonly shared: SharedReader | undefined;
  readonly reader: HoleReader;
  readonly next: Branch;
  /** The char of the piece where those of its branch differ first; NaN where this one has ended by then. */
  code: number;
}

interface Branch {
  readonly steps: Step[];
  readonly ends: LineEnd[];
  /** How many chars all pieces of its steps share at their beginning. */
  shared: number;
}

interface Context {
  readonly fallbackTime: bigint | undefined;
}

const STEPS_MAX = 20_000;

export class LineTemplates {
  private root = newBranch();
  private size = 0;
  private readonly plain = new PlainHoles();
  private readonly shared: SharedHoles;
  private readonly detailPool: DetailPool;
  /** The model of the line being read; its holes are filled on the way, its fields at the end. */
  private tuple = new Int32Array(HOLES_AT + 64);
  /** Where its holes begin. */
  private starts = new Int32Array(64);
  /** Where the line decoded last has run through to. */
  private ended: LineEnd | undefined;
  private length = 0;
  /** Texts of the holes that are the row's own. */
  private readonly own: string[] = [];
  /** What the line being read stands in, and where in the tuple its holes are. */
  private around: Around | undefined;
  private holesAt: number = HOLES_AT;
  private pieces = new Map<string, string>();
  private headWords = "";
  private headWordsId = 0;
  private headWordsIn: DictionaryWriter | undefined;

  constructor(pools: FlowPools) {
    this.shared = new SharedHoles(pools);
    this.detailPool = pools.details;
  }

  /** Whether the line is of a known shape and now a row; if not, only the general path can tell what it is. `around`: the line it stands in. */
  decodeInto(line: string, context: Context, rows: FlowRows, around?: Around): boolean {
    this.plain.begin(line);
    this.shared.begin(line, rows.dictionary, around?.write);
    this.around = around;
    this.holesAt = around === undefined ? HOLES_AT : HOLES_AT + 1;
    this.ended = undefined;
    const end = this.follow(this.root, 0, 0);
    return end !== undefined && this.addRow(end, context, rows);
  }

  /** The line decoded last, where another one may repeat it. */
  repeat(): LineRepeat | undefined {
    const { ended, plain, starts, tuple, length } = this;
    if (ended?.repeat === undefined || this.around !== undefined) return undefined;
    const { headed, uuidHole, sameHole } = ended.repeat;
    const { shape, short } = ended.idsIn(this.shared.dictionary);
    return {
      headed,
      timeStart: plain.timeStart,
      timeEnd: plain.timeEnd,
      uuidStart: starts[uuidHole] ?? 0,
      sameStart: sameHole < 0 ? -1 : (starts[sameHole] ?? 0),
      tuple,
      length,
      shape,
      short,
      own: (headed ? ended.own.slice(1) : ended.own).map((hole) => this.own[hole] ?? ""),
    };
  }

  /** Learns the shape of a line that the general path has decoded. */
  learn(shapes: ShapePair, holes: readonly Hole[], template: Flow): void {
    const { pieces } = shapes.protojson;
    if (this.size > STEPS_MAX) this.forget();
    const room = HOLES_AT + holes.length + 2;
    if (this.tuple.length < room) this.tuple = new Int32Array(room * 2);
    if (this.starts.length < room) this.starts = new Int32Array(room * 2);
    let branch = this.root;
    for (const [index, { reader }] of holes.entries()) {
      const piece = this.shareable(pieces[index] ?? "");
      let step = branch.steps.find((known) => known.reader === reader && known.piece === piece);
      if (!step) {
        step = { piece, ...sideOf(reader), reader, next: newBranch(), code: Number.NaN };
        branch.steps.unshift(step);
        tellApart(branch);
        this.size++;
      }
      branch = step.next;
    }
    const piece = pieces[holes.length] ?? "";
    if (branch.ends.some((end) => end.piece === piece)) return;
    branch.ends.unshift(newLineEnd(piece, shapes, holes, template));
    this.size++;
  }

  forget(): void {
    this.root = newBranch();
    this.pieces = new Map();
    this.size = 0;
  }

  /** Equal pieces are one object, so that comparing two of them is quick. */
  private shareable(piece: string): string {
    const known = this.pieces.get(piece);
    if (known === undefined) this.pieces.set(piece, piece);
    return known ?? piece;
  }

  // Every branch is tried at most once a line; what matches often stands in front.
  private follow(from: Branch, start: number, depthBefore: number): LineEnd | undefined {
    const { line } = this.plain;
    let [branch, at, depth] = [from, start, depthBefore];
    for (;;) {
      const { steps, ends } = branch;
      for (const end of ends) if (line.length - at === end.piece.length && line.slice(at) === end.piece) return end;
      const only = steps[0];
      if (!only) return undefined;
      if (steps.length > 1) return this.tryEach(branch, at, depth);
      at = this.take(only, at, depth);
      if (at < 0) return undefined;
      branch = only.next;
      depth++;
    }
  }

  private tryEach({ steps, shared }: Branch, at: number, depth: number): LineEnd | undefined {
    const code = this.plain.line.charCodeAt(at + shared);
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index];
      if (!step || (step.code !== code && !Number.isNaN(step.code))) continue;
      const next = this.take(step, at, depth);
      const end = next >= 0 ? this.follow(step.next, next, depth + 1) : undefined;
      if (!end) continue;
      if (index > 0) moveUp(steps, index);
      return end;
    }
    return undefined;
  }

  /** Where the step's hole ends, -1 when the step does not fit here. */
  private take(step: Step, at: number, depth: number): number {
    const { shared, plain, tuple } = this;
    if (step.shared) {
      shared.textId = TOLD;
      const end = shared.read(step.shared, step.piece, at);
      tuple[this.holesAt + depth] = shared.textId;
      return end;
    }
    const start = at + step.piece.length;
    this.starts[depth] = start;
    if (!step.plain || plain.line.slice(at, start) !== step.piece) return -1;
    const end = plain.read(step.plain, start);
    if (end < 0) return -1;
    // an inner line has no head of its own
    if (step.plain === "headWords" && this.around !== undefined) return -1;
    if (step.plain === "headWords") tuple[this.holesAt + depth] = this.idOfHeadWords();
    else if (step.plain === "value" || step.plain === "headTime") {
      tuple[this.holesAt + depth] = OWN;
      this.own[depth] = plain.text;
    } else tuple[this.holesAt + depth] = TOLD;
    return end;
  }

  private idOfHeadWords(): number {
    const { dictionary } = this.shared;
    if (this.headWordsIn !== dictionary || this.headWords !== this.plain.headWords) {
      this.headWords = this.plain.headWords;
      this.headWordsIn = dictionary;
      this.headWordsId = dictionary.text(this.headWords);
    }
    return this.headWordsId;
  }

  private addRow(end: LineEnd, context: Context, rows: FlowRows): boolean {
    const { plain, shared, tuple } = this;
    const fallbackTime = end.reads.time ? undefined : context.fallbackTime;
    if (!end.reads.time && fallbackTime === undefined) return false;
    const { around } = this;
    const ids = end.idsIn(rows.dictionary);
    const { fixed, constants, detail } = ids;
    const { shape, short } = around === undefined ? ids : end.shapesAround(rows.dictionary, around.write);
    const { fields } = shared;
    for (let field: number = AT.source; field <= AT.node; field++) {
      const known = fixed[field] ?? 0;
      tuple[field] = known === READ ? (fields[field] ?? 0) : known;
    }
    tuple[AT.constants] = constants;
    tuple[AT.shape] = plain.isShortTime ? short : shape;
    tuple[AT.deniedBy] = this.deniedBy(end, rows.dictionary);
    tuple[AT.detail] = detail;
    if (end.details.length > 0) {
      const read = this.detailPool.fromHoles(end.detail, end.details, this.own);
      if (read === undefined) return false;
      tuple[AT.detail] = rows.dictionary.detail(read);
    }
    tuple[AT.sourcePort] = end.reads.sourcePort ? plain.sourcePort : -1;
    tuple[AT.destinationPort] = end.reads.destinationPort ? plain.destinationPort : -1;
    let length = this.holesAt + end.holes;
    if (around !== undefined) {
      tuple[HOLES_AT] = OWN;
      tuple[length++] = OWN;
    }
    const model = rows.modelOf(tuple, length);
    rows.addRow(model, end.reads.uuid ? plain.uuid : undefined);
    if (fallbackTime === undefined) rows.setTimeWords(plain.secondLow, plain.secondHigh, plain.nanos);
    else rows.setTime(fallbackTime);
    if (around !== undefined) rows.addOwn(around.before);
    this.ended = end;
    this.length = length;
    for (const hole of end.own) rows.addOwn(around === undefined ? (this.own[hole] ?? "") : around.write(this.own[hole] ?? ""));
    if (around !== undefined) rows.addOwn(around.after);
    return true;
  }

  private deniedBy(end: LineEnd, dictionary: DictionaryWriter): number {
    const egress = end.reads.egressDeniedBy ? this.shared.egressDeniedBy : undefined;
    const ingress = end.reads.ingressDeniedBy ? this.shared.ingressDeniedBy : undefined;
    if (!ingress || ingress.value.length === 0) return egress?.valueId ?? 0;
    if (!egress || egress.value.length === 0) return ingress.valueId;
    return dictionary.policy([...egress.value, ...ingress.value]);
  }
}

function newBranch(): Branch {
  return { steps: [], ends: [], shared: 0 };
}

function tellApart(branch: Branch): void {
  const { steps } = branch;
  const first = steps[0]?.piece ?? "";
  let shared = first.length;
  for (const { piece } of steps) {
    let at = 0;
    while (at < shared && at < piece.length && piece.charCodeAt(at) === first.charCodeAt(at)) at++;
    shared = at;
  }
  branch.shared = shared;
  for (const step of steps) step.code = step.piece.charCodeAt(shared);
}

/** One place forward: what comes often ends up in front, and nothing is moved far for one odd line. */
function moveUp(steps: Step[], index: number): void {
  const [before, step] = [steps[index - 1], steps[index]];
  if (!before || !step) return;
  steps[index - 1] = step;
  steps[index] = before;
}

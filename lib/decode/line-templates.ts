/** A tree of the line shapes met so far; a line that runs through to an end is decoded without parsing it as JSON. */
import type { Flow, LineShape } from "#lib/flows/flow.ts";
import type { DetailHole, DetailPool } from "./detail-pool.ts";
import type { Hole, HoleReader } from "./find-holes.ts";
import type { FlowPools } from "./flow-pools.ts";
import { holesBeforeRepeat, LineRepeats, repeatEnd, slotOf, type Telling, tellingOf } from "./line-repeats.ts";
import { PlainHoles, type PlainReader } from "./plain-holes.ts";
import { NO_POLICIES } from "./read-endpoint.ts";
import { SharedHoles, type SharedReader } from "./shared-holes.ts";
import { type Reads, readsOf, sideOf, templateOf } from "./template-fields.ts";

/** A piece of the line, and the hole behind it. */
interface Step {
  readonly piece: string;
  readonly plain: PlainReader | undefined;
  readonly shared: SharedReader | undefined;
  readonly reader: HoleReader;
  readonly next: Branch;
}

/** The same pieces around times as protojson writes them, and as Go does. */
export interface ShapePair {
  readonly protojson: LineShape;
  readonly short: LineShape;
}

interface End {
  readonly piece: string;
  readonly shapes: ShapePair;
  readonly template: Flow;
  readonly reads: Reads;
  /** Holes that hold parts of the detail; none in the usual flow. */
  readonly details: readonly DetailHole[];
}

interface Branch {
  readonly steps: Step[];
  readonly ends: End[];
  /** Set where the part of the line begins that retries of a connection repeat. */
  telling: Telling | undefined;
}

interface SavedHoles {
  readonly shared: ReturnType<SharedHoles["save"]>;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

const STEPS_MAX = 20_000;
const REPEAT_MAX = 16_384;

export class LineTemplates {
  private root = newBranch();
  private size = 0;
  private readonly plain = new PlainHoles();
  private readonly shared: SharedHoles;
  private readonly detailPool: DetailPool;
  private readonly holes: string[] = [];
  private readonly path: Branch[] = [];
  private readonly repeats = new LineRepeats<Branch, SavedHoles>();
  private pieces = new Map<string, string>();
  private slot = -1;
  private repeatDepth = -1;
  private repeatFrom: Branch | undefined;

  constructor(pools: FlowPools) {
    this.shared = new SharedHoles(pools);
    this.detailPool = pools.details;
  }

  /** The flow of a line of a known shape, undefined when only the general path can tell. */
  decode(line: string, fallbackTime: bigint | undefined): Flow | undefined {
    this.plain.begin(line);
    this.shared.begin(line);
    this.repeatFrom = undefined;
    const end = this.follow(this.root, 0, 0);
    if (!end) return undefined;
    if (this.repeatFrom !== undefined && this.path[this.repeatDepth] === this.repeatFrom)
      this.keepRepeat(this.repeatFrom, end.shapes.protojson);
    return this.flowOf(end, fallbackTime);
  }

  /** Learns the shape of a line that the general path has decoded. */
  learn(shapes: ShapePair, holes: readonly Hole[], template: Flow): void {
    const { pieces } = shapes.protojson;
    if (this.size > STEPS_MAX) this.forget();
    const repeated = holesBeforeRepeat(holes);
    let branch = this.root;
    if (repeated === 0) branch.telling ??= tellingOf(holes, 0);
    for (const [index, { reader }] of holes.entries()) {
      const piece = this.shareable(pieces[index] ?? "");
      let step = branch.steps.find((known) => known.reader === reader && known.piece === piece);
      if (!step) {
        step = { piece, ...sideOf(reader), reader, next: newBranch() };
        branch.steps.unshift(step);
        this.size++;
      }
      branch = step.next;
      if (index + 1 === repeated) branch.telling ??= tellingOf(holes, repeated);
    }
    const piece = pieces[holes.length] ?? "";
    if (branch.ends.some((end) => end.piece === piece)) return;
    const reads = readsOf(holes);
    branch.ends.unshift({ piece, shapes, template: templateOf(template, reads), reads, details: detailHolesOf(holes) });
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
  private follow(from: Branch, start: number, depthBefore: number): End | undefined {
    const { line } = this.plain;
    let [branch, at, depth] = [from, start, depthBefore];
    for (;;) {
      const { steps, ends, telling } = branch;
      this.path[depth] = branch;
      if (telling !== undefined) {
        const end = this.followRepeat(branch, telling, at, depth);
        if (end) return end;
      }
      for (const end of ends) if (line.length - at === end.piece.length && line.slice(at) === end.piece) return end;
      const only = steps[0];
      if (!only) return undefined;
      if (steps.length > 1) return this.tryEach(steps, at, depth);
      at = this.take(only, at, depth);
      if (at < 0) return undefined;
      branch = only.next;
      depth++;
    }
  }

  private followRepeat(branch: Branch, telling: Telling, at: number, depth: number): End | undefined {
    const slot = slotOf(this.plain.line, at, telling);
    const repeat = this.repeats.find(branch, this.plain.line, at, slot);
    this.slot = slot;
    this.repeatDepth = depth;
    this.repeatFrom = branch;
    if (!repeat) return undefined;
    this.restore(repeat.saved);
    for (let index = 0; index < repeat.holes.length; index++) this.holes[depth + index] = repeat.holes[index] ?? "";
    const end = this.follow(repeat.to, at + repeat.text.length, depth + repeat.holes.length);
    if (end) this.repeatFrom = undefined;
    return end;
  }

  private keepRepeat(from: Branch, shape: LineShape): void {
    const first = this.repeatDepth;
    const end = repeatEnd(shape.kinds, first);
    const to = this.path[end];
    if (!to) return;
    const holes = this.holes.slice(first, end);
    let text = "";
    for (let index = first; index < end; index++) text += (shape.pieces[index] ?? "") + (this.holes[index] ?? "");
    const { sourcePort, destinationPort } = this.plain;
    if (text.length > REPEAT_MAX) return;
    this.repeats.keep(this.slot, { from, text, holes, to, saved: { shared: this.shared.save(), sourcePort, destinationPort } });
  }

  private restore(saved: SavedHoles): void {
    this.shared.restore(saved.shared);
    this.plain.sourcePort = saved.sourcePort;
    this.plain.destinationPort = saved.destinationPort;
  }

  private tryEach(steps: Step[], at: number, depth: number): End | undefined {
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index];
      const next = step ? this.take(step, at, depth) : -1;
      const end = step && next >= 0 ? this.follow(step.next, next, depth + 1) : undefined;
      if (!end) continue;
      if (index > 0) moveUp(steps, index);
      return end;
    }
    return undefined;
  }

  /** Where the step's hole ends, -1 when the step does not fit here. */
  private take(step: Step, at: number, depth: number): number {
    if (step.shared) {
      const end = this.shared.read(step.shared, step.piece, at);
      this.holes[depth] = this.shared.text;
      return end;
    }
    const start = at + step.piece.length;
    if (!step.plain || this.plain.line.slice(at, start) !== step.piece) return -1;
    const end = this.plain.read(step.plain, start);
    this.holes[depth] = this.plain.text;
    return end;
  }

  private flowOf(end: End, fallbackTime: bigint | undefined): Flow | undefined {
    const { template, reads, details } = end;
    const { plain, shared } = this;
    const shape = plain.isShortTime ? end.shapes.short : end.shapes.protojson;
    const time = reads.time ? plain.time : fallbackTime;
    if (time === undefined) return undefined;
    const detail = details.length === 0 ? template.detail : this.detailPool.fromHoles(template.detail, details, this.holes);
    if (detail === undefined) return undefined;
    return {
      time,
      timeFrom: template.timeFrom,
      uuid: reads.uuid ? plain.uuid : "",
      verdict: template.verdict,
      reason: template.reason,
      dropReason: template.dropReason,
      dropReasonName: template.dropReasonName,
      eventType: template.eventType,
      eventSubType: template.eventSubType,
      direction: template.direction,
      isReply: template.isReply,
      sourceIp: reads.sourceIp ? shared.sourceAddress.text : "",
      destinationIp: reads.destinationIp ? shared.destinationAddress.text : "",
      protocol: template.protocol,
      sourcePort: reads.sourcePort ? plain.sourcePort : -1,
      destinationPort: reads.destinationPort ? plain.destinationPort : -1,
      source: reads.source ? shared.source : template.source,
      destination: reads.destination ? shared.destination : template.destination,
      sourceNames: reads.sourceNames ? shared.sourceNames : template.sourceNames,
      destinationNames: reads.destinationNames ? shared.destinationNames : template.destinationNames,
      node: reads.node ? shared.node.text : "",
      deniedBy: policiesOf(shared, reads),
      policyLog: reads.policyLog ? shared.policyLog : template.policyLog,
      packets: template.packets,
      emitterVersion: template.emitterVersion,
      nodeLabels: reads.nodeLabels ? shared.nodeLabels : template.nodeLabels,
      detail,
      parts: { shape, holes: this.holes.slice(0, shape.kinds.length) },
    };
  }
}

function newBranch(): Branch {
  return { steps: [], ends: [], telling: undefined };
}

function policiesOf(read: SharedHoles, reads: Reads): Flow["deniedBy"] {
  const egress = reads.egressDeniedBy ? read.egressDeniedBy : NO_POLICIES;
  if (!reads.ingressDeniedBy || read.ingressDeniedBy.length === 0) return egress;
  return egress.length === 0 ? read.ingressDeniedBy : [...egress, ...read.ingressDeniedBy];
}

function detailHolesOf(holes: readonly Hole[]): readonly DetailHole[] {
  return holes.flatMap(({ detail: key }, index) => (key === undefined ? [] : [{ index, key }]));
}

/** One place forward: what comes often ends up in front, and nothing is moved far for one odd line. */
function moveUp(steps: Step[], index: number): void {
  const [before, step] = [steps[index - 1], steps[index]];
  if (!before || !step) return;
  steps[index - 1] = step;
  steps[index] = before;
}

/** A tree of the line shapes met so far; a line that runs through to an end is decoded without parsing it as JSON. */
import type { Flow, HoleKind, LineShape } from "#lib/flows/flow.ts";
import type { Hole, HoleReader } from "./find-holes.ts";
import type { FlowPools } from "./flow-pools.ts";
import { HoleRegisters } from "./hole-reader.ts";
import { NO_POLICIES } from "./read-endpoint.ts";

interface Step {
  readonly piece: string;
  readonly reader: HoleReader;
  readonly kind: HoleKind;
  readonly next: Branch;
}

interface End {
  readonly piece: string;
  readonly shape: LineShape;
  readonly template: Flow;
  readonly reads: Reads;
}

/** Which fields stand in holes; the others are the template's. */
type Reads = { readonly [reader in HoleReader]: boolean };

interface Branch {
  readonly steps: Step[];
  readonly ends: End[];
}

const STEPS_MAX = 20_000;

export class LineTemplates {
  private root: Branch = { steps: [], ends: [] };
  private size = 0;
  private readonly registers: HoleRegisters;
  private readonly holes: string[] = [];

  constructor(pools: FlowPools) {
    this.registers = new HoleRegisters(pools);
  }

  /** The flow of a line of a known shape, undefined when only the general path can tell. */
  decode(line: string, fallbackTime: bigint | undefined): Flow | undefined {
    this.registers.begin(line);
    const end = this.follow(this.root, 0, 0);
    return end && this.flowOf(end, fallbackTime);
  }

  /** Learns the shape of a line that the general path has decoded. */
  learn(shape: LineShape, holes: readonly Hole[], template: Flow): void {
    if (this.size > STEPS_MAX) {
      this.root = { steps: [], ends: [] };
      this.size = 0;
    }
    let branch = this.root;
    for (const [index, { reader, kind }] of holes.entries()) {
      const piece = shape.pieces[index] ?? "";
      let step = branch.steps.find((known) => known.reader === reader && known.kind === kind && known.piece === piece);
      if (!step) {
        step = { piece, reader, kind, next: { steps: [], ends: [] } };
        branch.steps.unshift(step);
        this.size++;
      }
      branch = step.next;
    }
    const piece = shape.pieces[holes.length] ?? "";
    if (branch.ends.some((end) => end.piece === piece)) return;
    branch.ends.unshift({ piece, shape, template, reads: readsOf(holes) });
    this.size++;
  }

  // Every branch is tried at most once a line; what matches often stands in front.
  private follow(branch: Branch, at: number, depth: number): End | undefined {
    const { line } = this.registers;
    for (const end of branch.ends) if (line.length - at === end.piece.length && line.slice(at) === end.piece) return end;
    const { steps } = branch;
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index];
      if (!step) break;
      const start = at + step.piece.length;
      if (line.slice(at, start) !== step.piece) continue;
      const next = this.registers.read(step.reader, step.kind, start);
      if (next < 0) continue;
      this.holes[depth] = this.registers.text;
      const end = this.follow(step.next, next, depth + 1);
      if (!end) continue;
      if (index > 0) moveUp(steps, index);
      return end;
    }
    return undefined;
  }

  private flowOf(end: End, fallbackTime: bigint | undefined): Flow | undefined {
    const { template, reads, shape } = end;
    const read = this.registers;
    const time = reads.time ? read.time : fallbackTime;
    if (time === undefined) return undefined;
    return {
      time,
      timeFrom: template.timeFrom,
      uuid: reads.uuid ? read.uuid : "",
      verdict: template.verdict,
      reason: template.reason,
      dropReason: template.dropReason,
      dropReasonName: template.dropReasonName,
      eventType: template.eventType,
      eventSubType: template.eventSubType,
      direction: template.direction,
      isReply: template.isReply,
      sourceIp: reads.sourceIp ? read.sourceAddress.text : "",
      destinationIp: reads.destinationIp ? read.destinationAddress.text : "",
      protocol: template.protocol,
      sourcePort: reads.sourcePort ? read.sourcePort : -1,
      destinationPort: reads.destinationPort ? read.destinationPort : -1,
      source: reads.source ? read.source : template.source,
      destination: reads.destination ? read.destination : template.destination,
      sourceNames: reads.sourceNames ? read.sourceNames : template.sourceNames,
      destinationNames: reads.destinationNames ? read.destinationNames : template.destinationNames,
      node: reads.node ? read.node : "",
      deniedBy: policiesOf(read, reads),
      policyLog: reads.policyLog ? read.policyLog : template.policyLog,
      packets: template.packets,
      emitterVersion: template.emitterVersion,
      parts: { shape, holes: this.holes.slice(0, shape.kinds.length) },
    };
  }
}

function policiesOf(read: HoleRegisters, reads: Reads): Flow["deniedBy"] {
  const egress = reads.egressDeniedBy ? read.egressDeniedBy : NO_POLICIES;
  if (!reads.ingressDeniedBy || read.ingressDeniedBy.length === 0) return egress;
  return egress.length === 0 ? read.ingressDeniedBy : [...egress, ...read.ingressDeniedBy];
}

function readsOf(holes: readonly Hole[]): Reads {
  const has = (reader: HoleReader): boolean => holes.some((hole) => hole.reader === reader);
  return {
    time: has("time"),
    sameTime: has("sameTime"),
    uuid: has("uuid"),
    sourceIp: has("sourceIp"),
    destinationIp: has("destinationIp"),
    sourcePort: has("sourcePort"),
    destinationPort: has("destinationPort"),
    source: has("source"),
    destination: has("destination"),
    node: has("node"),
    sameNode: has("sameNode"),
    nodeLabels: has("nodeLabels"),
    ethernet: has("ethernet"),
    sourceNames: has("sourceNames"),
    destinationNames: has("destinationNames"),
    egressDeniedBy: has("egressDeniedBy"),
    ingressDeniedBy: has("ingressDeniedBy"),
    policyLog: has("policyLog"),
    headTime: has("headTime"),
    value: has("value"),
  };
}

/** One place forward: what comes often ends up in front, and nothing is moved far for one odd line. */
function moveUp(steps: Step[], index: number): void {
  const [before, step] = [steps[index - 1], steps[index]];
  if (!before || !step) return;
  steps[index - 1] = step;
  steps[index] = before;
}

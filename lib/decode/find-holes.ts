/** Finds in a line whose flow is already decoded what changes from line to line, so that the rest can serve as a template. */
import type { Flow, HoleKind } from "#lib/flows/flow.ts";
import { formatTime, formatTimeShort } from "#lib/flows/flow-time.ts";
import { headOf } from "./line-heads.ts";
import { type DetailKey, isDetailKey } from "./read-detail.ts";
import { memberSpans, type Span } from "./scan-json.ts";

/** How the template decoder reads a hole; several of them have the same kind. */
export type HoleReader =
  | "time"
  | "sameTime"
  | "uuid"
  | "sourceIp"
  | "destinationIp"
  | "sourcePort"
  | "destinationPort"
  | "source"
  | "destination"
  | "node"
  | "sameNode"
  | "nodeLabels"
  | "ethernet"
  | "sourceNames"
  | "destinationNames"
  | "egressDeniedBy"
  | "ingressDeniedBy"
  | "policyLog"
  | "headWords"
  | "headTime"
  | "value";

export interface Hole extends Span {
  readonly kind: HoleKind;
  readonly reader: HoleReader;
  /** Set where the value is a part of the flow's detail. */
  readonly detail?: DetailKey;
}

export interface Holes {
  readonly holes: readonly Hole[];
  /** False when a later line of the same pieces need not say the same; such holes only keep the line. */
  readonly exact: boolean;
}

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ADDRESS = /^[0-9A-Fa-f:.]{2,45}$/;
const NODE = /^[\u0020\u0021\u0023-\u005b\u005d-\u007e]{1,600}$/;
const PLAIN_HEAD = /^\S+ (?:(?:stdout|stderr) F )?$/;

// Values of these are few, or say something about the flow: they are part of the template.
const CONSTANT_KEYS: ReadonlySet<string> = new Set([
  ...["verdict", "drop_reason", "drop_reason_desc", "auth_type", "Type", "event_type", "traffic_direction", "policy_match_type"],
  ...["is_reply", "reply", "emitter", "file", "trace_observation_point", "trace_reason", "debug_capture_point", "sock_xlate_point"],
]);
const BLOCK_READERS: ReadonlyMap<string, readonly [HoleReader, HoleKind]> = new Map([
  ["source", ["source", "source"]],
  ["destination", ["destination", "destination"]],
  ["node_labels", ["nodeLabels", "node_labels"]],
  ["ethernet", ["ethernet", "ethernet"]],
  ["source_names", ["sourceNames", "names"]],
  ["destination_names", ["destinationNames", "names"]],
  ["egress_denied_by", ["egressDeniedBy", "policies"]],
  ["ingress_denied_by", ["ingressDeniedBy", "policies"]],
  ["policy_log", ["policyLog", "text"]],
]);
const PAIRS: ReadonlyMap<HoleReader, readonly [first: HoleReader, later: HoleReader]> = new Map([
  ["time", ["time", "sameTime"]],
  ["sameTime", ["time", "sameTime"]],
  ["node", ["node", "sameNode"]],
  ["sameNode", ["node", "sameNode"]],
]);
/** Beside these keys the same pieces may turn out to be something else than a flow. */
const DOUBTFUL_KEYS = ["level", "severity", "msg", "message", "lost_events", "agent_event", "debug_event", "node_status", "num_flows"];

/** Undefined when the line's bytes alone do not tell what was decoded (a key written twice). */
export function findHoles(line: string, at: { readonly start: number; readonly keys: readonly string[] }, flow: Flow): Holes | undefined {
  return new HoleFinder(line, flow).find(at.start, at.keys);
}

class HoleFinder {
  private readonly line: string;
  private readonly flow: Flow;
  private readonly holes: Hole[] = [];
  private exact = true;
  private timeText = "";
  private node = false;

  constructor(line: string, flow: Flow) {
    this.line = line;
    this.flow = flow;
  }

  find(start: number, keys: readonly string[]): Holes | undefined {
    this.head(start);
    const found = this.wrapped(start, keys);
    return found ? { holes: inOrder(this.holes), exact: this.exact && keys.length < 2 } : undefined;
  }

  private wrapped(start: number, keys: readonly string[]): boolean {
    const spans = memberSpans(this.line, start);
    if (!spans) return false;
    if (DOUBTFUL_KEYS.some((key) => spans.has(key))) this.exact = false;
    const [key, ...rest] = keys;
    if (key === undefined) return this.flowMembers(spans);
    const inner = spans.get(key);
    if (!inner || !this.wrapped(inner.start, rest)) return false;
    for (const [name, span] of spans) if (name !== key) this.envelopeMember(name, span, rest.length === 0);
    return true;
  }

  private head(start: number): void {
    if (start === 0) return;
    const head = headOf(this.line);
    const words = head.timeText === "" ? head.end : head.timeStart;
    if (head.end !== start || (words < start && !PLAIN_HEAD.test(this.line.slice(words, start)))) {
      this.add({ start: 0, end: start }, "text", "value", false);
      return;
    }
    if (words > 0) this.add({ start: 0, end: words }, "text", "headWords");
    if (words === start) return;
    const span = { start: words, end: words + head.timeText.length };
    const kind = this.timeKind(head.timeText);
    if (kind) this.time(span, kind);
    else this.add(span, "text", "headTime", this.flow.timeFrom !== "wrapper");
  }

  private flowMembers(spans: ReadonlyMap<string, Span>): boolean {
    for (const [key, span] of spans) {
      const block = BLOCK_READERS.get(key);
      if (CONSTANT_KEYS.has(key) || this.isNull(span)) continue;
      if (block) this.add(span, block[1], block[0]);
      else if (key === "time") this.timeMember(span);
      else if (key === "uuid") this.textMember(span, "uuid", "uuid", UUID.test(this.inside(span)));
      else if (key === "node_name") this.nodeMember(span);
      else if (key === "IP") this.members(span, (name, inner) => this.ipMember(name, inner));
      else if (key === "l4") this.members(span, (name, inner) => this.l4Member(name, inner));
      else if (isDetailKey(key)) this.holes.push({ start: span.start, end: span.end, kind: "text", reader: "value", detail: key });
      else if (key === "aggregate") this.add(span, "text", "value", false);
      else if (key !== "Summary" || spans.has("l7")) this.add(span, "text", "value");
    }
    return true;
  }

  private members(span: Span, each: (name: string, span: Span) => void): void {
    const spans = memberSpans(this.line, span.start);
    if (spans === undefined || this.line.charAt(span.start) !== "{") this.add(span, "text", "value", false);
    else for (const [name, inner] of spans) each(name, inner);
  }

  private ipMember(name: string, span: Span): void {
    const plain = ADDRESS.test(this.inside(span));
    if (name === "source") this.textMember(span, "source_ip", "sourceIp", plain);
    else if (name === "destination") this.textMember(span, "destination_ip", "destinationIp", plain);
    else if (name === "source_xlated") this.holes.push({ ...span, kind: "text", reader: "value", detail: name });
    else if (name !== "ipVersion" && name !== "encrypted") this.add(span, "text", "value");
  }

  private l4Member(name: string, span: Span): void {
    if (name !== this.flow.protocol) this.exact = false;
    this.members(span, (key, inner) => {
      const text = this.line.slice(inner.start, inner.end);
      if (key === "source_port") this.add(inner, "source_port", "sourcePort", text === String(this.flow.sourcePort));
      else if (key === "destination_port")
        this.add(inner, "destination_port", "destinationPort", text === String(this.flow.destinationPort));
      else if (inner.end - inner.start > 200) this.add(inner, "text", "value", false);
    });
  }

  private envelopeMember(name: string, span: Span, around: boolean): void {
    if (this.isNull(span)) return;
    const text = this.inside(span);
    if (around && name === "node_name" && this.node && text === this.flow.node) this.add(inner(span), "node", "sameNode");
    else if (around && name === "node_name" && !this.node) this.nodeMember(span);
    else if (around && name === "time" && this.timeText === text) this.add(inner(span), this.timeKind(text) ?? "text", "sameTime");
    else if (around && name === "time" && this.flow.timeFrom === "envelope") this.timeMember(span);
    else this.add(span, "text", "value");
  }

  private timeMember(span: Span): void {
    const kind = this.isText(span) ? this.timeKind(this.inside(span)) : undefined;
    if (kind) this.time(inner(span), kind);
    else this.add(span, "text", "value", false);
  }

  private timeKind(text: string): "time" | "time_short" | undefined {
    if (text === formatTime(this.flow.time)) return "time";
    return text === formatTimeShort(this.flow.time) ? "time_short" : undefined;
  }

  private time(span: Span, kind: "time" | "time_short"): void {
    const text = this.line.slice(span.start, span.end);
    if (this.timeText === "") this.add(span, kind, "time");
    else if (this.timeText === text) this.add(span, kind, "sameTime");
    else this.add(span, kind, "time", false);
    this.timeText = text;
  }

  private nodeMember(span: Span): void {
    const plain = this.isText(span) && NODE.test(this.inside(span)) && this.inside(span) === this.flow.node;
    this.node = plain;
    this.textMember(span, "node", "node", plain);
  }

  private textMember(span: Span, kind: HoleKind, reader: HoleReader, plain: boolean): void {
    if (plain && this.isText(span)) this.add(inner(span), kind, reader);
    else this.add(span, "text", "value", false);
  }

  private add(span: Span, kind: HoleKind, reader: HoleReader, exact = true): void {
    const hole: Hole = { start: span.start, end: span.end, kind: exact ? kind : "text", reader };
    this.holes.push(hole);
    if (!exact) this.exact = false;
  }

  private inside(span: Span): string {
    return this.line.slice(span.start + 1, span.end - 1);
  }

  private isText(span: Span): boolean {
    return this.line.charAt(span.start) === '"';
  }

  private isNull(span: Span): boolean {
    return this.line.slice(span.start, span.end) === "null";
  }
}

/** By position; of two that hold the same, the first one is read and the second one compared. */
function inOrder(holes: readonly Hole[]): Hole[] {
  const met = new Set<HoleReader>();
  return [...holes]
    .sort((a, b) => a.start - b.start)
    .map((hole) => {
      const pair = PAIRS.get(hole.reader);
      if (!pair) return hole;
      const reader = met.has(pair[0]) ? pair[1] : pair[0];
      met.add(pair[0]);
      return { ...hole, reader };
    });
}

function inner(span: Span): Span {
  return { start: span.start + 1, end: span.end - 1 };
}

/**
 * An export line as an exporter with a field mask writes it (Cilium's pkg/hubble/parser/fieldmask around protojson): the envelope's time and
 * node come from what the mask left, parents that a path names stand as `{}` where they are missing, and lost, agent and debug events pass.
 */
import type { CiliumVersion } from "./criterion.ts";
import { FLOW_FIELDS, type FlowField } from "./flow-message.ts";
import { type MaskError, type MaskTree, NEWEST, readMask } from "./mask-paths.ts";

export type MaskedLine =
  /** As bytes on the wire, without the newline. More than one where agents pick by chance: paths into two members of one oneof. */
  { readonly lines: readonly [string, ...string[]]; readonly error?: never } | { readonly error: MaskError; readonly lines?: never };

export interface MaskOptions {
  readonly version?: CiliumVersion;
  /** With cilium#43924, which chooses the member that is set instead of any. */
  readonly oneofFix?: boolean;
}

type Json = unknown;
type JsonObject = { readonly [key: string]: Json };

/** Throws SyntaxError where the line is no JSON. An empty list of paths is no mask. */
export function applyMask(line: string, paths: readonly string[], options: MaskOptions = {}): MaskedLine {
  const mask = createMask(paths, options);
  if (mask.error) return mask;
  const event: Json = JSON.parse(line);
  return { lines: isObject(event) && isObject(event.flow) ? mask.linesOf(event.flow) : [exportJson(event)] };
}

/** A mask read once, for many flows. */
export type Mask =
  /** The lines of a flow's message, the likeliest first. */
  | { linesOf(flow: FlowMessage): readonly [string, ...string[]]; readonly error?: never }
  | { readonly error: MaskError; readonly linesOf?: never };

/** A flow as its JSON has it, without the envelope. */
export type FlowMessage = JsonObject;

export function createMask(paths: readonly string[], { version = NEWEST, oneofFix = false }: MaskOptions = {}): Mask {
  const mask = readMask(paths, version);
  if (mask.error) return mask;
  const { tree } = mask;
  if (tree.size === 0) return { linesOf: (flow) => [exportLine(flow)] };
  return {
    linesOf: (flow) => {
      const [first = {}, ...more] = masked(flow, tree, FLOW_FIELDS, oneofFix);
      return [exportLine(first), ...more.map(exportLine)];
    },
  };
}

/** Go's encoding/json writes what HTML could misread as escapes, and nothing else that JavaScript would not. Null is absent. */
export function exportJson(value: Json): string {
  return JSON.stringify(value, (_, inner: unknown) => inner ?? undefined).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Bytes of a line in UTF-8, without the newline. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) bytes += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
  }
  return bytes;
}

/** The envelope takes time and node from the flow. */
export function exportLine(flow: FlowMessage): string {
  const { node_name: node, time } = flow;
  return exportJson({ flow, ...(node !== undefined && { node_name: node }), ...(time !== undefined && { time }) });
}

/** Every outcome for one message, the likeliest first. */
function masked(source: JsonObject, tree: MaskTree, fields: readonly FlowField[], fix: boolean): readonly JsonObject[] {
  let outcomes: readonly JsonObject[] = [{}];
  const oneofs = new Set<string>();
  for (const field of fields) {
    if (field.oneof !== undefined) {
      if (oneofs.has(field.oneof)) continue;
      oneofs.add(field.oneof);
      const members = fields.filter(({ oneof }) => oneof === field.oneof);
      outcomes = product(outcomes, oneofOutcomes(source, tree, members, fix));
      continue;
    }
    const inner = tree.get(field.name);
    if (inner !== undefined) outcomes = product(outcomes, fieldOutcomes(source, field, inner, fix));
  }
  return outcomes;
}

/** What one field adds to the message: nothing, or itself. */
function fieldOutcomes(source: JsonObject, field: FlowField, tree: MaskTree, fix: boolean): readonly JsonObject[] {
  const value = source[field.name];
  if (tree.size === 0) return [isSet(value) ? { [field.name]: value } : {}];
  if (field.wellKnown === "bool") return [{ [field.name]: value === true }];
  if (field.wellKnown === "timestamp") return [{ [field.name]: maskedTime(typeof value === "string" ? value : undefined, tree) }];
  return masked(isObject(value) ? value : {}, tree, field.fields ?? [], fix).map((inner) => ({ [field.name]: inner }));
}

/**
 * Whichever member is copied last stays, and members with paths inside are set even when the flow has another: the order is that of a Go
 * map. With the fix only the member that the flow has is copied, and otherwise the last one allocated stays empty.
 */
function oneofOutcomes(source: JsonObject, tree: MaskTree, members: readonly FlowField[], fix: boolean): readonly JsonObject[] {
  const asked = members.filter(({ name }) => tree.has(name));
  const own = asked.find(({ name }) => isSet(source[name]));
  const ofMember = (member: FlowField | undefined) =>
    member === undefined ? [{}] : fieldOutcomes(source, member, tree.get(member.name) ?? new Map(), fix);
  const nested = asked.filter(({ name }) => (tree.get(name)?.size ?? 0) > 0);
  if (fix) return ofMember(own ?? nested.at(-1));
  const candidates = own === undefined ? nested : [own, ...nested.filter((member) => member !== own)];
  return candidates.length === 0 ? [{}] : candidates.flatMap(ofMember);
}

function product(outcomes: readonly JsonObject[], additions: readonly JsonObject[]): readonly JsonObject[] {
  return outcomes.flatMap((outcome) => additions.map((addition) => ({ ...outcome, ...addition })));
}

/** Seconds and nanoseconds can be asked for apart; an absent time is 1970. */
function maskedTime(time: string | undefined, tree: MaskTree): string {
  const [, seconds = "1970-01-01T00:00:00", fraction = ""] = /^([^.Z]*)(\.[0-9]+)?Z$/.exec(time ?? "") ?? [];
  return `${tree.has("seconds") ? seconds : "1970-01-01T00:00:00"}${tree.has("nanos") ? fraction : ""}Z`;
}

/** A null means the same as an absent field. */
function isSet(value: Json): boolean {
  return value !== undefined && value !== null;
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

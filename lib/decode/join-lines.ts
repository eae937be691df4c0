/** Makes logical lines of physical ones: parts that container runtimes cut, and JSON printed over many lines. */

import { shapeOf } from "./json-fault.ts";
import { isObject } from "./json-fields.ts";

export interface LineJoiner {
  /** Takes a physical line (latin1 code units, no line end) and gives `emit` the logical lines that are now complete. */
  push(line: string, emit: (line: string) => void): void;
  /** The input has ended, or has been silent for long: what is held goes out as it is. */
  flush(emit: (line: string) => void): void;
  /** What is held, as text to start again from; empty when nothing is. It belongs into the feed's position. */
  state(): string;
}

/** A line that grows beyond this is cut there, which the decoder rejects as too long. */
const HELD_MAX = 1_048_577;
const PRETTY_LINES_MAX = 20_000;
const STREAMS_MAX = 64;

const CRI = /^(\d{4}-\d\d-\d\dT[0-9:.+Z-]{8,30}) (stdout|stderr) ([PF])(?::[A-Za-z:]{1,40})? /;
const EVENT_START = /^[{]"(?:flow|lost_events|agent_event|debug_event|node_status)":/;
const PRETTY_START = /^(?:[{]|\s{0,200}"[^"\\]{1,200}":\s?[{[])\s{0,8}$/;
const PRETTY_NEXT = /^[\s}\]]/;
const DOCKER_START = '{"log":"';
const DOCKER_AFTER = '","stream":"';
// Docker's copier hands on what is longer in parts of 16 kB; only the last one ends with a line end.
const DOCKER_PART = 16_384;

export function createLineJoiner(state = ""): LineJoiner {
  return new Joiner(state);
}

class Joiner implements LineJoiner {
  private readonly parts: Map<string, string>;
  private pretty: string[] = [];
  private prettyLength = 0;
  private prettyDepth = 0;

  constructor(state: string) {
    const held = readState(state);
    this.parts = new Map(held.parts);
    for (const line of held.pretty) this.hold(line);
  }

  push(line: string, emit: (line: string) => void): void {
    if (this.pretty.length > 0 && !this.continuesPretty(line, emit)) this.endPretty(emit);
    else if (this.pretty.length > 0) return;
    const first = line.charCodeAt(0);
    if (first >= 0x30 && first <= 0x39) this.pushHeaded(line, emit);
    else if (first === 0x7b && line.startsWith(DOCKER_START)) this.pushDocker(line, emit);
    else if (line.length < 420 && PRETTY_START.test(line)) this.hold(line);
    else emit(line);
  }

  flush(emit: (line: string) => void): void {
    if (this.pretty.length > 0) this.endPretty(emit);
    for (const held of this.parts.values()) emit(held);
    this.parts.clear();
  }

  state(): string {
    if (this.parts.size === 0 && this.pretty.length === 0) return "";
    return JSON.stringify({ parts: [...this.parts], pretty: this.pretty });
  }

  private pushHeaded(line: string, emit: (line: string) => void): void {
    const head = CRI.exec(line);
    if (head) this.pushCri(line, head[0].length, `${head[1]} ${head[2]} F `, head[3] === "P", emit);
    else emit(line);
  }

  /** The head of the first part stays, with the tag of a whole line. A lost last part must not swallow the line after it. */
  private pushCri(line: string, start: number, head: string, isPart: boolean, emit: (line: string) => void): void {
    const stream = head.slice(head.indexOf(" "));
    let before = this.parts.get(stream);
    if (before !== undefined && EVENT_START.test(line.slice(start, start + 20))) {
      this.parts.delete(stream);
      emit(before);
      before = undefined;
    }
    if (isPart) this.keep(stream, (before ?? head) + line.slice(start));
    else this.finish(stream, before === undefined ? line : before + line.slice(start), emit);
  }

  private keep(stream: string, text: string): void {
    if (this.parts.size < STREAMS_MAX || this.parts.has(stream)) this.parts.set(stream, text.slice(0, HELD_MAX));
  }

  private finish(stream: string, line: string, emit: (line: string) => void): void {
    this.parts.delete(stream);
    emit(line);
  }

  private pushDocker(line: string, emit: (line: string) => void): void {
    const end = line.lastIndexOf(DOCKER_AFTER);
    const stream = `docker ${line.slice(end + DOCKER_AFTER.length, end + DOCKER_AFTER.length + 6)}`;
    const before = end < 0 ? undefined : this.parts.get(stream);
    const content = before === undefined && line.length < DOCKER_PART ? "" : line.slice(DOCKER_START.length, end);
    if (end > 0 && isDockerPart(content)) this.keep(stream, (before ?? DOCKER_START) + content);
    else if (before === undefined) emit(line);
    else this.finish(stream, before + line.slice(DOCKER_START.length), emit);
  }

  /** Whether the line was taken into what is printed over many lines. */
  private continuesPretty(line: string, emit: (line: string) => void): boolean {
    if (!PRETTY_NEXT.test(line) || this.pretty.length >= PRETTY_LINES_MAX || this.prettyLength + line.length > HELD_MAX) return false;
    this.hold(line);
    if (this.prettyDepth <= 0) this.endPretty(emit);
    return true;
  }

  private hold(line: string): void {
    this.pretty.push(line);
    this.prettyLength += line.length + 1;
    this.prettyDepth += shapeOf(line).depth;
  }

  private endPretty(emit: (line: string) => void): void {
    const text = this.pretty.join("\n");
    this.pretty = [];
    this.prettyLength = 0;
    this.prettyDepth = 0;
    emit(text);
  }
}

/** A part that is not the last: as long as Docker's parts are, and without a line end. `content` is escaped as JSON. */
function isDockerPart(content: string): boolean {
  if (content.length < DOCKER_PART - 4 || content.endsWith("\\n")) return false;
  try {
    const text: unknown = JSON.parse(`"${content}"`);
    return typeof text === "string" && text.length >= DOCKER_PART - 4;
  } catch {
    return false;
  }
}

function readState(state: string): { parts: [string, string][]; pretty: string[] } {
  const none = { parts: [], pretty: [] };
  if (state === "") return none;
  try {
    const held: unknown = JSON.parse(state);
    if (!isObject(held) || !Array.isArray(held.parts) || !Array.isArray(held.pretty)) return none;
    const parts = held.parts.filter(isPair);
    return { parts, pretty: held.pretty.filter((line) => typeof line === "string") };
  } catch {
    return none;
  }
}

function isPair(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === "string" && typeof value[1] === "string";
}

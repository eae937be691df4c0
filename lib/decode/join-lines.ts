/** Makes logical lines of physical ones: parts that container runtimes cut, and JSON printed over many lines. */
import { shapeOf } from "./json-fault.ts";

export interface LineJoiner {
  /** Takes a physical line (latin1 code units, no line end); answers the logical lines that are now complete. */
  push(line: string): readonly string[];
  /** The input has ended, or has been silent for long: what waits goes out as it is. */
  flush(): readonly string[];
  /** Whether a part waits for the rest of its line. */
  readonly pending: boolean;
}

/** A line that grows beyond this is cut there, which the decoder rejects as too long. */
const HELD_MAX = 1_048_577;
/** After so many other lines the rest of a part will not come any more. */
const WAIT_LINES_MAX = 1000;
const PRETTY_LINES_MAX = 20_000;
const PRETTY_START_MAX = 420;

const CRI = /^(\d{4}-\d\d-\d\dT[0-9:.+Z-]{8,30}) (stdout|stderr) ([PF])(?::[A-Za-z:]{1,40})? /;
const EVENT_START = /^[{]"(?:flow|lost_events|agent_event|debug_event|node_status)":/;
const PRETTY_START = /^(?:[{]|\s{0,200}"[^"\\]{1,200}":\s?[{[])\s{0,8}$/;
const PRETTY_NEXT = /^[\s}\]]/;
const DOCKER_START = '{"log":"';
const DOCKER_AFTER = '","stream":"';
// Docker's copier hands on what is longer in parts of 16 kB; only the last one ends with a line end.
const DOCKER_PART = 16_384;

export function createLineJoiner(): LineJoiner {
  return new Joiner();
}

class Joiner implements LineJoiner {
  private readonly parts = new Map<string, string>();
  private waited = 0;
  private pretty: string[] = [];
  private prettyLength = 0;
  private prettyDepth = 0;

  get pending(): boolean {
    return this.parts.size > 0 || this.pretty.length > 0;
  }

  push(line: string): readonly string[] {
    if (!this.pending && isPlainlyWhole(line)) return [line];
    if (this.pretty.length > 0)
      return this.continuesPretty(line) ? this.endPretty(false) : [...this.endPretty(true), ...this.pushAlone(line)];
    if (this.parts.size > 0 && ++this.waited > WAIT_LINES_MAX) return [...this.flush(), ...this.pushAlone(line)];
    return this.pushAlone(line);
  }

  flush(): readonly string[] {
    const rest = [...this.endPretty(true), ...this.parts.values()];
    this.parts.clear();
    this.waited = 0;
    return rest;
  }

  private pushAlone(line: string): readonly string[] {
    const first = line.charCodeAt(0);
    const head = first >= 0x30 && first <= 0x39 ? CRI.exec(line) : null;
    if (head) return this.pushCri(line, head[0].length, `${head[1]} ${head[2]} F `, head[3] === "P");
    if (line.startsWith(DOCKER_START)) return this.pushDocker(line);
    if (line.length > PRETTY_START_MAX || !PRETTY_START.test(line)) return [line];
    this.hold(line);
    return [];
  }

  /** The head of the first part stays, with the tag of a whole line. A lost last part must not swallow the line after it. */
  private pushCri(line: string, start: number, head: string, isPart: boolean): readonly string[] {
    const stream = head.slice(head.indexOf(" "));
    const before = this.parts.get(stream);
    if (before !== undefined && EVENT_START.test(line.slice(start, start + 20))) {
      this.parts.delete(stream);
      return [before, ...this.pushCri(line, start, head, isPart)];
    }
    if (isPart) return this.keep(stream, (before ?? head) + line.slice(start));
    return before === undefined ? [line] : this.finish(stream, before + line.slice(start));
  }

  private pushDocker(line: string): readonly string[] {
    const end = line.lastIndexOf(DOCKER_AFTER);
    const stream = line.slice(end + DOCKER_AFTER.length, end + DOCKER_AFTER.length + 6);
    const before = end < 0 ? undefined : this.parts.get(stream);
    if (end < DOCKER_START.length || (before === undefined && line.length < DOCKER_PART)) return [line];
    const content = line.slice(DOCKER_START.length, end);
    if (isDockerPart(content)) return this.keep(stream, (before ?? DOCKER_START) + content);
    return before === undefined ? [line] : this.finish(stream, before + line.slice(DOCKER_START.length));
  }

  private keep(stream: string, text: string): readonly string[] {
    this.parts.set(stream, text.slice(0, HELD_MAX));
    return [];
  }

  private finish(stream: string, line: string): readonly string[] {
    this.parts.delete(stream);
    this.waited = 0;
    return [line];
  }

  private hold(line: string): void {
    this.pretty.push(line);
    this.prettyLength += line.length + 1;
    this.prettyDepth += shapeOf(line).depth;
  }

  /** Whether the line was taken as a part of what is printed over many lines. */
  private continuesPretty(line: string): boolean {
    if (!PRETTY_NEXT.test(line) || this.pretty.length >= PRETTY_LINES_MAX || this.prettyLength + line.length > HELD_MAX) return false;
    this.hold(line);
    return true;
  }

  private endPretty(anyway: boolean): readonly string[] {
    if (this.pretty.length === 0 || (this.prettyDepth > 0 && !anyway)) return [];
    const text = this.pretty.join("\n");
    this.pretty = [];
    this.prettyLength = 0;
    this.prettyDepth = 0;
    return [text];
  }
}

/** Quick and mostly right; what it does not see is looked at in full. */
function isPlainlyWhole(line: string): boolean {
  const first = line.charCodeAt(0);
  // `{"flow` and the agent's own words
  if (first === 0x7b) return line.charCodeAt(2) === 0x66;
  if (first >= 0x30 && first <= 0x39) {
    // `2026-01-23T00:00:04Z stdout F `
    const space = line.indexOf(" ");
    return space > 0 && space < 40 && line.charCodeAt(space + 8) === 0x46 && line.charCodeAt(space + 9) === 0x20;
  }
  return (first >= 0x41 && first <= 0x5a) || (first >= 0x61 && first <= 0x7a) || first === 0x5b;
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

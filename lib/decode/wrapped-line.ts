/**
 * Finds the line that another one holds as a JSON text (Docker's json-file, Fluent Bit and other shippers), without parsing the outer one:
 * where the text before and after it reads as in a line that the general path has decoded, but for its values, that line is one, too.
 */
import { detachedSlice } from "./line-text.ts";
import { endOfText, type Span } from "./scan-json.ts";

export type Escape = (text: string) => string;

/** What stands around the inner line; `before`, the escaped inner line and `after` are the whole. */
export interface Around {
  readonly before: string;
  readonly after: string;
  readonly write: Escape;
}

interface WrappedLine extends Around {
  readonly inner: string;
}

/** How a shipper writes a text into JSON: as JSON asks for, or as Go does, which keeps it safe inside HTML too. */
export const ESCAPES: readonly Escape[] = [
  (text) => JSON.stringify(text).slice(1, -1),
  (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`),
];

const NOT_ASCII = /[\u0080-\uffff]/;
const OPENING = '"{\\"';
const AROUND_MAX = 16_384;
const KNOWN_MAX = 1000;
/** A text without escapes, with the colon that makes it a key, or a number. */
const VALUE = /"[ !#-[\]-\uffff]*"(\s*:)?|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

export class WrappedLines {
  private known = new Set<string>();

  /** The line inside, undefined when only the general path can tell. */
  find(line: string): WrappedLine | undefined {
    if (this.known.size === 0) return undefined;
    const span = textSpan(line);
    return span === undefined || !this.known.has(skeletonOf(line, span)) ? undefined : unwrapped(line, span);
  }

  /** The general path has found `inner` in this line, and a flow in it whose time and all else it tells itself. */
  learn(line: string, inner: string): void {
    const span = textSpan(line);
    if (span === undefined || unwrapped(line, span)?.inner !== inner) return;
    if (this.known.size >= KNOWN_MAX) this.known = new Set();
    this.known.add(skeletonOf(line, span));
  }
}

/** The text that holds JSON, with its quotes; undefined when there is none, or when another text has escapes and may hold something, too. */
function textSpan(line: string): Span | undefined {
  if (line.charCodeAt(0) !== 0x7b) return undefined;
  const start = line.indexOf(OPENING);
  if (start < 0 || start > AROUND_MAX || line.lastIndexOf("\\", start) >= 0) return undefined;
  const end = endOfText(line, start);
  return line.length - end > AROUND_MAX || line.indexOf("\\", end) >= 0 ? undefined : { start, end };
}

/** What is the same in all lines of one shipper: keys, marks, and which values are texts and which are numbers. */
function skeletonOf(line: string, { start, end }: Span): string {
  const outer = `${line.slice(0, start)}""${line.slice(end)}`;
  return outer.replace(VALUE, (value, colon?: string) => (colon !== undefined ? value : value.startsWith('"') ? '""' : "0"));
}

function unwrapped(line: string, span: Span): WrappedLine | undefined {
  const start = span.start + 1;
  const raw = line.slice(start, span.end - 1);
  const inner = textOf(raw)?.trimEnd();
  if (inner === undefined || NOT_ASCII.test(inner)) return undefined;
  for (const write of ESCAPES) {
    const written = write(inner);
    if (raw.slice(0, written.length) === written)
      return { inner, before: detachedSlice(line, 0, start), after: detachedSlice(line, start + written.length, line.length), write };
  }
  return undefined;
}

function textOf(raw: string): string | undefined {
  try {
    const text: unknown = JSON.parse(`"${raw}"`);
    return typeof text === "string" ? text : undefined;
  } catch {
    return undefined;
  }
}

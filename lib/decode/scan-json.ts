/** Finds where the members of a JSON object stand in a text that JSON.parse has already accepted. */

export interface Span {
  readonly start: number;
  readonly end: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Spans of the values of the object that begins at `start`, by key, in their order. Undefined when a key is written twice or with an
 * escape: then the text does not tell by its bytes alone what JSON.parse made of it.
 */
export function memberSpans(text: string, start: number): Map<string, Span> | undefined {
  const spans = new Map<string, Span>();
  let at = skipSpace(text, start + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const keyEnd = endOfText(text, at);
    const key = text.slice(at + 1, keyEnd - 1);
    if (key.includes("\\") || spans.has(key)) return undefined;
    const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const valueEnd = endOfValue(text, valueStart);
    spans.set(key, { start: valueStart, end: valueEnd });
    at = skipSpace(text, valueEnd);
    if (text.charCodeAt(at) === 0x2c) at = skipSpace(text, at + 1);
  }
  return spans;
}

/** Spans of the object found below the keys, undefined where memberSpans has none. */
export function spansOf(text: string, start: number, keys: readonly string[]): Map<string, Span> | undefined {
  let spans = memberSpans(text, start);
  for (const key of keys) {
    const inner = spans?.get(key);
    spans = inner && memberSpans(text, inner.start);
  }
  return spans;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return at;
}

/** One past the closing quote of the text that begins at `start`; the end of `text` when it has none. */
export function endOfText(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at >= 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at < 0 ? text.length : at + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}

/** One past the end of the value at `start`; its inside is not checked. */
export function endOfValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return endOfText(text, start);
  if (first !== 0x7b && first !== 0x5b) return endOfScalar(text, start);
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfText(text, at) - 1;
    else if (code === 0x7b || code === 0x5b) depth++;
    else if ((code === 0x7d || code === 0x5d) && --depth === 0) return at + 1;
  }
  return text.length;
}

function endOfScalar(text: string, start: number): number {
  let at = start;
  while (at < text.length && !",]}".includes(text.charAt(at)) && text.charCodeAt(at) > 0x20) at++;
  return at;
}

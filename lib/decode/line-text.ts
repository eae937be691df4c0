/** The text of lines: latin1 code units (one char, one byte) to Unicode and back to the original line. */
import type { LineParts } from "#lib/flows/flow.ts";

const NOT_ASCII = /[\u0080-\uffff]/;
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** The line as it came in, as latin1 code units: `pieces[0] + holes[0] + pieces[1] + ...`. */
export function lineOf(parts: LineParts): string {
  const { pieces } = parts.shape;
  let line = pieces[0] ?? "";
  for (let index = 0; index < parts.holes.length; index++) line += `${parts.holes[index]}${pieces[index + 1] ?? ""}`;
  return line;
}

/** Unicode text of latin1 code units that hold UTF-8; what is no UTF-8 becomes U+FFFD. */
export function utf8Of(latin1: string): string {
  if (!NOT_ASCII.test(latin1)) return latin1;
  const bytes = new Uint8Array(latin1.length);
  for (let index = 0; index < latin1.length; index++) bytes[index] = latin1.charCodeAt(index);
  return utf8.decode(bytes);
}

/** Latin1 code units of Unicode text: the way back of utf8Of. */
export function latin1Of(text: string): string {
  if (!NOT_ASCII.test(text)) return text;
  const bytes = new TextEncoder().encode(text);
  let latin1 = "";
  for (const byte of bytes) latin1 += String.fromCharCode(byte);
  return latin1;
}

// V8 keeps a whole parent alive behind a slice of 13 or more chars (SlicedString::kMinLength); shorter ones are copied.
const COPIED_LENGTH = 12;

/** `text.slice(start, end)` that does not keep `text` in memory. */
export function detachedSlice(text: string, start: number, end: number): string {
  if (end - start <= COPIED_LENGTH) return text.slice(start, end);
  let copy = "";
  for (let from = start; from < end; from += COPIED_LENGTH) copy += text.slice(from, Math.min(from + COPIED_LENGTH, end));
  return copy;
}

/** A flat copy, for texts that stay in memory for long. */
export function ownCopy(text: string): string {
  const copy: unknown = JSON.parse(JSON.stringify(text));
  return typeof copy === "string" ? copy : text;
}

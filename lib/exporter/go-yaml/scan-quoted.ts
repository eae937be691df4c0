/** Quoted scalars: escapes, folded line breaks, and the places where a quote never ends. */
import { isBlank, isBlankOrEnd, isBreak } from "./characters.ts";
import { Collected, type Cursor } from "./cursor.ts";
import { type Token, token } from "./token.ts";
import { Unreadable } from "./unreadable.ts";

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["0", "\0"],
  ["a", "\x07"],
  ["b", "\b"],
  ["t", "\t"],
  ["\t", "\t"],
  ["n", "\n"],
  ["v", "\v"],
  ["f", "\f"],
  ["r", "\r"],
  ["e", "\x1b"],
  [" ", " "],
  ['"', '"'],
  ["'", "'"],
  ["\\", "\\"],
  ["N", "\u0085"],
  ["_", "\u00a0"],
  ["L", "\u2028"],
  ["P", "\u2029"],
]);
const CODE_LENGTHS: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

export function scanQuoted(cursor: Cursor, quote: "'" | '"'): Token {
  const start = cursor.offset;
  const value = new Collected();
  cursor.skip();
  for (;;) {
    if (cursor.atDocumentMark()) throw new Unreadable("found unexpected document indicator", start);
    if (cursor.peek() === "") throw new Unreadable("found unexpected end of stream", start);
    const cut = takeWord(cursor, quote, value, start);
    if (cursor.peek() === quote) break;
    takeBlanks(cursor, value, cut);
  }
  cursor.skip();
  return token("scalar", start, cursor.offset, { text: value.text, origins: value.origins });
}

/** Up to a blank, a break, the end or the closing quote. True after an escaped line break. */
function takeWord(cursor: Cursor, quote: string, value: Collected, start: number): boolean {
  while (!isBlankOrEnd(cursor.peek())) {
    if (quote === "'" && cursor.startsWith("''")) {
      value.add("'", cursor.offset);
      cursor.skip(2);
    } else if (cursor.peek() === quote) {
      return false;
    } else if (quote === '"' && cursor.peek() === "\\") {
      if (isBreak(cursor.peek(1))) {
        cursor.skip();
        cursor.skipLine();
        return true;
      }
      takeEscape(cursor, value, start);
    } else {
      value.take(cursor);
    }
  }
  return false;
}

function takeEscape(cursor: Cursor, value: Collected, start: number): void {
  const at = cursor.offset;
  const mark = cursor.peek(1);
  const plain = ESCAPES.get(mark);
  const length = CODE_LENGTHS.get(mark);
  if (plain === undefined && length === undefined) throw new Unreadable("found unknown escape character", mark === "" ? start : at);
  cursor.skip(2);
  if (plain !== undefined) value.add(plain, at);
  if (length === undefined) return;
  const digits = cursor.text.slice(cursor.offset, cursor.offset + length);
  if (digits.length < length || !/^[0-9A-Fa-f]+$/.test(digits)) throw new Unreadable("did not find expected hexdecimal number", at);
  const code = Number.parseInt(digits, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) throw new Unreadable("found invalid Unicode character escape code", at);
  value.add(String.fromCodePoint(code), at);
  cursor.skip(length);
}

/** Blanks inside a line stay; around a break they go, one break becomes a blank, and each further one stays. */
function takeBlanks(cursor: Cursor, value: Collected, afterCut: boolean): void {
  const blanks = new Collected();
  const first = new Collected();
  const more = new Collected();
  let broken = afterCut;
  while (isBlank(cursor.peek()) || isBreak(cursor.peek())) {
    if (isBlank(cursor.peek())) {
      if (broken) cursor.skip();
      else blanks.take(cursor);
    } else if (broken) {
      more.takeLine(cursor);
    } else {
      first.takeLine(cursor);
      broken = true;
    }
  }
  if (!broken) value.addAll(blanks);
  else joinLines(value, first, more);
}

/** The rule of folding: `first` is the break that ended the line, `more` are the empty lines after it. */
export function joinLines(value: Collected, first: Collected, more: Collected): void {
  if (!first.text.startsWith("\n")) value.addAll(first);
  else if (more.text === "") value.add(" ", first.origins[0]?.source ?? 0);
  value.addAll(more);
}

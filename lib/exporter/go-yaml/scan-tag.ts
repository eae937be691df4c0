/** Anchors, aliases, tags and directives. */
import { isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isDigit, isWord } from "./characters.ts";
import type { Cursor } from "./cursor.ts";
import { type Token, token } from "./token.ts";
import { Unreadable } from "./unreadable.ts";

const AFTER_ANCHOR = new Set(["?", ":", ",", "]", "}", "%", "@", "`"]);
const URI = /^[0-9A-Za-z_\-;/?:@&=+$,.!~*'()[\]%]$/;

export function scanAnchor(cursor: Cursor, kind: "anchor" | "alias"): Token {
  const start = cursor.offset;
  cursor.skip();
  const name = words(cursor);
  const after = cursor.peek();
  if (name === "" || !(isBlankOrEnd(after) || AFTER_ANCHOR.has(after))) {
    throw new Unreadable("did not find expected alphabetic or numeric character", start);
  }
  return token(kind, start, cursor.offset, { text: name });
}

export function scanTag(cursor: Cursor): Token {
  const start = cursor.offset;
  const { handle, suffix } = cursor.peek(1) === "<" ? verbatimTag(cursor, start) : shortTag(cursor, start);
  if (!isBlankOrEnd(cursor.peek())) throw new Unreadable("did not find expected whitespace or line break", start);
  return token("tag", start, cursor.offset, { text: handle, suffix });
}

interface TagParts {
  readonly handle: string;
  readonly suffix: string;
}

function verbatimTag(cursor: Cursor, start: number): TagParts {
  cursor.skip(2);
  const suffix = uri(cursor, "", start);
  if (cursor.peek() !== ">") throw new Unreadable("did not find the expected '>'", start);
  cursor.skip();
  return { handle: "", suffix };
}

function shortTag(cursor: Cursor, start: number): TagParts {
  const handle = tagHandle(cursor, false, start);
  if (handle.length > 1 && handle.endsWith("!")) return { handle, suffix: uri(cursor, "", start) };
  const suffix = uri(cursor, handle, start);
  return suffix === "" ? { handle: "", suffix: "!" } : { handle: "!", suffix };
}

export function scanDirective(cursor: Cursor): Token {
  const start = cursor.offset;
  cursor.skip();
  const name = words(cursor);
  if (name === "") throw new Unreadable("could not find expected directive name", start);
  if (!isBlankOrEnd(cursor.peek())) throw new Unreadable("found unexpected non-alphabetical character", start);
  if (name !== "YAML" && name !== "TAG") throw new Unreadable("found unknown directive name", start);
  const read = name === "YAML" ? versionDirective(cursor, start) : tagDirective(cursor, start);
  blanks(cursor);
  if (cursor.peek() === "#") while (!isBreakOrEnd(cursor.peek())) cursor.skip();
  if (!isBreakOrEnd(cursor.peek())) throw new Unreadable("did not find expected comment or line break", start);
  if (isBreak(cursor.peek())) cursor.skipLine();
  return read;
}

function versionDirective(cursor: Cursor, start: number): Token {
  blanks(cursor);
  const major = versionNumber(cursor, start);
  if (cursor.peek() !== ".") throw new Unreadable("did not find expected digit or '.' character", start);
  cursor.skip();
  const minor = versionNumber(cursor, start);
  return token("version-directive", start, cursor.offset, { text: `${major}.${minor}` });
}

function versionNumber(cursor: Cursor, start: number): number {
  let digits = "";
  while (isDigit(cursor.peek())) {
    if (digits.length === 2) throw new Unreadable("found extremely long version number", start);
    digits += cursor.peek();
    cursor.skip();
  }
  if (digits === "") throw new Unreadable("did not find expected version number", start);
  return Number(digits);
}

function tagDirective(cursor: Cursor, start: number): Token {
  blanks(cursor);
  const handle = tagHandle(cursor, true, start);
  if (!isBlank(cursor.peek())) throw new Unreadable("did not find expected whitespace", start);
  blanks(cursor);
  const prefix = uri(cursor, "", start);
  if (!isBlankOrEnd(cursor.peek())) throw new Unreadable("did not find expected whitespace or line break", start);
  return token("tag-directive", start, cursor.offset, { text: handle, suffix: prefix });
}

function tagHandle(cursor: Cursor, directive: boolean, start: number): string {
  if (cursor.peek() !== "!") throw new Unreadable("did not find expected '!'", start);
  cursor.skip();
  const handle = `!${words(cursor)}`;
  if (cursor.peek() === "!") {
    cursor.skip();
    return `${handle}!`;
  }
  if (directive && handle !== "!") throw new Unreadable("did not find expected '!'", start);
  return handle;
}

/** `head` is a handle that turned out to be the beginning of the tag itself. */
function uri(cursor: Cursor, head: string, start: number): string {
  let text = head.slice(1);
  let any = head !== "";
  while (URI.test(cursor.peek())) {
    if (cursor.peek() === "%") {
      text += escapedOctets(cursor, start);
    } else {
      text += cursor.peek();
      cursor.skip();
    }
    any = true;
  }
  if (!any) throw new Unreadable("did not find expected tag URI", start);
  return text;
}

/** One character in UTF-8, each octet as `%xx`. */
function escapedOctets(cursor: Cursor, start: number): string {
  let escaped = "";
  let left = 1;
  do {
    const octet = /^%([0-9A-Fa-f]{2})/.exec(cursor.text.slice(cursor.offset, cursor.offset + 3))?.[1];
    if (octet === undefined) throw new Unreadable("did not find URI escaped octet", start);
    const byte = Number.parseInt(octet, 16);
    if (escaped === "") left = utf8Length(byte, start);
    else if ((byte & 0xc0) !== 0x80) throw new Unreadable("found an incorrect trailing UTF-8 octet", start);
    escaped += `%${octet}`;
    cursor.skip(3);
    left--;
  } while (left > 0);
  try {
    return decodeURIComponent(escaped);
  } catch {
    return "\ufffd";
  }
}

function utf8Length(byte: number, start: number): number {
  if ((byte & 0x80) === 0) return 1;
  if ((byte & 0xe0) === 0xc0) return 2;
  if ((byte & 0xf0) === 0xe0) return 3;
  if ((byte & 0xf8) === 0xf0) return 4;
  throw new Unreadable("found an incorrect leading UTF-8 octet", start);
}

function words(cursor: Cursor): string {
  let text = "";
  while (isWord(cursor.peek())) {
    text += cursor.peek();
    cursor.skip();
  }
  return text;
}

function blanks(cursor: Cursor): void {
  while (isBlank(cursor.peek())) cursor.skip();
}

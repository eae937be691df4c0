/** Block scalars, `|` and `>`: the form in which a ConfigMap holds a whole file. */
import { isBlank, isBreak, isBreakOrEnd, isDigit } from "./characters.ts";
import { Collected, type Cursor } from "./cursor.ts";
import { type Token, token } from "./token.ts";
import { Unreadable } from "./unreadable.ts";

type Chomp = "clip" | "strip" | "keep";

/** `indent` is that of the block around it, -1 at the top. */
export function scanBlock(cursor: Cursor, literal: boolean, indent: number): Token {
  const start = cursor.offset;
  const { chomp, increment } = readHead(cursor, start);
  const value = new Collected();
  const lineBreak = new Collected();
  const empty = new Collected();
  let own = increment === 0 ? 0 : Math.max(indent, 0) + increment;
  let end = cursor.offset;
  const takeEmptyLines = () => {
    const lines = readEmptyLines(cursor, own, indent, empty, start);
    own = lines.indent;
    end = lines.end ?? end;
  };
  takeEmptyLines();
  let blankBefore = false;
  while (cursor.column === own && cursor.peek() !== "") {
    const blank = isBlank(cursor.peek());
    if (!literal && !blankBefore && !blank && lineBreak.text.startsWith("\n")) {
      if (empty.text === "") value.add(" ", lineBreak.origins[0]?.source ?? 0);
    } else {
      value.addAll(lineBreak);
    }
    lineBreak.clear();
    value.addAll(empty);
    empty.clear();
    blankBefore = blank;
    takeRestOfLine(cursor, value);
    if (isBreak(cursor.peek())) lineBreak.takeLine(cursor);
    end = cursor.offset;
    takeEmptyLines();
  }
  if (chomp !== "strip") value.addAll(lineBreak);
  if (chomp === "keep") value.addAll(empty);
  return token("scalar", start, end, { text: value.text, origins: value.origins });
}

function takeRestOfLine(cursor: Cursor, value: Collected): void {
  const from = cursor.offset;
  while (!isBreakOrEnd(cursor.peek())) cursor.skip();
  value.add(cursor.text.slice(from, cursor.offset), from);
}

function readHead(cursor: Cursor, start: number): { readonly chomp: Chomp; readonly increment: number } {
  cursor.skip();
  let chomp = readChomp(cursor);
  let increment = 0;
  if (isDigit(cursor.peek())) {
    if (cursor.peek() === "0") throw new Unreadable("found an indentation indicator equal to 0", start);
    increment = Number(cursor.peek());
    cursor.skip();
    chomp ??= readChomp(cursor);
  }
  while (isBlank(cursor.peek())) cursor.skip();
  if (cursor.peek() === "#") while (!isBreakOrEnd(cursor.peek())) cursor.skip();
  if (!isBreakOrEnd(cursor.peek())) throw new Unreadable("did not find expected comment or line break", cursor.offset);
  if (isBreak(cursor.peek())) cursor.skipLine();
  return { chomp: chomp ?? "clip", increment };
}

function readChomp(cursor: Cursor): Chomp | undefined {
  const mark = cursor.peek();
  if (mark !== "+" && mark !== "-") return undefined;
  cursor.skip();
  return mark === "+" ? "keep" : "strip";
}

/** Blank lines before the next line of text; the first of them all decides the indentation when it is not given. */
function readEmptyLines(
  cursor: Cursor,
  given: number,
  outer: number,
  empty: Collected,
  start: number,
): { readonly indent: number; readonly end: number | undefined } {
  let widest = 0;
  let end: number | undefined;
  for (;;) {
    while ((given === 0 || cursor.column < given) && cursor.peek() === " ") cursor.skip();
    widest = Math.max(widest, cursor.column);
    if ((given === 0 || cursor.column < given) && cursor.peek() === "\t") {
      throw new Unreadable("found a tab character where an indentation space is expected", start);
    }
    if (!isBreak(cursor.peek())) break;
    empty.takeLine(cursor);
    end = cursor.offset;
  }
  return { indent: given === 0 ? Math.max(widest, outer + 1, 1) : given, end };
}

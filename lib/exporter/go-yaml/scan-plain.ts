/** Plain scalars: text without quotes, which ends where something else could begin. */
import { isBlank, isBlankOrEnd, isBreak } from "./characters.ts";
import { Collected, type Cursor } from "./cursor.ts";
import { joinLines } from "./scan-quoted.ts";
import { type Token, token } from "./token.ts";
import { Unreadable } from "./unreadable.ts";

const FLOW_MARKS = new Set([",", "?", "[", "]", "{", "}"]);

/** `broken`: the scalar was followed by a line break, after which a key may begin. `indent` is that of the block around it. */
export function scanPlain(cursor: Cursor, inFlow: boolean, indent: number): { readonly token: Token; readonly broken: boolean } {
  const start = cursor.offset;
  let end = start;
  const value = new Collected();
  const blanks = new Collected();
  const first = new Collected();
  const more = new Collected();
  let broken = false;
  for (;;) {
    if (cursor.atDocumentMark() || cursor.peek() === "#") break;
    while (!isBlankOrEnd(cursor.peek())) {
      const character = cursor.peek();
      if (character === ":" && isBlankOrEnd(cursor.peek(1))) break;
      if (inFlow && FLOW_MARKS.has(character)) break;
      if (broken) {
        joinLines(value, first, more);
        first.clear();
        more.clear();
        broken = false;
      } else if (blanks.text !== "") {
        value.addAll(blanks);
        blanks.clear();
      }
      value.take(cursor);
      end = cursor.offset;
    }
    if (!isBlank(cursor.peek()) && !isBreak(cursor.peek())) break;
    while (isBlank(cursor.peek()) || isBreak(cursor.peek())) {
      if (isBlank(cursor.peek())) {
        if (broken && cursor.column < indent + 1 && cursor.peek() === "\t") {
          throw new Unreadable("found a tab character that violates indentation", cursor.offset);
        }
        if (broken) cursor.skip();
        else blanks.take(cursor);
      } else if (broken) {
        more.takeLine(cursor);
      } else {
        blanks.clear();
        first.takeLine(cursor);
        broken = true;
      }
    }
    if (!inFlow && cursor.column < indent + 1) break;
  }
  return { token: token("scalar", start, end, { text: value.text, plain: true, origins: value.origins }), broken };
}

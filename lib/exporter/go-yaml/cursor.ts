/** A place in a text that moves by characters and lines, and a text collected on the way that remembers where it came from. */
import { isBreak } from "./characters.ts";

export class Cursor {
  readonly text: string;
  /** In UTF-16 code units. */
  offset = 0;
  /** In characters since the start, and since the start of the line. */
  index = 0;
  column = 0;
  line = 0;

  constructor(text: string) {
    this.text = text;
    if (text.startsWith("\ufeff")) this.offset = 1;
  }

  /** The character so many code units ahead; empty at the end. */
  peek(ahead = 0): string {
    const code = this.text.codePointAt(this.offset + ahead);
    return code === undefined ? "" : String.fromCodePoint(code);
  }

  startsWith(mark: string): boolean {
    return this.text.startsWith(mark, this.offset);
  }

  skip(count = 1): void {
    for (let done = 0; done < count; done++) {
      this.offset += this.peek().length;
      this.index++;
      this.column++;
    }
  }

  /** Over a line break, `\r\n` as one. */
  skipLine(): void {
    this.offset += this.startsWith("\r\n") ? 2 : 1;
    this.index++;
    this.column = 0;
    this.line++;
  }

  /** `---` or `...` alone at the start of a line. */
  atDocumentMark(): boolean {
    if (this.column !== 0 || !(this.startsWith("---") || this.startsWith("..."))) return false;
    const after = this.peek(3);
    return after === "" || after === " " || after === "\t" || isBreak(after);
  }
}

/** From this offset of the collected text on, characters stand at `source` and after it in the text they were read from. */
export interface Origin {
  readonly offset: number;
  readonly source: number;
}

/** A scalar's value in the making. */
export class Collected {
  text = "";
  readonly origins: Origin[] = [];

  add(piece: string, source: number): void {
    const last = this.origins.at(-1);
    if (last === undefined || source - last.source !== this.text.length - last.offset)
      this.origins.push({ offset: this.text.length, source });
    this.text += piece;
  }

  addAll(other: Collected): void {
    for (const [index, origin] of other.origins.entries()) {
      const end = other.origins[index + 1]?.offset ?? other.text.length;
      this.add(other.text.slice(origin.offset, end), origin.source);
    }
  }

  clear(): void {
    this.text = "";
    this.origins.length = 0;
  }

  take(cursor: Cursor): void {
    const character = cursor.peek();
    this.add(character, cursor.offset);
    cursor.skip();
  }

  /** A break becomes `\n`, but the separators of Unicode stay what they are. */
  takeLine(cursor: Cursor): void {
    const character = cursor.peek();
    this.add(character === "\u2028" || character === "\u2029" ? character : "\n", cursor.offset);
    cursor.skipLine();
  }
}

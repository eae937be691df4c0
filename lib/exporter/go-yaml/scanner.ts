/** Cuts a text into tokens by go-yaml's rules: which `:` makes a key, which indentation opens and closes a block. */
import { firstRefused, isBlankOrEnd, isBreak, isBreakOrEnd } from "./characters.ts";
import { Cursor } from "./cursor.ts";
import { scanBlock } from "./scan-block.ts";
import { scanPlain } from "./scan-plain.ts";
import { scanQuoted } from "./scan-quoted.ts";
import { scanAnchor, scanDirective, scanTag } from "./scan-tag.ts";
import { LONGEST_KEY, noKey, type SimpleKey } from "./simple-key.ts";
import { type Token, type TokenKind, token } from "./token.ts";
import { TooMuch, Unreadable } from "./unreadable.ts";

/** go-yaml's own limit is 10,000. */
const DEEPEST = 500;
/** Characters that begin no plain scalar. */
const INDICATORS = new Set([..."-?:,[]{}#&*!|>'\"%@`"]);
/** go-yaml reads its input in pieces; a refused character anywhere in a piece is met as soon as the piece is read. */
const PIECE = 512;

export class Scanner {
  readonly cursor: Cursor;
  readonly #tokens: Token[] = [];
  /** Tokens that were given out. */
  #taken = 0;
  #head = 0;
  #ended = false;
  #indent = -1;
  readonly #indents: number[] = [];
  #flowLevel = 0;
  #keyAllowed = true;
  readonly #keys: SimpleKey[] = [noKey()];
  readonly #refused: number | undefined;

  constructor(text: string) {
    this.cursor = new Cursor(text);
    this.#refused = firstRefused(text);
  }

  peek(): Token {
    while (this.#head === this.#tokens.length || this.#headMayBeKey()) this.#fetch();
    const head = this.#tokens[this.#head];
    if (head === undefined) throw new TooMuch("no token", this.cursor.offset);
    return head;
  }

  skip(): void {
    this.#head++;
    this.#taken++;
    if (this.#head > 4096) {
      this.#tokens.splice(0, this.#head);
      this.#head = 0;
    }
  }

  #headMayBeKey(): boolean {
    if (this.#ended) return false;
    return this.#keys.some((key) => key.possible && key.number === this.#taken && this.#stillValid(key));
  }

  #fetch(): void {
    const { cursor } = this;
    this.#refuseCharacters();
    this.#skipToToken();
    this.#unroll(cursor.column);
    this.#fetchAt(cursor.peek());
    this.#refuseCharacters();
  }

  #fetchAt(character: string): void {
    const { cursor } = this;
    const inFlow = this.#flowLevel > 0;
    const free = isBlankOrEnd(cursor.peek(1));
    if (character === "") this.#streamEnd();
    else if (cursor.column === 0 && character === "%") this.#directive();
    else if (cursor.atDocumentMark()) this.#documentMark(character === "-" ? "document-start" : "document-end");
    else if (character === "[") this.#flowStart("flow-sequence-start");
    else if (character === "{") this.#flowStart("flow-mapping-start");
    else if (character === "]") this.#flowEnd("flow-sequence-end");
    else if (character === "}") this.#flowEnd("flow-mapping-end");
    else if (character === ",") this.#flowEntry();
    else if (character === "-" && free) this.#blockEntry();
    else if (character === "?" && (inFlow || free)) this.#key();
    else if (character === ":" && (inFlow || free)) this.#value();
    else if (character === "*") this.#node(() => scanAnchor(cursor, "alias"));
    else if (character === "&") this.#node(() => scanAnchor(cursor, "anchor"));
    else if (character === "!") this.#node(() => scanTag(cursor));
    else if ((character === "|" || character === ">") && !inFlow) this.#block(character === "|");
    else if (character === "'" || character === '"') this.#node(() => scanQuoted(cursor, character));
    else if (this.#beginsPlain(character)) this.#plain();
    else throw new Unreadable("found character that cannot start any token", cursor.offset);
  }

  #beginsPlain(character: string): boolean {
    if (!INDICATORS.has(character) && !isBlankOrEnd(character)) return true;
    const next = this.cursor.peek(1);
    if (character === "-") return next !== " " && next !== "\t";
    return this.#flowLevel === 0 && (character === "?" || character === ":") && !isBlankOrEnd(next);
  }

  #skipToToken(): void {
    const { cursor } = this;
    for (;;) {
      const tabs = this.#flowLevel > 0 || !this.#keyAllowed;
      while (cursor.peek() === " " || (tabs && cursor.peek() === "\t")) cursor.skip();
      if (cursor.peek() === "#") while (!isBreakOrEnd(cursor.peek())) cursor.skip();
      if (!isBreak(cursor.peek())) return;
      cursor.skipLine();
      if (this.#flowLevel === 0) this.#keyAllowed = true;
    }
  }

  #streamEnd(): void {
    const { cursor } = this;
    if (cursor.column !== 0) {
      cursor.column = 0;
      cursor.line++;
    }
    this.#unroll(-1);
    this.#dropKey();
    this.#keyAllowed = false;
    this.#ended = true;
    this.#tokens.push(token("stream-end", cursor.offset, cursor.offset));
  }

  #directive(): void {
    this.#unroll(-1);
    this.#dropKey();
    this.#keyAllowed = false;
    this.#tokens.push(scanDirective(this.cursor));
  }

  #documentMark(kind: TokenKind): void {
    this.#unroll(-1);
    this.#dropKey();
    this.#keyAllowed = false;
    this.#pushMark(kind, 3);
  }

  #flowStart(kind: TokenKind): void {
    this.#saveKey();
    this.#keys.push(noKey());
    this.#flowLevel++;
    this.#checkDepth();
    this.#keyAllowed = true;
    this.#pushMark(kind);
  }

  #flowEnd(kind: TokenKind): void {
    this.#dropKey();
    if (this.#flowLevel > 0) {
      this.#flowLevel--;
      this.#keys.pop();
    }
    this.#keyAllowed = false;
    this.#pushMark(kind);
  }

  #flowEntry(): void {
    this.#dropKey();
    this.#keyAllowed = true;
    this.#pushMark("flow-entry");
  }

  #blockEntry(): void {
    const { cursor } = this;
    if (this.#flowLevel === 0) {
      if (!this.#keyAllowed) throw new Unreadable("block sequence entries are not allowed in this context", cursor.offset);
      this.#roll(cursor.column, undefined, "block-sequence-start", cursor.offset);
    }
    this.#dropKey();
    this.#keyAllowed = true;
    this.#pushMark("block-entry");
  }

  #key(): void {
    const { cursor } = this;
    if (this.#flowLevel === 0) {
      if (!this.#keyAllowed) throw new Unreadable("mapping keys are not allowed in this context", cursor.offset);
      this.#roll(cursor.column, undefined, "block-mapping-start", cursor.offset);
    }
    this.#dropKey();
    this.#keyAllowed = this.#flowLevel === 0;
    this.#pushMark("key");
  }

  #value(): void {
    const { cursor } = this;
    const key = this.#keys.at(-1);
    if (key?.possible && this.#stillValid(key)) {
      this.#tokens.splice(this.#at(key.number), 0, token("key", key.offset, key.offset));
      this.#roll(key.column, key.number, "block-mapping-start", key.offset);
      key.possible = false;
      this.#keyAllowed = false;
    } else {
      if (this.#flowLevel === 0) {
        if (!this.#keyAllowed) throw new Unreadable("mapping values are not allowed in this context", cursor.offset);
        this.#roll(cursor.column, undefined, "block-mapping-start", cursor.offset);
      }
      this.#keyAllowed = this.#flowLevel === 0;
    }
    this.#pushMark("value");
  }

  #node(scan: () => Token): void {
    this.#saveKey();
    this.#keyAllowed = false;
    this.#tokens.push(scan());
  }

  #block(literal: boolean): void {
    this.#dropKey();
    this.#keyAllowed = true;
    this.#tokens.push(scanBlock(this.cursor, literal, this.#indent));
  }

  #plain(): void {
    this.#saveKey();
    this.#keyAllowed = false;
    const scanned = scanPlain(this.cursor, this.#flowLevel > 0, this.#indent);
    this.#tokens.push(scanned.token);
    if (scanned.broken) this.#keyAllowed = true;
  }

  #pushMark(kind: TokenKind, length = 1): void {
    const { cursor } = this;
    const start = cursor.offset;
    cursor.skip(length);
    this.#tokens.push(token(kind, start, cursor.offset));
  }

  /** Where in the list the token with this number stands, counted from the first. */
  #at(number: number): number {
    return number - this.#taken + this.#head;
  }

  #saveKey(): void {
    const { cursor } = this;
    if (!this.#keyAllowed) return;
    this.#dropKey();
    this.#keys[this.#keys.length - 1] = {
      possible: true,
      required: this.#flowLevel === 0 && this.#indent === cursor.column,
      number: this.#taken + this.#tokens.length - this.#head,
      offset: cursor.offset,
      index: cursor.index,
      line: cursor.line,
      column: cursor.column,
    };
  }

  #dropKey(): void {
    const key = this.#keys.at(-1);
    if (!key?.possible) return;
    if (key.required) throw new Unreadable("could not find expected ':'", key.offset);
    key.possible = false;
  }

  #stillValid(key: SimpleKey): boolean {
    const { cursor } = this;
    if (key.line === cursor.line && key.index + LONGEST_KEY >= cursor.index) return true;
    if (key.required) throw new Unreadable("could not find expected ':'", key.offset);
    key.possible = false;
    return false;
  }

  #roll(column: number, number: number | undefined, kind: TokenKind, offset: number): void {
    if (this.#flowLevel > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    this.#checkDepth();
    const start = token(kind, offset, offset);
    if (number === undefined) this.#tokens.push(start);
    else this.#tokens.splice(this.#at(number), 0, start);
  }

  #unroll(column: number): void {
    if (this.#flowLevel > 0) return;
    while (this.#indent > column) {
      this.#tokens.push(token("block-end", this.cursor.offset, this.cursor.offset));
      this.#indent = this.#indents.pop() ?? -1;
    }
  }

  #checkDepth(): void {
    if (this.#flowLevel + this.#indents.length > DEEPEST) throw new TooMuch(`nested deeper than ${DEEPEST} levels`, this.cursor.offset);
  }

  #refuseCharacters(): void {
    if (this.#refused !== undefined && this.cursor.offset + PIECE > this.#refused) {
      throw new Unreadable("control characters are not allowed", this.#refused);
    }
  }
}

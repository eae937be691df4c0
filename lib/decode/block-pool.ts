/** Keeps the decoded value of JSON texts that many lines share (endpoints, names, policies), so that equal text gives the same object. */
import type { DictionaryWriter } from "#lib/flows/dictionary-writer.ts";
import { DEPTH_MAX, shapeOf } from "./json-fault.ts";
import { ownCopy, utf8Of } from "./line-text.ts";

const STRANGERS_MAX = 4;

/** A text as it stands in lines (latin1 code units), and what it says. */
export class Block<T> {
  readonly text: string;
  readonly value: T;
  /** The text that usually stands before it, and both as one. */
  lead = "";
  led = "";
  /** The dictionary that `textId` and `valueId` belong to. */
  dictionary: DictionaryWriter | undefined = undefined;
  textId = 0;
  valueId = 0;
  /** The number of its text as another text holds it, written by `escapedBy`. */
  escapedIn: DictionaryWriter | undefined = undefined;
  escapedBy: ((text: string) => string) | undefined = undefined;
  escapedId = 0;
  private strangers = STRANGERS_MAX - 1;

  constructor(text: string, value: T) {
    this.text = text;
    this.value = value;
  }

  /** Met after another text than `lead`: often enough, and that one becomes the lead. */
  meet(piece: string): void {
    if (++this.strangers <= STRANGERS_MAX) return;
    this.strangers = 0;
    this.lead = piece;
    this.led = piece + this.text;
  }
}

const TEXT_MAX = 65_536;
/** Characters one generation may hold: long labels must not fill the memory that short ones may not. */
const CHARS_MAX = 16 << 20;
const ROOM_FOR_NESTING = 12;

/** The value of a JSON text of bounded size and depth that stands inside a line; undefined when it is none. */
export function parseBlock(text: string): { readonly value: unknown } | undefined {
  if (text.length > TEXT_MAX || shapeOf(text).deepest > DEPTH_MAX - ROOM_FOR_NESTING) return undefined;
  try {
    return { value: JSON.parse(utf8Of(text)) };
  } catch {
    return undefined;
  }
}

/** Bounded: when `max` texts are in, the half that was not asked for since the last time goes. */
export class BlockPool<T> {
  private young = new Map<string, Block<T>>();
  private old = new Map<string, Block<T>>();
  private readonly read: (json: unknown) => T | undefined;
  private readonly max: number;
  private readonly onFull: () => void;
  private chars = 0;

  /** `read` answers undefined for a value that is not what it should be; `onFull` is told when the older half goes. */
  constructor(read: (json: unknown) => T | undefined, max: number, onFull: () => void) {
    this.read = read;
    this.max = max;
    this.onFull = onFull;
  }

  /** The block of a text; undefined when the text is no complete JSON value of the right kind. Nothing else ever enters the pool. */
  blockOf(text: string): Block<T> | undefined {
    const known = this.young.get(text);
    if (known) return known;
    const value = this.old.get(text);
    if (value) return this.keep(value);
    const read = this.parse(text);
    return read === undefined ? undefined : this.keep(new Block(ownCopy(text), read));
  }

  private parse(text: string): T | undefined {
    const json = parseBlock(text);
    return json && this.read(json.value);
  }

  private keep(block: Block<T>): Block<T> {
    if (this.young.size >= this.max / 2 || this.chars > CHARS_MAX) {
      this.old = this.young;
      this.young = new Map();
      this.chars = 0;
      this.onFull();
    }
    this.chars += block.text.length;
    this.young.set(block.text, block);
    return block;
  }
}

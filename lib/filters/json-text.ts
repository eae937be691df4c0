/** JSON as protojson's own decoder reads it: strict, with positions, a key twice in one object is an error, numbers keep their exact value. */

export type JsonPath = readonly (string | number)[];

export interface JsonFault {
  /** What is wrong, with its place: "duplicate field \"verdict\" (line 1:25)". */
  readonly reason: string;
  /** Keys and indexes down to where it is wrong. */
  readonly path: JsonPath;
}

export type ReadJson = { readonly value: unknown; readonly fault?: never } | { readonly fault: JsonFault; readonly value?: never };

/** Nothing that is read here nests deeper. */
const DEEPEST = 64;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const NUMBER_PARTS = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;
const AFTER_NUMBER = /[-+._a-zA-Z0-9]/;
const PLAIN_TEXT = /[^"\\\p{Cc}]*/uy;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);
const MOST_DIGITS = 20;

/** What is wrong with a text; caught at the room's own edge, in readJson. */
class Fault extends Error {
  readonly at: number;

  constructor(reason: string, at: number) {
    super(reason);
    this.at = at;
  }
}

/**
 * Numbers come as `number` where they are whole and exact, as `bigint` where they are whole and larger, and as a `number` that is not
 * whole where they are not (protojson takes `1e2` and `1.0` for integers, and not `1e-400`). Objects are made of own properties only.
 */
export function readJson(text: string): ReadJson {
  const reader = new Reader(text);
  try {
    return { value: reader.whole() };
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return { fault: { reason: `${fault.message} (line ${placeOf(text, fault.at)})`, path: [...reader.path] } };
  }
}

/** The value of a number's text as protojson understands integers; undefined where it is none. */
export function integerOf(text: string): bigint | undefined {
  const [, sign, whole = "", fraction = "", exponentText = "0"] = NUMBER_PARTS.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const significant = fraction.replace(/0+$/, "");
  const digits = whole === "0" ? "" : whole;
  if (digits === "" && significant === "") return 0n;
  const exponent = Number(exponentText);
  if (exponent < 0) {
    const kept = digits.length + exponent;
    if (significant !== "" || kept < 0 || /[^0]/.test(digits.slice(kept))) return undefined;
    return BigInt(`${sign}${digits.slice(0, kept) || "0"}`);
  }
  if (significant.length > exponent || digits.length + exponent > MOST_DIGITS) return undefined;
  return BigInt(`${sign}${digits}${significant}${"0".repeat(exponent - significant.length)}`);
}

class Reader {
  readonly #text: string;
  #at = 0;
  /** Where the reader is; after a fault, where it was. */
  readonly path: (string | number)[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  whole(): unknown {
    const value = this.#value();
    this.#blank();
    if (this.#at < this.#text.length) throw this.#unexpected();
    return value;
  }

  #value(): unknown {
    this.#blank();
    const first = this.#text.charAt(this.#at);
    if (first === "{") return this.#object();
    if (first === "[") return this.#list();
    if (first === '"') return this.#string();
    if (first === "-" || (first >= "0" && first <= "9")) return this.#number();
    for (const [word, value] of [["true", true] as const, ["false", false] as const, ["null", null] as const]) {
      if (!this.#text.startsWith(word, this.#at) || AFTER_NUMBER.test(this.#text.charAt(this.#at + word.length))) continue;
      this.#at += word.length;
      return value;
    }
    throw this.#unexpected();
  }

  #object(): object {
    this.#enter();
    const members = new Map<string, unknown>();
    this.#blank();
    if (this.#take("}")) return {};
    for (;;) {
      this.#blank();
      const start = this.#at;
      if (this.#text.charAt(start) !== '"') throw this.#unexpected();
      const key = this.#string();
      this.path.push(key);
      if (members.has(key)) throw new Fault(`duplicate field "${key.slice(0, 80)}"`, start);
      this.#blank();
      if (!this.#take(":")) throw this.#unexpected();
      members.set(key, this.#value());
      this.path.pop();
      this.#blank();
      if (this.#take("}")) return Object.fromEntries(members);
      if (!this.#take(",")) throw this.#unexpected();
    }
  }

  #list(): unknown[] {
    this.#enter();
    const items: unknown[] = [];
    this.#blank();
    if (this.#take("]")) return items;
    for (;;) {
      this.path.push(items.length);
      items.push(this.#value());
      this.path.pop();
      this.#blank();
      if (this.#take("]")) return items;
      if (!this.#take(",")) throw this.#unexpected();
    }
  }

  #enter(): void {
    if (this.path.length >= DEEPEST) throw new Fault("nested too deep", this.#at);
    this.#at += 1;
  }

  #string(): string {
    const start = this.#at;
    let found = "";
    this.#at += 1;
    for (;;) {
      PLAIN_TEXT.lastIndex = this.#at;
      const [plain = ""] = PLAIN_TEXT.exec(this.#text) ?? [];
      found += plain;
      this.#at += plain.length;
      const next = this.#text.charAt(this.#at);
      if (next === '"') break;
      if (next === "\\") found += this.#escape();
      else if (next >= "\u007f" && next <= "\u009f") {
        found += next;
        this.#at += 1;
      } else throw next === "" ? new Fault("unexpected end of a text", start) : new Fault("invalid character in a text", this.#at);
    }
    this.#at += 1;
    if (!found.isWellFormed()) throw new Fault("a text that is no Unicode", start);
    return found;
  }

  #escape(): string {
    const kind = this.#text.charAt(this.#at + 1);
    const plain = ESCAPES.get(kind);
    if (plain !== undefined) {
      this.#at += 2;
      return plain;
    }
    const digits = this.#text.slice(this.#at + 2, this.#at + 6);
    if (kind !== "u" || !/^[0-9a-fA-F]{4}$/.test(digits)) throw new Fault("invalid escape in a text", this.#at);
    this.#at += 6;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #number(): number | bigint {
    NUMBER.lastIndex = this.#at;
    const [text = ""] = NUMBER.exec(this.#text) ?? [];
    const end = this.#at + text.length;
    if (text === "" || AFTER_NUMBER.test(this.#text.charAt(end))) throw this.#unexpected();
    this.#at = end;
    const whole = integerOf(text);
    if (whole === undefined) return Number.isInteger(Number(text)) ? Number.NaN : Number(text);
    return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
  }

  #blank(): void {
    while (" \t\r\n".includes(this.#text.charAt(this.#at)) && this.#at < this.#text.length) this.#at += 1;
  }

  #take(character: string): boolean {
    if (this.#text.charAt(this.#at) !== character) return false;
    this.#at += 1;
    return true;
  }

  #unexpected(): Fault {
    const found = this.#text.slice(this.#at, this.#at + 20);
    return found === "" ? new Fault("unexpected end", this.#at) : new Fault(`unexpected ${JSON.stringify(found)}`, this.#at);
  }
}

function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split("\n");
  return `${before.length}:${(before.at(-1) ?? "").length + 1}`;
}

/** Reads typed fields out of parsed JSON the way protojson does: null is absent, numbers may be texts, enums may be numbers. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const UINT32_MAX = 4294967295;
const EMPTY: JsonObject = {};
const NO_TEXTS: readonly string[] = [];

/** Reads fields one after another and remembers the first one that holds what it may not hold. */
export class FieldReader {
  /** Name of the first bad field and what stood there; empty while all is well. */
  problem = "";

  text(object: JsonObject, key: string): string {
    const value = object[key];
    if (value === undefined || value === null) return "";
    if (typeof value === "string") return value;
    return this.bad(key, value, "");
  }

  /** An enum value: its name, or its number as text when the writer had no name for it. */
  name(object: JsonObject, key: string): string {
    const value = object[key];
    if (typeof value === "number" && Number.isInteger(value)) return String(value);
    return this.text(object, key);
  }

  /** A whole number that fits 32 bits; `absent` when the field is not there. */
  integer(object: JsonObject, key: string, absent: number, max: number = UINT32_MAX): number {
    const value = object[key];
    if (value === undefined || value === null) return absent;
    const number = typeof value === "string" && /^-?\d{1,10}$/.test(value) ? Number(value) : value;
    if (typeof number === "number" && Number.isInteger(number) && number <= max && number >= -2147483648) return number;
    return this.bad(key, value, absent);
  }

  unsigned(object: JsonObject, key: string, absent: number, max: number = UINT32_MAX): number {
    const number = this.integer(object, key, absent, max);
    return number < 0 && number !== absent ? this.bad(key, number, absent) : number;
  }

  /** A 64-bit number, kept as the text that protojson makes of it; empty when absent. */
  digits(object: JsonObject, key: string): string {
    const value = object[key];
    if (value === undefined || value === null) return "";
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return String(value);
    if (typeof value === "string" && /^\d{1,20}$/.test(value)) return value;
    return this.bad(key, value, "");
  }

  flag(object: JsonObject, key: string): boolean | undefined {
    const value = object[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value === "boolean") return value;
    return this.bad(key, value, undefined);
  }

  object(object: JsonObject, key: string): JsonObject {
    const value = object[key];
    if (value === undefined || value === null) return EMPTY;
    if (isObject(value)) return value;
    return this.bad(key, value, EMPTY);
  }

  texts(object: JsonObject, key: string): readonly string[] {
    const value = object[key];
    if (value === undefined || value === null) return NO_TEXTS;
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.length === 0 ? NO_TEXTS : value;
    return this.bad(key, value, NO_TEXTS);
  }

  objects(object: JsonObject, key: string): readonly JsonObject[] {
    const value = object[key];
    if (value === undefined || value === null) return [];
    if (Array.isArray(value) && value.every(isObject)) return value;
    return this.bad(key, value, []);
  }

  private bad<T>(key: string, value: unknown, instead: T): T {
    if (this.problem === "") this.problem = `${key} is ${described(value)}`;
    return instead;
  }
}

function described(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return String(value).slice(0, 80);
}

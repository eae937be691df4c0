/** Values as the stand-in holds them, and how Kusto writes, reads and compares them. */

/**
 * datetime and timespan are bigints: ticks of 100 ns (datetime: since 1970). long, int and real are numbers: a long beyond 2^53 is refused.
 * string is never null. dynamic is a JSON value.
 */
export type Value = string | number | bigint | boolean | null | readonly Value[] | { readonly [key: string]: Value };
export type Row = readonly Value[];

const TICKS_PER_SECOND = 10_000_000n;
const TICKS_PER_DAY = 864_000_000_000n;
/** Ticks between 0001-01-01, where `bin` begins, and 1970. */
export const TICKS_BEFORE_1970 = 621_355_968_000_000_000n;

const UNITS: ReadonlyMap<string, bigint> = new Map(
  (
    [
      [1n, "tick ticks"],
      [10n, "microsecond microseconds"],
      [10_000n, "ms millisecond milliseconds"],
      [TICKS_PER_SECOND, "s sec second seconds"],
      [600_000_000n, "m min minute minutes"],
      [36_000_000_000n, "h hr hour hours"],
      [TICKS_PER_DAY, "d day days"],
    ] as const
  ).flatMap(([ticks, names]) => names.split(" ").map((name) => [name, ticks] as const)),
);

export function isArray(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isBag(value: Value | undefined): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member of a property bag; null where there is none. `__proto__` is a key like any other. */
export function bagMember(bag: Value, key: string): Value {
  if (!isBag(bag)) return null;
  return Object.hasOwn(bag, key) ? (bag[key] ?? null) : null;
}

/** ISO 8601 with up to seven fraction digits that count, null when it is none. More digits are refused: whether the service reads them is not known. */
export function readDatetime(text: string): bigint | null {
  const found = /^\s*(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?)?\s*(Z|[+-]\d\d:?\d\d)?\s*$/.exec(text);
  if (!found) return null;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone = "Z"] = found;
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  if (Number.isNaN(ms) || new Date(ms).getUTCDate() !== Number(day)) return null;
  const offset = zone === "Z" ? 0 : (zone.startsWith("-") ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
  return BigInt(ms - offset * 60_000) * 10_000n + BigInt(fraction.padEnd(7, "0"));
}

export function writeDatetime(ticks: bigint): string {
  const fraction = floorMod(ticks, TICKS_PER_SECOND);
  return `${new Date(Number((ticks - fraction) / 10_000n)).toISOString().slice(0, 19)}.${String(fraction).padStart(7, "0")}Z`;
}

/** `5m`, `2ms`, `1.02:03:04.5`, `00:00:10`; null when it is none. */
export function readTimespan(text: string): bigint | null {
  const short = /^\s*(-?\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(text);
  const unit = short?.[2] === undefined ? undefined : UNITS.get(short[2].toLowerCase());
  if (short?.[1] !== undefined && unit !== undefined) return BigInt(Math.round(Number(short[1]) * Number(unit)));
  const long = /^\s*(-)?(?:(\d+)\.)?(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?\s*$/.exec(text);
  if (!long) return null;
  const [, sign, days = "0", hours = "0", minutes = "0", seconds = "0", fraction = ""] = long;
  const whole = BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds);
  const ticks = BigInt(days) * TICKS_PER_DAY + whole * TICKS_PER_SECOND + BigInt(fraction.padEnd(7, "0"));
  return sign === "-" ? -ticks : ticks;
}

export function writeTimespan(ticks: bigint): string {
  const size = ticks < 0n ? -ticks : ticks;
  const two = (number: bigint): string => String(number).padStart(2, "0");
  const days = size / TICKS_PER_DAY;
  const seconds = (size / TICKS_PER_SECOND) % 86_400n;
  const fraction = size % TICKS_PER_SECOND;
  const clock = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  return `${ticks < 0n ? "-" : ""}${days > 0n ? `${days}.` : ""}${clock}${fraction > 0n ? `.${String(fraction).padStart(7, "0")}` : ""}`;
}

/** What `tostring` makes of a value of this type. */
export function textOfValue(value: Value, type: string): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return type === "timespan" ? writeTimespan(value) : writeDatetime(value);
  if (typeof value === "boolean") return type === "dynamic" ? String(value) : value ? "True" : "False";
  return typeof value === "object" ? jsonOf(value) : String(value);
}

/** Values never change: the text of an object is made once. */
export function jsonOf(value: Value): string {
  if (typeof value !== "object" || value === null) return written(value);
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = written(value);
  texts.set(value, text);
  return text;
}

const texts = new WeakMap<object, string>();

function written(value: Value): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === "bigint" ? writeDatetime(one) : one));
}

/** A number of a text, a flag or a number; null when it is none. */
export function numberOf(value: Value): number | null {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "bigint") throw new Error("a datetime or timespan as a number is beyond the stand-in's longs");
  if (typeof value !== "string" || !/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value)) return null;
  return Number(value);
}

/** Distinct for distinct values of one column: a value itself, where JavaScript tells it apart. */
export function keyOf(value: Value): string | number | bigint | boolean | null {
  return typeof value === "object" && value !== null ? `\u0000${jsonOf(value)}` : value;
}

/** Nulls first; texts by code unit. */
export function compareValues(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  if (typeof a === "object" || typeof b === "object") throw new Error("dynamic values have no order");
  return a < b ? -1 : 1;
}

/** Null where both sides are null; a null equals nothing else. */
export function equalValues(a: Value, b: Value): boolean | null {
  if (a === null || b === null) return a === b ? null : false;
  return typeof a === typeof b && typeof a !== "object" ? a === b : textOfValue(a, "") === textOfValue(b, "");
}

export function emptyOf(type: string): Value {
  return type === "string" ? "" : null;
}

/** The rest that is never negative. */
export function floorMod(value: bigint, by: bigint): bigint {
  const rest = value % by;
  return rest < 0n ? rest + by : rest;
}

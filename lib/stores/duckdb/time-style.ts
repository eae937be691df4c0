/** How a line wrote its time, so that the same text can be written again from the nanoseconds. */
import { formatTime, formatTimeShort, parseTime } from "#lib/flows/flow-time.ts";

/** `protojson`: 0, 3, 6 or 9 fraction digits. `short`: no trailing zeros. `nine`: always nine digits. Bits, because a text may fit several. */
export const TIME_STYLES = { protojson: 1, short: 2, nine: 4 } as const;

export interface TimeReader {
  /** The styles in which `ns` is written exactly as `text`, as bits; 0 = none. */
  stylesOf(text: string, ns: bigint): number;
}

const SECOND_LENGTH = "2026-01-23T00:00:00".length;
const DOT = 46;
const ZERO = 48;
const UPPER_Z = 90;

/** Remembers the last second, which most lines share with the one before. */
export function createTimeReader(): TimeReader {
  let second = "";
  let secondNs = 0n;
  return {
    stylesOf: (text, ns) => {
      const { length } = text;
      if (length < SECOND_LENGTH + 1 || length > SECOND_LENGTH + 11 || text.charCodeAt(length - 1) !== UPPER_Z) return 0;
      if (second === "" || !text.startsWith(second)) {
        const parsed = parseTime(`${text.slice(0, SECOND_LENGTH)}Z`);
        if (parsed === undefined || formatTime(parsed) !== `${text.slice(0, SECOND_LENGTH)}Z`) return 0;
        second = text.slice(0, SECOND_LENGTH);
        secondNs = parsed;
      }
      if (length === SECOND_LENGTH + 1) return ns === secondNs ? TIME_STYLES.protojson | TIME_STYLES.short : 0;
      if (text.charCodeAt(SECOND_LENGTH) !== DOT) return 0;
      const digits = length - SECOND_LENGTH - 2;
      let nanos = 0;
      for (let at = SECOND_LENGTH + 1; at < length - 1; at++) {
        const digit = text.charCodeAt(at) - ZERO;
        if (digit < 0 || digit > 9) return 0;
        nanos = nanos * 10 + digit;
      }
      for (let at = digits; at < 9; at++) nanos *= 10;
      if (digits === 0 || ns !== secondNs + BigInt(nanos)) return 0;
      const trimmed = text.charCodeAt(length - 2) !== ZERO;
      return (
        (protojsonDigits(nanos) === digits ? TIME_STYLES.protojson : 0) |
        (trimmed ? TIME_STYLES.short : 0) |
        (digits === 9 ? TIME_STYLES.nine : 0)
      );
    },
  };
}

function protojsonDigits(nanos: number): number {
  if (nanos === 0) return 0;
  if (nanos % 1_000_000 === 0) return 3;
  return nanos % 1000 === 0 ? 6 : 9;
}

export function timeText(ns: bigint, style: number): string {
  if (style === TIME_STYLES.short) return formatTimeShort(ns);
  if (style === TIME_STYLES.protojson) return formatTime(ns);
  const short = formatTimeShort(ns).slice(0, -1);
  const dot = short.indexOf(".");
  return dot < 0 ? `${short}.000000000Z` : `${short.padEnd(dot + 10, "0")}Z`;
}

/** The styles in which this instant reads as formatTimeShort (`short`) or formatTime writes it, as bits. */
export function stylesOfTime(ns: bigint, short: boolean): number {
  const nanos = Number(ns % 1_000_000_000n);
  if (nanos % 10 !== 0) return TIME_STYLES.protojson | TIME_STYLES.short | TIME_STYLES.nine;
  const digits = protojsonDigits(nanos);
  if (digits === 0) return TIME_STYLES.protojson | TIME_STYLES.short;
  const trimmed = nanos % 10 ** (10 - digits) !== 0;
  if (trimmed) return TIME_STYLES.protojson | TIME_STYLES.short;
  if (short) return TIME_STYLES.short;
  return digits === 9 ? TIME_STYLES.protojson | TIME_STYLES.nine : TIME_STYLES.protojson;
}

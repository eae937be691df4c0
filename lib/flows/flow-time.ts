/** Flow time: nanoseconds since 1970 as a bigint, and the two ways Cilium's world writes it as RFC 3339 text. */

const SHAPE = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;
const NS_PER_SECOND = 1_000_000_000n;
const NS_PER_MS = 1_000_000n;

/** RFC 3339 text with any offset and any number of fraction digits (what lies below a nanosecond is cut); undefined when it is no instant. */
export function parseTime(text: string): bigint | undefined {
  const found = SHAPE.exec(text);
  if (!found) return undefined;
  const [
    ,
    year = "",
    month = "",
    day = "",
    hour = "",
    minute = "",
    second = "",
    fraction = "",
    sign,
    offsetHour = "0",
    offsetMinute = "0",
  ] = found;
  const ms = utcMs(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
  if (ms === undefined || Number(offsetHour) > 23 || Number(offsetMinute) > 59) return undefined;
  const offsetMs = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000;
  const instantMs = sign === "-" ? ms + offsetMs : ms - offsetMs;
  return BigInt(instantMs) * NS_PER_MS + BigInt(fraction.slice(0, 9).padEnd(9, "0"));
}

/** Milliseconds since 1970, undefined when a part is out of its range (second 60 is, as for Cilium). */
function utcMs(year: number, month: number, day: number, hour: number, minute: number, second: number): number | undefined {
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** As protojson writes it, hence as every flow line does: UTC, `Z`, and 0, 3, 6 or 9 fraction digits, as few as keep the value. */
export function formatTime(ns: bigint): string {
  const nanos = nanosOf(ns);
  if (nanos === 0) return `${secondText(ns)}Z`;
  if (nanos % 1_000_000 === 0) return `${secondText(ns)}.${String(nanos / 1_000_000).padStart(3, "0")}Z`;
  if (nanos % 1000 === 0) return `${secondText(ns)}.${String(nanos / 1000).padStart(6, "0")}Z`;
  return `${secondText(ns)}.${String(nanos).padStart(9, "0")}Z`;
}

/** As Go's RFC3339Nano writes it, hence container runtimes and many shippers: UTC, `Z`, fraction digits without trailing zeros. */
export function formatTimeShort(ns: bigint): string {
  const nanos = nanosOf(ns);
  if (nanos === 0) return `${secondText(ns)}Z`;
  return `${secondText(ns)}.${String(nanos).padStart(9, "0").replace(/0+$/, "")}Z`;
}

function nanosOf(ns: bigint): number {
  const rest = Number(ns % NS_PER_SECOND);
  return rest < 0 ? rest + 1_000_000_000 : rest;
}

function secondText(ns: bigint): string {
  const wholeSeconds = (ns - BigInt(nanosOf(ns))) / NS_PER_SECOND;
  return new Date(Number(wholeSeconds) * 1000).toISOString().slice(0, 19);
}

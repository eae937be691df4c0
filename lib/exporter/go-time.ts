/** Times and durations as Go's standard library reads and prints them. */

/** Seconds, fraction and zone, with what Go lets through: a comma for the point, one digit of hours, zones up to ±24:00. */
const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d+))?(Z|[+-]\d{2}:\d{2})$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export interface GoTime {
  /** As Go prints it again: nine digits at most, none superfluous, `Z` for any zone without an offset. */
  readonly text: string;
  /** Milliseconds since 1970, rounded down. */
  readonly ms: number;
}

/** What time.Time takes from JSON; undefined = an error, which refuses the whole file. */
export function parseGoTime(text: string): GoTime | undefined {
  const parts = RFC_3339.exec(text);
  if (parts === null) return undefined;
  const [, year = "", month = "", day = "", hour = "", minute = "", second = "", fraction = "", zone = ""] = parts;
  if (!isDay(Number(year), Number(month), Number(day))) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const offset = zoneMinutes(zone);
  if (offset === undefined) return undefined;
  const digits = fraction.slice(0, 9).replace(/0+$/, "");
  const clock = `${year}-${month}-${day}T${hour.padStart(2, "0")}:${minute}:${second}`;
  const ms = Date.parse(`${clock}Z`) - offset * 60_000 + Number(digits.slice(0, 3).padEnd(3, "0"));
  return { text: `${clock}${digits === "" ? "" : `.${digits}`}${zoneText(offset)}`, ms };
}

function zoneText(minutes: number): string {
  if (minutes === 0) return "Z";
  const pad = (value: number) => String(value).padStart(2, "0");
  const total = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${pad(Math.floor(total / 60))}:${pad(total % 60)}`;
}

function isDay(year: number, month: number, day: number): boolean {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && leap ? 29 : DAYS[month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

function zoneMinutes(zone: string): number | undefined {
  if (zone === "Z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4));
  if (hours > 24 || minutes > 60) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ["ns", 1e-6],
  ["us", 1e-3],
  ["µs", 1e-3],
  ["μs", 1e-3],
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/** Milliseconds of what time.ParseDuration takes, such as `30s` or `1h15m`; undefined = an error. */
export function parseGoDuration(text: string): number | undefined {
  const [, sign = "", rest = ""] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  if (rest === "0") return 0;
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) return undefined;
  let total = 0;
  for (const [, amount, unit = ""] of rest.matchAll(/([\d.]+)(ns|us|µs|μs|ms|s|m|h)/g)) total += Number(amount) * (UNITS.get(unit) ?? 0);
  return sign === "-" ? -total : total;
}

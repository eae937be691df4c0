/** A count against the one before: percent, from one and a half on a factor. Neither more nor less blocked is good or bad. */
import { UNKNOWN } from "./format-count.ts";

/** `+38 %`, `−5 %`, `0 %`, `2.0×`, `NEW` where there was nothing before, a dash where nothing is known. */
export function formatChange(now: number, before: number | undefined): string {
  if (before === undefined) return UNKNOWN;
  if (before === 0) return now === 0 ? "0 %" : "NEW";
  const factor = now / before;
  if (factor >= 1.5) return `${factor < 99.95 ? factor.toFixed(1) : Math.round(factor).toLocaleString("en-US")}×`;
  const percent = Math.round((factor - 1) * 100);
  if (percent === 0) return "0 %";
  return percent > 0 ? `+${percent} %` : `−${-percent} %`;
}

/** Whether the change deserves bold: a factor. */
export function isBigChange(now: number, before: number | undefined): boolean {
  return before !== undefined && before > 0 && now / before >= 1.5;
}

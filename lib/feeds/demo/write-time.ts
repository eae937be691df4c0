/** Writes times as the agent does: RFC 3339 in UTC, with 0, 3, 6 or 9 digits of the second. */

/** Remembers the last whole second, since lines come in time order. */
export function createTimeWriter(fromMs: number): (at: number) => string {
  let second = Number.NaN;
  let text = "";
  return (at) => {
    const whole = Math.floor(at);
    const ms = fromMs + whole;
    const nowSecond = Math.floor(ms / 1000);
    if (nowSecond !== second) {
      second = nowSecond;
      text = new Date(nowSecond * 1000).toISOString().slice(0, 19);
    }
    const nanos = (ms - nowSecond * 1000) * 1_000_000 + Math.floor((at - whole) * 1_000_000);
    return `${text}${fraction(nanos)}Z`;
  };
}

function fraction(nanos: number): string {
  if (nanos === 0) return "";
  const digits = String(nanos).padStart(9, "0");
  if (nanos % 1_000_000 === 0) return `.${digits.slice(0, 3)}`;
  return nanos % 1000 === 0 ? `.${digits.slice(0, 6)}` : `.${digits}`;
}

/** A clock's distance from UTC: `UTC+2`, `UTC−3:30`. Names of zones are ambiguous, distances are not. */
export function zoneName(offset: number): string {
  if (offset === 0) return "UTC";
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const rest = minutes % 60;
  return `UTC${offset > 0 ? "+" : "−"}${Math.floor(minutes / 60)}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
}

/** The time range asked about: as a person wrote it, and as instants. */

/** `now`, `now-24h`, `now-15m`, `now-7d`, or an ISO instant. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

/** Milliseconds since 1970, half open: from <= time < to. */
export interface ResolvedWindow {
  readonly from: number;
  readonly to: number;
}

/** How a window is cut into buckets: round widths for timelines, equal slices for sparklines. Both stores cut alike. */
import type { ResolvedWindow } from "./window.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** In milliseconds; each starts at a multiple of itself since 1970, so a day is a UTC day. */
export const BUCKET_WIDTHS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  DAY,
];

export interface Buckets {
  /** Milliseconds since 1970, at or before the window's start. */
  readonly start: number;
  /** Milliseconds. */
  readonly width: number;
  readonly count: number;
}

/** The narrowest round width that needs at most `most` buckets (two at least: a window may lie across a boundary of any width). */
export function bucketsOf(window: ResolvedWindow, most: number): Buckets {
  const limit = Math.max(2, Math.floor(most));
  for (const width of BUCKET_WIDTHS) {
    const buckets = cut(window, width);
    if (buckets.count <= limit) return buckets;
  }
  const days = (window.to - window.from) / DAY;
  const tight = cut(window, Math.ceil(days / limit) * DAY);
  return tight.count <= limit ? tight : cut(window, Math.ceil(days / (limit - 1)) * DAY);
}

/** `points` equal slices of the window, each at least a millisecond wide; the last may reach past its end. */
export function slicesOf(window: ResolvedWindow, points: number): Buckets {
  const count = Math.max(1, Math.floor(points));
  return { start: window.from, width: Math.max(1, Math.ceil((window.to - window.from) / count)), count };
}

/** Index of the bucket that a time in milliseconds falls in. */
export function bucketAt(buckets: Buckets, ms: number): number {
  return Math.floor((ms - buckets.start) / buckets.width);
}

function cut(window: ResolvedWindow, width: number): Buckets {
  const start = Math.floor(window.from / width) * width;
  return { start, width, count: Math.max(1, Math.ceil((window.to - start) / width)) };
}

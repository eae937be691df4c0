/** How long to wait before the next try: twice as long every time, and never two in step. */

export interface BackOff {
  /** Milliseconds. `least`: what the other side asked for. */
  next(least?: number): number;
  /** It worked: the next failure counts as the first. */
  reset(): void;
}

export interface BackOffLimits {
  readonly firstMs: number;
  readonly mostMs: number;
}

/** `random` gives numbers from 0 to 1. */
export function createBackOff({ firstMs, mostMs }: BackOffLimits, random: () => number): BackOff {
  let wait = firstMs;
  return {
    next(least = 0) {
      const now = Math.max(wait * (0.5 + random()), least * (1 + random() / 4));
      wait = Math.min(wait * 2, mostMs);
      return now;
    },
    reset() {
      wait = firstMs;
    },
  };
}

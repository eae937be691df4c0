/** Equal questions asked at once are asked one time, and an answer is given again for a short while. */

export interface CacheOptions<T> {
  /** 0 = an answer is not kept; equal questions at the same time are still asked once. */
  readonly keepMs: number;
  readonly now: () => number;
  /** Problems, for one, are not. */
  readonly isKept: (answer: T) => boolean;
}

/**
 * `ask` gets a signal that aborts when everybody who waited has left. `gone` is the answer for one who left.
 * `ask` must not reject.
 */
export type AnswerCache<T> = (
  key: string,
  ask: (everybodyLeft: AbortSignal) => Promise<T>,
  signal: AbortSignal | undefined,
  gone: () => T,
) => Promise<T>;

interface Entry<T> {
  readonly answer: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
  /** Undefined while it is being asked. */
  answeredAt: number | undefined;
}

const MOST_ENTRIES = 300;

export function createAnswerCache<T>({ keepMs, now, isKept }: CacheOptions<T>): AnswerCache<T> {
  const entries = new Map<string, Entry<T>>();

  const start = (key: string, ask: (everybodyLeft: AbortSignal) => Promise<T>): Entry<T> => {
    const stop = new AbortController();
    const entry: Entry<T> = { answer: ask(stop.signal), stop, waiting: 0, answeredAt: undefined };
    entries.set(key, entry);
    if (entries.size > MOST_ENTRIES) forgetOldest(entries);
    void entry.answer.then((answer) => {
      entry.answeredAt = now();
      if (entries.get(key) === entry && (keepMs === 0 || !isKept(answer))) entries.delete(key);
    });
    return entry;
  };

  return async (key, ask, signal, gone) => {
    if (signal?.aborted) return gone();
    const known = entries.get(key);
    const fresh = known !== undefined && (known.answeredAt === undefined || now() - known.answeredAt < keepMs);
    const entry = known !== undefined && fresh && !known.stop.signal.aborted ? known : start(key, ask);
    if (signal === undefined) {
      entry.waiting += 1;
      return entry.answer;
    }
    entry.waiting += 1;
    const left = Promise.withResolvers<T>();
    const leave = (): void => {
      entry.waiting -= 1;
      if (entry.waiting === 0 && entry.answeredAt === undefined) entry.stop.abort();
      left.resolve(gone());
    };
    signal.addEventListener("abort", leave, { once: true });
    try {
      return await Promise.race([entry.answer, left.promise]);
    } finally {
      signal.removeEventListener("abort", leave);
    }
  };
}

/** The first answered one; what is still being asked stays. */
function forgetOldest<T>(entries: Map<string, Entry<T>>): void {
  for (const [key, { answeredAt }] of entries) {
    if (answeredAt === undefined) continue;
    entries.delete(key);
    return;
  }
}

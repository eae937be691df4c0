/** What queries have worked out, by what it was worked out of: the next query that needs the same finds it here. */

export interface Memory {
  /** A short key for a long one: equal for equal texts. */
  keyOf(text: string): string;
  /** What was made under this key before, else what is made now. `size` = how many values it holds, about. */
  recall<T extends object>(key: string, size: number, make: () => T): T;
}

/** Values kept at most, some eight bytes each. */
const MOST_VALUES = 25_000_000;
const MOST_KEYS = 200_000;

export function createMemory(): Memory {
  const keys = new Map<string, string>();
  const kept = new Map<string, { readonly made: object; readonly size: number }>();
  let counted = 0;
  let held = 0;

  return {
    keyOf(text) {
      const known = keys.get(text);
      if (known !== undefined) return known;
      // numbers are never given twice, so that what was kept under an old one cannot be taken for another
      if (keys.size > MOST_KEYS) keys.clear();
      const key = `#${counted++}`;
      keys.set(text, key);
      return key;
    },
    recall(key, size, make) {
      const found = kept.get(key);
      if (found !== undefined) {
        kept.delete(key);
        kept.set(key, found);
        return asMade(found.made);
      }
      const made = make();
      kept.set(key, { made, size: size + 20 });
      held += size + 20;
      for (const [oldest, { size: freed }] of kept) {
        if (held <= MOST_VALUES) break;
        kept.delete(oldest);
        held -= freed;
      }
      return made;
    },
  };
}

/** A key names one thing and so one type: whoever recalls it is who made it. */
function asMade<T extends object>(made: object): T {
  return made as T;
}

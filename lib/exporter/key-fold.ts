/** Keys as encoding/json compares them: letters of any case are one, and two letters from outside ASCII are folded too. */

const FOLDED: ReadonlyMap<string, string> = new Map([
  ["\u017f", "s"],
  ["\u212a", "k"],
]);

export function foldKey(key: string): string {
  return key.replace(/[A-Z\u017f\u212a]/g, (letter) => FOLDED.get(letter) ?? letter.toLowerCase());
}

/** The name among `names` that the agent takes the key for; undefined = an unknown key, which it ignores. */
export function matchKey<N extends string>(key: string, names: readonly N[]): N | undefined {
  return names.find((name) => name === key) ?? names.find((name) => foldKey(name) === foldKey(key));
}

/** Keys in the order in which the agent meets them: its JSON sorts them by bytes. */
export function inByteOrder<E extends { readonly key: string }>(entries: Iterable<E>): readonly E[] {
  return [...entries].toSorted((a, b) => compareCodePoints(a.key, b.key));
}

function compareCodePoints(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

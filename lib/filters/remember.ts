/** Answers of tests that cost more than looking them up: flows share their addresses, names, labels and details. */

/** Texts remembered per test; then it begins again. */
const TEXTS_MAX = 65_536;

export function rememberedByText(test: (text: string) => boolean): (text: string) => boolean {
  let known = new Map<string, boolean>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= TEXTS_MAX) known = new Map();
    const passes = test(text);
    known.set(text, passes);
    return passes;
  };
}

/** By identity: decoders hand out one object for what many flows share. */
export function rememberedByObject<T extends object>(test: (value: T) => boolean): (value: T) => boolean {
  const known = new WeakMap<T, boolean>();
  return (value) => {
    const found = known.get(value);
    if (found !== undefined) return found;
    const passes = test(value);
    known.set(value, passes);
    return passes;
  };
}

/** Membership in a short list, without a hash for the usual one or two. */
export function isOneOf(values: Iterable<string>): (value: string) => boolean {
  const wanted = new Set(values);
  const [first, second] = wanted;
  if (wanted.size === 0) return () => false;
  if (wanted.size === 1) return (value) => value === first;
  return wanted.size === 2 ? (value) => value === first || value === second : (value) => wanted.has(value);
}

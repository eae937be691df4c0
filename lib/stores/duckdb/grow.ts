/** Typed arrays that double when they are full. */

interface Typed<T> {
  readonly length: number;
  set(from: T): void;
}

/** `array` itself when it holds `length` elements, else a longer copy made by `make`. */
export function grown<T extends Typed<T>>(array: T, length: number, make: (length: number) => T): T {
  if (array.length >= length) return array;
  let size = Math.max(64, array.length);
  while (size < length) size *= 2;
  const longer = make(size);
  longer.set(array);
  return longer;
}

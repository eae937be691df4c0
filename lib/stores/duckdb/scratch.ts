/** Typed arrays that are lent again and again: what is needed within one synchronous step only is not made anew each time. */

const identities = { rows: new Uint32Array(0) };

/** 0, 1, 2, ... ; not to be written to. */
export function countingUp(length: number): Uint32Array {
  if (identities.rows.length < length) {
    identities.rows = new Uint32Array(Math.ceil(length * 1.25));
    for (let at = 0; at < identities.rows.length; at++) identities.rows[at] = at;
  }
  return identities.rows.subarray(0, length);
}

export interface Scratch<T> {
  /** At least so long, with whatever was in it before; until the next call. */
  lend(length: number): T;
}

export function createScratch<T extends { readonly length: number }>(make: (length: number) => T): Scratch<T> {
  let array = make(0);
  return {
    lend: (length) => {
      if (array.length < length) array = make(Math.ceil(length * 1.25));
      return array;
    },
  };
}

/** A place where a key without `?` may have begun, should a `:` follow: only then is it known as one. */
export interface SimpleKey {
  possible: boolean;
  /** Nothing else can stand here: without `:` the text is wrong. */
  required: boolean;
  /** Of the token that would be the key. */
  number: number;
  offset: number;
  index: number;
  line: number;
  column: number;
}

/** A key without `?` is on one line and at most this many characters long. */
export const LONGEST_KEY = 1024;

export function noKey(): SimpleKey {
  return { possible: false, required: false, number: 0, offset: 0, index: 0, line: 0, column: 0 };
}

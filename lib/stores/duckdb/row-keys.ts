/** Numbers for the rows of a slice by what they have in common: dense, so that what is summed per number lies close together. */
import { type Aspect, indexIn, type ViewColumn } from "./aspects.ts";
import { grown } from "./grow.ts";
import { createNumberLists } from "./number-lists.ts";
import type { RowLists } from "./row-lists.ts";

export interface RowKeys {
  /** Keys are below it. */
  readonly count: number;
  /** The key of each row of the slice's lists. */
  readonly fresh: Int32Array;
  readonly later: Int32Array;
}

const ints = (length: number): Int32Array => new Int32Array(length);

/** One key per combination of an aspect that the rows have; `combination`: the one of each key. */
function keysOfAspect({ columns, fresh, later }: RowLists, aspect: Aspect): RowKeys & { readonly combination: Int32Array } {
  const of = columns.of[aspect];
  /** 1 + the key; 0 = not met. */
  const keys = ints(columns.combinations[aspect].size);
  let combination = ints(256);
  let count = 0;
  const meet = (one: number): number => {
    combination = grown(combination, count + 1, ints);
    combination[count] = one;
    count += 1;
    keys[one] = count;
    return count;
  };
  const number = (rows: Uint32Array): Int32Array => {
    const found = ints(rows.length);
    for (let index = 0; index < rows.length; index++) {
      const one = of[rows[index] ?? 0] ?? 0;
      found[index] = (keys[one] || meet(one)) - 1;
    }
    return found;
  };
  const [freshKeys, laterKeys] = [number(fresh), number(later)];
  return { count, fresh: freshKeys, later: laterKeys, combination: combination.subarray(0, count) };
}

/** One number per row of an aspect, made from the ids of the columns; `codes[n]`: what `codeOf` made of the column, per key. */
export interface CodeKeys extends RowKeys {
  readonly codes: readonly Int32Array[];
}

/** One key per list of codes. */
export function keysOfCodes(rows: RowLists, aspect: Aspect, columns: readonly ViewColumn[]): CodeKeys {
  const { values, width } = rows.columns.combinations[aspect];
  const combinations = keysOfAspect(rows, aspect);
  const lists = createNumberLists();
  const scratch = ints(columns.length);
  const places = columns.map(({ column }) => indexIn(aspect, column));
  const listOf = Int32Array.from(combinations.combination, (combination) => {
    for (const [index, { codeOf }] of columns.entries()) scratch[index] = codeOf(values[combination * width + (places[index] ?? 0)] ?? 0);
    return lists.idOf(scratch, columns.length);
  });
  const translate = (keys: Int32Array): Int32Array => {
    for (let index = 0; index < keys.length; index++) keys[index] = listOf[keys[index] ?? 0] ?? 0;
    return keys;
  };
  const count = lists.size;
  const codes = columns.map((_, index) => Int32Array.from({ length: count }, (_, list) => lists.at(list)[index] ?? 0));
  return { count, fresh: translate(combinations.fresh), later: translate(combinations.later), codes };
}

/** Pairs up to so many are looked up by index instead of by hash. */
const DIRECT_PAIRS = 4_000_000;

/** One key per pair of keys that a row has. */
export function pairKeys(one: CodeKeys, other: CodeKeys): CodeKeys {
  const width = other.count;
  const rows = one.fresh.length + one.later.length;
  let ofOne = ints(256);
  let ofOther = ints(256);
  let count = 0;
  const meet = (left: number, right: number): number => {
    ofOne = grown(ofOne, count + 1, ints);
    ofOther = grown(ofOther, count + 1, ints);
    ofOne[count] = left;
    ofOther[count] = right;
    count += 1;
    return count;
  };
  const direct = one.count * width <= Math.min(DIRECT_PAIRS, rows * 8);
  /** 1 + the key; 0 = free. */
  let slots = ints(direct ? one.count * width : 1024);
  const slotOf = (left: number, right: number): number => {
    const mask = slots.length - 1;
    let h = Math.imul(left ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(right, 0xc2b2ae35);
    h = Math.imul(h ^ (h >>> 15), 0x27d4eb2f);
    let at = (h ^ (h >>> 13)) & mask;
    for (;;) {
      const found = slots[at] ?? 0;
      if (found === 0 || (ofOne[found - 1] === left && ofOther[found - 1] === right)) return at;
      at = (at + 1) & mask;
    }
  };
  const widen = (): void => {
    slots = ints(slots.length * 2);
    for (let key = 0; key < count; key++) slots[slotOf(ofOne[key] ?? 0, ofOther[key] ?? 0)] = key + 1;
  };
  const number = (lefts: Int32Array, rights: Int32Array): Int32Array => {
    const found = ints(lefts.length);
    for (let index = 0; index < lefts.length; index++) {
      const left = lefts[index] ?? 0;
      const right = rights[index] ?? 0;
      const at = direct ? left * width + right : slotOf(left, right);
      let key = slots[at] ?? 0;
      if (key === 0) {
        key = meet(left, right);
        slots[at] = key;
        if (!direct && count * 2 > slots.length) widen();
      }
      found[index] = key - 1;
    }
    return found;
  };
  const [fresh, later] = [number(one.fresh, other.fresh), number(one.later, other.later)];
  const pick = (from: Int32Array, codes: Int32Array): Int32Array => {
    const picked = ints(count);
    for (let key = 0; key < count; key++) picked[key] = codes[from[key] ?? 0] ?? 0;
    return picked;
  };
  const [left, right] = [ofOne, ofOther];
  return {
    count,
    fresh,
    later,
    codes: [...one.codes.map((codes) => pick(left, codes)), ...other.codes.map((codes) => pick(right, codes))],
  };
}

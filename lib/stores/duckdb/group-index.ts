/** Numbers the groups of a grouping by the codes of their values. */
import { grown } from "./grow.ts";
import { createNumberLists } from "./number-lists.ts";
import { createScratch } from "./scratch.ts";

export interface GroupIndex {
  readonly size: number;
  /** The group of the codes in `scratch`, a new one when it was not met. */
  idOf(scratch: Int32Array): number;
  /** The same for `count` of them: `codes[n]` are the codes of the n-th value, at `at`, or as they follow. Until the next call of any. */
  idsOf(codes: readonly Int32Array[], at: Int32Array | undefined, count: number): Int32Array;
  /** -1 when there is none. */
  find(scratch: Int32Array): number;
  at(group: number): readonly number[];
}

const numbered = createScratch((length) => new Int32Array(length));

/** `width`: codes per group. */
export function createGroupIndex(width: number): GroupIndex {
  return width === 1 ? byCode() : byList(width);
}

function byList(width: number): GroupIndex {
  const lists = createNumberLists();
  const scratch = new Int32Array(width);
  return {
    idsOf: (codes, at, count) => {
      const found = numbered.lend(count);
      for (let index = 0; index < count; index++) {
        const place = at ? (at[index] ?? 0) : index;
        for (let value = 0; value < width; value++) scratch[value] = codes[value]?.[place] ?? 0;
        found[index] = lists.idOf(scratch, width);
      }
      return found;
    },
    get size() {
      return lists.size;
    },
    idOf: (scratch) => lists.idOf(scratch, width),
    find: (scratch) => lists.find(scratch, width),
    at: (group) => lists.at(group),
  };
}

/** Codes are dictionary ids or ports, which start at -1: few enough for an array. */
function byCode(): GroupIndex {
  const ints = (length: number): Int32Array => new Int32Array(length);
  /** By code + 1: 1 + the group; 0 = none. */
  let groups = ints(256);
  let codes = ints(64);
  let size = 0;
  const meet = (code: number): number => {
    groups = grown(groups, code + 2, ints);
    codes = grown(codes, size + 1, ints);
    codes[size] = code;
    size += 1;
    groups[code + 1] = size;
    return size;
  };
  const idOf = (code: number): number => (groups[code + 1] || meet(code)) - 1;
  return {
    get size() {
      return size;
    },
    idOf: (scratch) => idOf(scratch[0] ?? 0),
    idsOf: ([only], at, count) => {
      const found = numbered.lend(count);
      for (let index = 0; index < count; index++) found[index] = idOf(only?.[at ? (at[index] ?? 0) : index] ?? 0);
      return found;
    },
    find: (scratch) => {
      const at = (scratch[0] ?? 0) + 1;
      return at < groups.length ? (groups[at] ?? 0) - 1 : -1;
    },
    at: (group) => [codes[group] ?? 0],
  };
}

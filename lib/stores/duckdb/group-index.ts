/** Numbers the groups of a grouping by the codes of their values. */
import { grown } from "./grow.ts";
import { createNumberLists } from "./number-lists.ts";

export interface GroupIndex {
  readonly size: number;
  /** The group of the codes in `scratch`, a new one when it was not met. */
  idOf(scratch: Int32Array): number;
  /** The same for many: `codes[n]` are the codes of the n-th value, `count` of them. */
  idsOf(codes: readonly Int32Array[], count: number): Int32Array;
  /** -1 when there is none. */
  find(scratch: Int32Array): number;
  at(group: number): readonly number[];
}

/** `width`: codes per group. */
export function createGroupIndex(width: number): GroupIndex {
  return width === 1 ? byCode() : byList(width);
}

function byList(width: number): GroupIndex {
  const lists = createNumberLists();
  const scratch = new Int32Array(width);
  return {
    idsOf: (codes, count) => {
      const found = new Int32Array(count);
      for (let at = 0; at < count; at++) {
        for (let value = 0; value < width; value++) scratch[value] = codes[value]?.[at] ?? 0;
        found[at] = lists.idOf(scratch, width);
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
    idsOf: ([only], count) => {
      const found = ints(count);
      for (let at = 0; at < count; at++) found[at] = idOf(only?.[at] ?? 0);
      return found;
    },
    find: (scratch) => {
      const at = (scratch[0] ?? 0) + 1;
      return at < groups.length ? (groups[at] ?? 0) - 1 : -1;
    },
    at: (group) => [codes[group] ?? 0],
  };
}

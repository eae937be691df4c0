/** Numbers the groups of a grouping by the codes of their values. */
import { grown } from "./grow.ts";
import { createNumberLists } from "./number-lists.ts";

export interface GroupIndex {
  readonly size: number;
  /** The group of the codes in `scratch`, a new one when it was not met. */
  idOf(scratch: Int32Array): number;
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
  return {
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
  return {
    get size() {
      return size;
    },
    idOf: (scratch) => {
      const at = (scratch[0] ?? 0) + 1;
      const known = at < groups.length ? (groups[at] ?? 0) : 0;
      if (known !== 0) return known - 1;
      groups = grown(groups, at + 1, ints);
      codes = grown(codes, size + 1, ints);
      codes[size] = at - 1;
      size += 1;
      groups[at] = size;
      return size - 1;
    },
    find: (scratch) => {
      const at = (scratch[0] ?? 0) + 1;
      return at < groups.length ? (groups[at] ?? 0) - 1 : -1;
    },
    at: (group) => [codes[group] ?? 0],
  };
}

/** Mends the shape of a file where its meaning is plain: a map for a list of one, a word for a list of words, a number in quotes. */

import { parseGoInteger } from "./go-yaml/go-number.ts";
import type { Located, LocatedEntry, LocatedMap, LocatedScalar } from "./go-yaml/located.ts";
import { matchKey } from "./key-fold.ts";
import { listOf } from "./located-path.ts";

const LISTS = ["fieldMask", "fieldAggregate"] as const;
const FILTERS = ["includeFilters", "excludeFilters"] as const;
const NUMBERS = ["fileMaxSizeMb", "fileMaxBackups"] as const;

/** Adds a phrase to `changes` for each thing that was mended. */
export function mendShape(root: Located, changes: string[]): Located {
  if (root.is === "list") {
    changes.push("the entries stand under flowLogs");
    return mendShape(mapWith(root, "flowLogs", root), changes);
  }
  return root.is === "map"
    ? mapped(root, (entry) => (matchKey(entry.key, ["flowLogs"]) ? mendList(entry.value, changes) : entry.value))
    : root;
}

function mendList(list: Located, changes: string[]): Located {
  if (list.is === "map") {
    changes.push("flowLogs is a list");
    return listOf(list.span, [mendEntry(list, changes)]);
  }
  return list.is === "list"
    ? listOf(
        list.span,
        list.items.map((item) => mendEntry(item, changes)),
      )
    : list;
}

function mendEntry(entry: Located, changes: string[]): Located {
  return entry.is === "map" ? mapped(entry, ({ key, value }) => mendValue(key, value, changes)) : entry;
}

function mendValue(key: string, value: Located, changes: string[]): Located {
  if (value.is === "scalar" && value.value.is === "null") return value;
  const list = matchKey(key, LISTS);
  if (list && value.is === "scalar") {
    changes.push(`${list} is a list`);
    return listOf(value.span, splitWords(value));
  }
  const filters = matchKey(key, FILTERS);
  if (filters && value.is !== "list") {
    changes.push(`${filters} is a list`);
    return listOf(value.span, value.is === "map" && value.entries.size === 0 ? [] : [value]);
  }
  const number = matchKey(key, NUMBERS);
  if (number && value.is === "scalar" && value.value.is === "text") return mendNumber(number, value, changes);
  if (matchKey(key, ["fileCompress"]) && value.is === "scalar" && value.value.is === "text") return mendBool(value, changes);
  return value;
}

/** A field mask is often written as one text with commas. */
function splitWords(value: LocatedScalar): readonly Located[] {
  if (value.value.is !== "text") return [value];
  return value.value.value
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((text) => ({ ...value, value: { is: "text", value: text } }));
}

function mendNumber(key: string, value: LocatedScalar, changes: string[]): Located {
  const number = value.value.is === "text" ? parseGoInteger(value.value.value.trim()) : undefined;
  if (number === undefined) return value;
  changes.push(`${key} is a number`);
  return { ...value, value: { is: "integer", value: number } };
}

function mendBool(value: LocatedScalar, changes: string[]): Located {
  const word = value.value.is === "text" ? value.value.value.trim().toLowerCase() : "";
  if (!["true", "yes", "on", "false", "no", "off"].includes(word)) return value;
  changes.push("fileCompress is true or false");
  return { ...value, value: { is: "bool", value: ["true", "yes", "on"].includes(word) } };
}

function mapped(map: LocatedMap, mend: (entry: LocatedEntry) => Located): LocatedMap {
  const entries = [...map.entries].map(([key, entry]) => [key, { ...entry, value: mend(entry) }] as const);
  return { ...map, entries: new Map(entries) };
}

function mapWith(at: Located, key: string, value: Located): LocatedMap {
  return { is: "map", span: at.span, entries: new Map([[key, { key, keySpan: at.span, value }]]), overwritten: [], nullKey: undefined };
}

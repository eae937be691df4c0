/** A value as the agent's JSON has it, and where it stands in the text. */
import type { Origin } from "./cursor.ts";
import { formatGoFloat } from "./go-number.ts";
import type { Span } from "./node.ts";
import type { Resolved } from "./resolve-scalar.ts";

export type Located = LocatedScalar | LocatedList | LocatedMap;

export interface LocatedScalar {
  readonly is: "scalar";
  readonly span: Span;
  readonly value: Resolved;
  /** For texts: where their characters come from. */
  readonly origins: readonly Origin[];
}

export interface LocatedList {
  readonly is: "list";
  readonly span: Span;
  readonly items: readonly Located[];
}

export interface LocatedMap {
  readonly is: "map";
  readonly span: Span;
  /** In the order of first appearance; the last value of a key counts. */
  readonly entries: ReadonlyMap<string, LocatedEntry>;
  /** Keys that were given again, at their first place, where their value is lost. */
  readonly overwritten: readonly LocatedEntry[];
  /** A key that JSON cannot have: null. */
  readonly nullKey: Span | undefined;
}

export interface LocatedEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Located;
}

/** As a text, where the agent wants a text and finds a number or a boolean; undefined for null, lists and maps. */
export function coercedText(located: Located): string | undefined {
  if (located.is !== "scalar") return undefined;
  const { value } = located;
  switch (value.is) {
    case "text":
      return value.value;
    case "bool":
    case "integer":
      return String(value.value);
    case "float":
      return formatGoFloat(value.value);
    case "null":
      return undefined;
  }
}

/** As the agent's JSON text has it: keys sorted, numbers as Go prints them. Infinite numbers have none and become null here. */
export function jsonText(located: Located): string {
  if (located.is === "list") return `[${located.items.map(jsonText).join(",")}]`;
  if (located.is === "map") {
    const entries = [...located.entries.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
    return `{${entries.map((entry) => `${JSON.stringify(entry.key)}:${jsonText(entry.value)}`).join(",")}}`;
  }
  const { value } = located;
  if (value.is === "null") return "null";
  if (value.is === "text") return JSON.stringify(value.value);
  if (value.is === "float") return Number.isFinite(value.value) ? String(value.value) : "null";
  return String(value.value);
}

/** Go's name of what stands there, for messages of its JSON reader. */
export function jsonKind(located: Located): "null" | "string" | "number" | "bool" | "array" | "object" {
  if (located.is === "list") return "array";
  if (located.is === "map") return "object";
  const kinds = { null: "null", bool: "bool", integer: "number", float: "number", text: "string" } as const;
  return kinds[located.value.is];
}

export function isNull(located: Located): boolean {
  return located.is === "scalar" && located.value.is === "null";
}

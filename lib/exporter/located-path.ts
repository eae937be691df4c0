/** Ways into a value with places, and values made of others. */
import type { Located, LocatedMap, LocatedScalar } from "./go-yaml/located.ts";
import type { Span } from "./go-yaml/node.ts";

export function at(located: Located | undefined, ...path: readonly string[]): Located | undefined {
  let found = located;
  for (const key of path) found = found?.is === "map" ? found.entries.get(key)?.value : undefined;
  return found;
}

export function textAt(located: Located | undefined, ...path: readonly string[]): string | undefined {
  const found = at(located, ...path);
  return found?.is === "scalar" && found.value.is === "text" ? found.value.value : undefined;
}

export function isTrueAt(located: Located | undefined, ...path: readonly string[]): boolean {
  const found = at(located, ...path);
  return found?.is === "scalar" && found.value.is === "bool" && found.value.value;
}

export function listAt(located: Located | undefined, ...path: readonly string[]): readonly Located[] {
  const found = at(located, ...path);
  return found?.is === "list" ? found.items : [];
}

/** A map that nobody wrote, of values that somebody did. */
export function mapOf(span: Span, values: readonly (readonly [string, Located | undefined])[]): LocatedMap {
  const entries = values.flatMap(([key, value]) => (value === undefined ? [] : [[key, { key, keySpan: value.span, value }] as const]));
  return { is: "map", span, entries: new Map(entries), overwritten: [], nullKey: undefined };
}

export function listOf(span: Span, items: readonly Located[]): Located {
  return { is: "list", span, items };
}

export function textOf(span: Span, value: string): LocatedScalar {
  return { is: "scalar", span, value: { is: "text", value }, origins: [] };
}

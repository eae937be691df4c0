/** Where the parts of a configuration that was read stand in the pasted text. */
import { snakeCase } from "#lib/filters/json-value.ts";
import type { AgentReading } from "./agent-reading.ts";
import type { ConfigPlaces, TextPlace } from "./finding.ts";
import type { Located } from "./go-yaml/located.ts";
import type { Span } from "./go-yaml/node.ts";
import { foldKey } from "./key-fold.ts";
import type { TextPlaces, ToPasted } from "./text-places.ts";

export function configPlaces(reading: AgentReading, places: TextPlaces, toPasted: ToPasted): ConfigPlaces {
  const sources = reading.entries.map((entry) => entry?.decoded.source);
  return {
    of: ([index, ...path]): TextPlace | undefined => {
      const source = typeof index === "number" ? sources[index] : undefined;
      const span = source === undefined ? undefined : spanOf(source, path);
      return span === undefined ? undefined : places.of(span, toPasted);
    },
  };
}

/** The deepest part of the path that stands in the text: a criterion that is missing is its clause. */
function spanOf(source: Located, path: readonly (string | number)[]): Span {
  let found = source;
  let span = source.span;
  for (const step of path) {
    const next = stepInto(found, step);
    if (next === undefined) return span;
    found = next.value;
    span = next.span;
  }
  return span;
}

function stepInto(located: Located, step: string | number): { readonly value: Located; readonly span: Span } | undefined {
  if (typeof step === "number") {
    const item = located.is === "list" ? located.items[step] : undefined;
    return item === undefined ? undefined : { value: item, span: item.span };
  }
  if (located.is !== "map") return undefined;
  const entries = [...located.entries.values()];
  const entry =
    entries.find(({ key }) => key === step) ??
    entries.find(
      ({ key }) => foldKey(key) === foldKey(step) || snakeCase(key) === step || (step === "cel_expression" && key === "experimental"),
    );
  return entry === undefined ? undefined : { value: entry.value, span: { start: entry.keySpan.start, end: entry.value.span.end } };
}

/** What all of Weir's own criteria have in common: text values, equality, and the empty text for "has none". */
import type { Dimension } from "#lib/flows/dimension.ts";
import { type Criterion, carriedBy, type SentencePlace } from "../criterion.ts";
import { type FlowParts, ON_PART, type PartName } from "../flow-part.ts";
import { textList } from "../json-value.ts";
import { named, plainText } from "./say.ts";

interface DimensionWords<P extends PartName> {
  readonly label: string;
  readonly help: string;
  readonly place: SentencePlace;
  readonly part: P;
  /** How Cilium's FlowFilter could say it, or why it cannot. */
  readonly inCilium: string;
  readonly valueText?: (value: string) => string;
  readonly phrase?: (values: readonly string[]) => string;
}

export function equalTo<D extends Dimension, P extends PartName>(
  name: D,
  words: DimensionWords<P>,
  textOf: (part: FlowParts[P]) => string,
): Criterion<D> {
  return dimensionRecord(name, words, (values) => {
    const wanted = new Set(values);
    return (part) => wanted.has(textOf(part));
  });
}

export function dimensionRecord<D extends Dimension, P extends PartName>(
  name: D,
  words: DimensionWords<P>,
  matcherOf: (values: readonly string[]) => (part: FlowParts[P]) => boolean,
): Criterion<D> {
  const { inCilium, part, valueText = plainText, phrase = named(words.label), ...rest } = words;
  return {
    ...rest,
    name,
    origin: { kind: "weir", inCilium },
    schema: textList,
    parts: [part],
    carriedBy: carriedBy({ agent: "translated", cli: "translated" }),
    build: (values) => ({ test: ON_PART[part](matcherOf(values)) }),
    valueText,
    phrase,
  };
}

/** The texts that a row's dictionary entries keep: a line that writes its parts like these needs no text of its own for them. */
import type { HoleKind } from "#lib/flows/flow.ts";
import type { Lexicon } from "./lexicon.ts";

/** Dictionary ids of what a row is, after siblings were merged. */
export interface RowIds {
  readonly source: number;
  readonly destination: number;
  readonly place: number;
  readonly policies: number;
  readonly node: number;
}

/** The number, in the pool of texts, of what an entry says of a hole of this kind; NO_TEXT when none does. */
export function ownTextOf(lexicon: Lexicon, kind: HoleKind | undefined, ids: RowIds): number {
  switch (kind) {
    case "source":
      return textOf(lexicon.endpoints[ids.source]);
    case "destination":
      return textOf(lexicon.endpoints[ids.destination]);
    case "node":
      return textOf(lexicon.nodes[ids.node]);
    case "names":
      return textOf(lexicon.places[ids.place]);
    case "policies":
      return textOf(lexicon.policies[ids.policies]);
    default:
      return NO_TEXT;
  }
}

/** No number of a text. */
const NO_TEXT = -1;

function textOf(entry: { readonly text: number } | undefined): number {
  return entry === undefined || entry.text === 0 ? NO_TEXT : entry.text;
}

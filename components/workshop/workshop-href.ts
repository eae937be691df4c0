/** Links of the workshop: everything a person chose, in one address. */
import { encodeQuery } from "#lib/url/encode-query.ts";
import { type Search, searchEntries } from "#lib/url/search.ts";
import { packDocument, type WorkshopChoice, workshopEntries } from "#lib/url/workshop-params.ts";

/** The part of the choice that changes without leaving the page. */
export interface Chosen extends WorkshopChoice {
  readonly window: Search["window"];
  readonly tab: string;
}

/** What the page was opened with and keeps: the filter that leads back to the view somebody came from. */
export interface Place {
  readonly search: Search;
}

export const EXPORTER_PATH = "/exporter";

export function workshopHref({ search }: Place, chosen: Chosen): string {
  const { filter, text, zone } = search;
  const { window, tab } = chosen;
  const own = workshopEntries(chosen, packed(chosen));
  const query = encodeQuery([...searchEntries({ window, filter, text, zone, tab }), ...own]);
  return query === "" ? EXPORTER_PATH : `${EXPORTER_PATH}?${query}`;
}

/** False where the document is too long for an address. */
export function isLinkable(chosen: Chosen): boolean {
  return packed(chosen) !== undefined;
}

let last: { readonly text: string | undefined; readonly pasted: string | undefined; readonly word: string | undefined } | undefined;

/** A page has a dozen links with the same document in them. */
function packed({ text, pasted }: Chosen): string | undefined {
  if (last === undefined || last.text !== text || last.pasted !== pasted) last = { text, pasted, word: packDocument({ text, pasted }) };
  return last.word;
}

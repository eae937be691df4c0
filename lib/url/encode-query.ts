/** Percent-encoding that keeps an address readable: only what would break a query or a pasted link is encoded. */

const KEPT: ReadonlyMap<string, string> = new Map([
  ["%2F", "/"],
  ["%3A", ":"],
  ["%2C", ","],
  ["%3B", ";"],
  ["%40", "@"],
]);

/** Left raw by encodeURIComponent, though chat tools end a link at them. */
const ENDS_A_LINK = /[!'()*]/g;
/** Punctuation at the very end of a link is taken for the end of a sentence. */
const END_PUNCTUATION = /[.,:;~]$/;

export function encodeText(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/%(?:2F|3A|2C|3B|40)/g, (code) => KEPT.get(code) ?? code)
    .replace(ENDS_A_LINK, percent);
}

/** `a=1&b=2`, without a question mark. */
export function encodeQuery(entries: Iterable<readonly [string, string]>): string {
  const query = [...entries].map(([name, value]) => `${encodeText(name)}=${encodeText(value)}`).join("&");
  return query.replace(END_PUNCTUATION, percent);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

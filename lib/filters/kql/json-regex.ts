/**
 * Regular expressions over the JSON text of a dynamic column: Kusto tests the elements of an array only by tabular operators, and a
 * predicate has to stay a scalar. Inside a JSON string every quote follows a backslash, so `,"` and `["` begin an element and nothing else.
 */

/** Any character inside a JSON string. */
export const IN_STRING = String.raw`(?:[^"\\]|\\.)`;

/** `content` is what one text of the array reads like, as a whole. */
export function elementRegex(content: string): string {
  return String.raw`[\[,]"(?:${content})"`;
}

/** Texts that every JSON encoder writes as they are: letters, digits and the punctuation that none of them escapes. */
const PLAIN = /^[-._:/A-Za-z0-9 !#$%()*,;=?@[\]^{|}~]*$/;

/** Undefined where an encoder may choose how to write the text. */
export function literalRegex(text: string): string | undefined {
  return PLAIN.test(text) ? text.replace(/[.$()*?[\]^{|}]/g, "\\$&") : undefined;
}

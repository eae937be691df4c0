/** How values are written in a list inside one parameter: `,` and `;` separate, `~` escapes, a lone `~` is the empty value. */

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["~", "~0"],
  [",", "~1"],
  [";", "~2"],
]);
const PLAIN: ReadonlyMap<string, string> = new Map([...ESCAPES].map(([plain, escaped]) => [escaped, plain]));

/** Lone surrogates cannot be percent-encoded, so they get an escape of their own. */
const TO_ESCAPE = /[~,;]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const ESCAPED = /~(?:[012]|u[0-9a-f]{4})/g;
const READABLE = /^(?:[^~,;]|~[012]|~u[0-9a-f]{4})+$/s;

/** Every string, the empty one too, has exactly one escaped form. */
export function escapeValue(value: string): string {
  if (value === "") return "~";
  return value.replace(TO_ESCAPE, (unit) => ESCAPES.get(unit) ?? `~u${unit.charCodeAt(0).toString(16)}`);
}

/** The value that `escapeValue` wrote; undefined for text that it never writes. */
export function unescapeValue(text: string): string | undefined {
  if (text === "~") return "";
  if (!READABLE.test(text)) return undefined;
  return text.replace(ESCAPED, (found) => PLAIN.get(found) ?? String.fromCharCode(Number.parseInt(found.slice(2), 16)));
}

export function joinValues(values: readonly string[], separator: "," | ";" = ","): string {
  return values.map(escapeValue).join(separator);
}

/** The items of a list, each undefined where it is not readable. */
export function splitValues(text: string, separator: "," | ";" = ","): { readonly text: string; readonly value: string | undefined }[] {
  return text.split(separator).map((item) => ({ text: item, value: unescapeValue(item) }));
}

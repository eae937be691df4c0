/** Small words around values: "443 or 8443", "no port". */

/** The shown form of a value that means "has none". */
export const NONE_TEXT = "none";

export function either(values: readonly string[]): string {
  if (values.length < 2) return values[0] ?? "";
  return `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}

/** "port 443 or 8443", "no port". */
export function named(noun: string): (values: readonly string[]) => string {
  return (values) => (values.length === 1 && values[0] === NONE_TEXT ? `no ${noun}` : `${noun} ${either(values)}`);
}

export function plainText(value: string): string {
  return value === "" ? NONE_TEXT : value;
}

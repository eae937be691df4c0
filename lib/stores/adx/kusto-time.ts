/** Values as the query endpoint writes them. */

/** What a text says as JSON, undefined where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

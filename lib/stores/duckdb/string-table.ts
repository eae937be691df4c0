/** Texts with numbers, in the order in which they came. */

export interface StringTable {
  readonly texts: readonly string[];
  idOf(text: string): number;
  /** The number of a text that may not be here. */
  find(text: string): number | undefined;
}

/** `keep`: what is stored of a new text, where the text given would hold more memory than it shows. */
export function createStringTable(keep: (text: string) => string = (text) => text): StringTable {
  const texts: string[] = [];
  const ids = new Map<string, number>();
  return {
    texts,
    find: (text) => ids.get(text),
    idOf: (text) => {
      const found = ids.get(text);
      if (found !== undefined) return found;
      const own = keep(text);
      const id = texts.length;
      texts.push(own);
      ids.set(own, id);
      return id;
    },
  };
}

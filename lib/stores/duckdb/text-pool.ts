/** Texts that many lines share, numbered from 1 while flows come in; 0 means "no text". */
import { ownCopy } from "#lib/decode/line-text.ts";
import type { TextPage } from "./text-log.ts";

export interface TextPool {
  /** The number of a text, a new one when it was not met. */
  idOf(text: string): number;
  /** The number of a text that is here already. */
  find(text: string): number | undefined;
  textAt(id: number): string | undefined;
  readonly size: number;
  pending(): TextPage;
  markKept(): void;
  restore(text: string): void;
}

export function createTextPool(): TextPool {
  const texts: string[] = [""];
  const ids = new Map<string, number>();
  let kept = 1;
  const add = (own: string): number => {
    ids.set(own, texts.length);
    return texts.push(own) - 1;
  };
  return {
    get size() {
      return texts.length;
    },
    idOf: (text) => ids.get(text) ?? add(ownCopy(text)),
    find: (text) => ids.get(text),
    textAt: (id) => (id === 0 ? undefined : texts[id]),
    pending: () => ({ first: kept, texts: texts.slice(kept) }),
    markKept: () => {
      kept = texts.length;
    },
    restore: (text) => {
      add(text);
    },
  };
}

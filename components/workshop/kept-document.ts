/** A document that no address can carry, kept by the browser for this tab: a reload finds it again. */
import { packText, unpackText } from "#lib/url/packed-text.ts";
import type { WorkshopChoice } from "#lib/url/workshop-params.ts";

type Document = Pick<WorkshopChoice, "text" | "pasted">;

const KEY = "weir.workshop";
const MOST_BYTES = 100_000_000;

let last: (Document & { readonly isKept: boolean }) | undefined;

/** False where the browser does not keep that much, or nothing at all. Packed, since browsers keep about five million letters. */
export function keepDocument({ text, pasted }: Document): boolean {
  if (last?.text === text && last?.pasted === pasted) return last?.isKept ?? false;
  let isKept = true;
  try {
    sessionStorage.setItem(KEY, packText(JSON.stringify([text, pasted === text ? 1 : (pasted ?? 0)]), 1));
  } catch {
    isKept = false;
  }
  last = { text, pasted, isKept };
  return isKept;
}

export function keptDocument(): Document | undefined {
  try {
    const [text, pasted]: unknown[] = JSON.parse(unpackText(sessionStorage.getItem(KEY) ?? "", MOST_BYTES) ?? "[]");
    if (typeof text !== "string") return undefined;
    return { text, pasted: pasted === 1 ? text : typeof pasted === "string" ? pasted : undefined };
  } catch {
    return undefined;
  }
}

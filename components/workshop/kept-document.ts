/** A document that no address can carry, kept by the browser for this tab: a reload finds it again. */
import type { WorkshopChoice } from "#lib/url/workshop-params.ts";

type Document = Pick<WorkshopChoice, "text" | "pasted">;

const KEY = "weir.workshop";

/** False where the browser does not keep that much, or nothing at all. */
export function keepDocument({ text, pasted }: Document): boolean {
  try {
    sessionStorage.setItem(KEY, JSON.stringify([text, pasted === text ? 1 : (pasted ?? 0)]));
    return true;
  } catch {
    return false;
  }
}

export function keptDocument(): Document | undefined {
  try {
    const [text, pasted]: unknown[] = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    if (typeof text !== "string") return undefined;
    return { text, pasted: pasted === 1 ? text : typeof pasted === "string" ? pasted : undefined };
  } catch {
    return undefined;
  }
}

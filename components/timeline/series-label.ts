/** What a series of the timeline is called on screen. */
import { reasonWord } from "#lib/flows/reason-words.ts";
import { visibleText } from "#lib/format/visible-text.ts";

export function seriesLabel(name: string, split: "reason" | "group"): string {
  if (split === "group") return name === "" ? "no group" : visibleText(name, 80);
  const word = reasonWord(name);
  return word.charAt(0).toUpperCase() + word.slice(1);
}

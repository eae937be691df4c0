/** What a series of the timeline is called on screen. */
import { capital } from "#components/ui/capital.ts";
import { reasonWord } from "#lib/flows/reason-words.ts";
import { visibleText } from "#lib/format/visible-text.ts";

export function seriesLabel(name: string, split: "reason" | "group"): string {
  if (split === "group") return name === "" ? "no group" : visibleText(name, 80);
  return capital(reasonWord(name));
}

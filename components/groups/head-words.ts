/** The two column heads that depend on what is asked: "Sender › destination › port" and "Last 24 h". */
import { spanWords } from "#components/overview/span-words.ts";
import { capital } from "#components/ui/capital.ts";
import type { Grouping } from "#lib/flows/dimension.ts";
import type { ResolvedWindow, Window } from "#lib/questions/window.ts";
import { groupingWord, sideOf } from "./dimension-words.ts";

export function headWords(
  by: readonly Grouping[],
  window: Window | undefined,
  asked: ResolvedWindow,
): { readonly key: string; readonly spark: string } {
  const words = by.map((grouping) => (sideOf(grouping) === "" ? groupingWord(grouping) : sideOf(grouping).toLowerCase()));
  const span = spanWords(asked.to - asked.from);
  const isRecent = window?.to === "now" && window.from.startsWith("now");
  return { key: capital([...new Set(words)].join(" › ")), spark: isRecent ? `Last ${span}` : span };
}

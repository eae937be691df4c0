/** A finding at a place of the configuration, with the line and column that the pasted text has for it. */

import { listKey } from "../edit-config.ts";
import type { Finding, FindingPlace } from "../finding.ts";
import type { CheckContext } from "../rule.ts";

export function findingAt(context: CheckContext, found: Finding): Finding {
  const text = context.places.of(pathOf(found.place));
  return text === undefined ? found : { ...found, place: { ...found.place, text } };
}

function pathOf({ entry, key, list, clause, criterion, value }: FindingPlace): readonly (string | number)[] {
  if (entry === undefined) return [];
  if (list === undefined) return [entry, ...(key === undefined ? [] : [key, ...(value === undefined ? [] : [value])])];
  const path: (string | number)[] = [entry, listKey(list)];
  for (const step of [clause, criterion, value]) {
    if (step === undefined) break;
    path.push(step);
  }
  return path;
}

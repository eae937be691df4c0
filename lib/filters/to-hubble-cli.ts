/** A filter as a `hubble observe` command: flags where they say it exactly, `--allowlist` and `--denylist` for the rest. */
import { criteriaOf } from "./edit-filter.ts";
import type { Filter } from "./filter.ts";
import { flowFilterJson } from "./flow-filter-json.ts";
import { flagsOf, type HubbleFlag } from "./hubble-flags.ts";
import type { Spelled } from "./spelling.ts";
import { type CiliumFilter, type FlowFilter, toCilium } from "./to-cilium.ts";

/** Ready to paste into a POSIX shell. Whatever a value holds, it stays one argument. */
export function toHubbleCli(filter: Filter): Spelled<string> {
  const cilium = toCilium(filter);
  if (cilium.refusal) return cilium;
  return { spelled: ["hubble observe", ...hubbleArguments(cilium.spelled).map(shellWord)].join(" ") };
}

/** What follows `hubble observe`, one argument each. */
export function hubbleArguments({ include, exclude }: CiliumFilter): readonly string[] {
  const allow = onlyOne(include) ?? include.map((clause): HubbleFlag => ["--allowlist", flowFilterJson(clause)]);
  const deny = negated(exclude) ?? exclude.map((clause): HubbleFlag => ["--denylist", flowFilterJson(clause)]);
  return [...allow, ...deny].flatMap(([flag, value]) => (value === undefined ? [flag] : [flag, value]));
}

function onlyOne(clauses: readonly FlowFilter[]): readonly HubbleFlag[] | undefined {
  const [only, ...more] = clauses;
  return only !== undefined && more.length === 0 ? flagsOf(only) : undefined;
}

/** `--not` takes the next flag into the deny list; what several flags there mean together is sure only for those of one criterion. */
function negated(clauses: readonly FlowFilter[]): readonly HubbleFlag[] | undefined {
  const [only] = clauses;
  if (only === undefined || criteriaOf(only).length !== 1) return undefined;
  return onlyOne(clauses)?.flatMap((flag): readonly HubbleFlag[] => [["--not"], flag]);
}

/** A word that needs no quotes stays as it is. A NUL ends every argument, and a caller must not have one. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:@%+=,-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

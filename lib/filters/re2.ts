/** Regular expressions as Go's regexp reads and runs them (RE2): the same accepted language, no backtracking, unanchored search. */
import { RE2JS, RE2JSException } from "@bufbuild/re2";

/** Patterns of this length take some 40 ms to compile, and the time grows faster than the length. */
const LONGEST = 2000;

/** Reasons are Go's: "error parsing regexp: missing closing ): `(`". */
export function compileRe2(
  pattern: string,
): { readonly built: (text: string) => boolean } | { readonly reason: string; readonly class?: "unsupported" } {
  if (pattern.length > LONGEST) return { reason: `a pattern of more than ${LONGEST} characters is not previewed`, class: "unsupported" };
  try {
    const compiled = RE2JS.compile(pattern);
    return { built: (text) => compiled.test(text) };
  } catch (fault) {
    if (fault instanceof RE2JSException) return { reason: `failed to compile regexp: ${fault.message}` };
    throw fault;
  }
}

/** Regular expressions as Go's regexp reads and runs them (RE2): the same accepted language, no backtracking, unanchored search. */
import { RE2JS, RE2JSException } from "@bufbuild/re2";

/** Compiling and searching take time that grows with the pattern, its repetitions written out: beyond this, too much of it. */
const LONGEST = 2000;
const LARGEST = 5000;
/** RE2 refuses more, be it in one repetition or in several inside one another. */
const MOST_TIMES = 1000;

const ATOM = /\\(?:[pP]\{[^}]*\}|x\{[^}]*\}|[\s\S])|\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|[^\]\\])*\]|\{(\d+)(?:,(\d*))?\}|[\s\S]/gu;

/** Reasons are Go's: "error parsing regexp: missing closing ): `(`". */
export function compileRe2(
  pattern: string,
): { readonly built: (text: string) => boolean } | { readonly reason: string; readonly class?: "unsupported" } {
  if (pattern.length > LONGEST) return { reason: `a pattern of more than ${LONGEST} characters is not previewed`, class: "unsupported" };
  if (sizeOf(pattern) > LARGEST) return { reason: "a pattern that repeats this much is not previewed", class: "unsupported" };
  try {
    const compiled = RE2JS.compile(pattern);
    return { built: (text) => compiled.test(text) };
  } catch (fault) {
    if (fault instanceof RE2JSException) return { reason: `failed to compile regexp: ${fault.message}` };
    throw fault;
  }
}

/** About how many characters it has with every repetition written out; 0 where RE2 refuses the repetitions before it writes them out. */
function sizeOf(pattern: string): number {
  const groups: Part[] = [{ size: 0, times: 1 }];
  let last: Part = { size: 0, times: 1 };
  const add = (part: Part): void => {
    const before = groups.pop() ?? { size: 0, times: 1 };
    groups.push({ size: before.size + part.size, times: Math.max(before.times, part.times) });
    last = part;
  };
  for (const [atom, least, most] of pattern.matchAll(ATOM)) {
    if (least !== undefined) {
      const count = Math.max(Number(least), Number(most ?? least), 1);
      const times = last.times * count;
      if (times > MOST_TIMES) return 0;
      add({ size: last.size * (count - 1), times });
      last = { size: last.size * count, times };
    } else if (atom === "(") groups.push({ size: 0, times: 1 });
    else if (atom === ")" && groups.length > 1) add(groups.pop() ?? last);
    else add({ size: 1, times: 1 });
  }
  return groups.reduce((sum, { size }) => sum + size, 0);
}

interface Part {
  readonly size: number;
  /** Repetitions inside one another, multiplied. */
  readonly times: number;
}

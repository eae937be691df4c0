/** The product's words for reasons: the short one beside a mark, and the one inside a sentence. */
import { REASONS, type Reason } from "./reason.ts";

interface ReasonWords {
  /** Beside a mark, in a chip, in a legend. */
  readonly short: string;
  /** As a plural noun inside a sentence: "explicit denies of pods in prod". */
  readonly many: string;
}

export const REASON_WORDS: { readonly [R in Reason]: ReasonWords } = {
  deny: { short: "explicit deny", many: "explicit denies" },
  default: { short: "default deny", many: "default denies" },
  auth: { short: "authentication", many: "refusals for missing authentication" },
  l7: { short: "L7 refusal", many: "L7 refusals" },
  audit: { short: "would-be drop", many: "would-be drops" },
  other: { short: "not policy", many: "drops that are not policy" },
  none: { short: "not blocked", many: "flows that were not blocked" },
};

const NAMES: ReadonlySet<string> = new Set(REASONS);

export function isReason(text: string): text is Reason {
  return NAMES.has(text);
}

export function reasonWord(text: string): string {
  return isReason(text) ? REASON_WORDS[text].short : text;
}

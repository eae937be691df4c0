/** What a page says of its coverage, when only some of its answers found that a part of the store cannot be asked. */
import type { Answer } from "#lib/questions/answer.ts";
import type { Asked } from "#lib/server/ask.ts";

/** The status was asked first, and may come from an answer of before. */
export function sayingPart(asked: Asked, answers: readonly (Answer<unknown> | undefined)[]): Asked {
  const { status } = asked;
  if (status.problem !== undefined) return asked;
  for (const answer of answers) {
    if (answer === undefined || answer.problem !== undefined) continue;
    const { filled } = answer.coverage;
    if (filled?.alone !== undefined) return { ...asked, status: { ...status, coverage: { ...status.coverage, filled } } };
  }
  return asked;
}

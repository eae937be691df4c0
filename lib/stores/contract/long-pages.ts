/** Questions for stores that take a while to answer: few long pages of flows instead of many short ones. */
import type { FlowsQuestion } from "#lib/questions/question.ts";
import type { AskedQuestion, Store } from "./law.ts";

/** The same, with questions about flows asked as three pages of three hundred rows. */
export function withLongPages(asked: readonly AskedQuestion[]): readonly AskedQuestion[] {
  return [...asked.filter(({ ask }) => !ask.startsWith("flows ")), ...asked.flatMap(longPages)];
}

function longPages({ ask }: AskedQuestion): AskedQuestion[] {
  if (!ask.startsWith("flows ")) return [];
  const question: FlowsQuestion = { ...JSON.parse(ask.slice("flows ".length)), after: undefined, limit: 300 };
  const run = async (store: Store): Promise<unknown> => {
    const pages: unknown[] = [];
    let after: string | undefined;
    for (let page = 0; page < 3; page++) {
      const answer = await store.flows({ ...question, after });
      pages.push(answer);
      after = answer.answer?.next;
      if (after === undefined) break;
    }
    return pages;
  };
  return [{ ask, run }];
}

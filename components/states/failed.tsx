/** We could not look: who did not answer, that nothing is known, and what helps. Never looks like "nothing blocked". */
import type { ReactNode } from "react";
import { visibleText } from "#lib/format/visible-text.ts";
import type { Problem } from "#lib/questions/answer.ts";
import { Face } from "./face.tsx";
import { TryAgain } from "./try-again.tsx";

interface Props {
  readonly problem: Problem;
  /** A smaller window, a way back. */
  readonly ways?: ReactNode;
}

export function Failed({ problem, ways }: Props) {
  const isWorthAgain = problem.kind !== "bad-question" && problem.kind !== "not-found";
  return (
    <Face
      kind="failed"
      title={visibleText(problem.title)}
      ways={
        <>
          {isWorthAgain && <TryAgain />}
          {ways}
        </>
      }
    >
      <p>
        {visibleText(problem.detail, 600)}
        {isWorthAgain && " Nothing is known about this window."}
      </p>
      {problem.next !== "" && <p>{visibleText(problem.next, 600)}</p>}
    </Face>
  );
}

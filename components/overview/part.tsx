/** A part of the page on its own answer: what it shows, or in its own place that it has none. The other parts stand. */
import type { ReactNode } from "react";
import { Failed } from "#components/states/failed.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { Answer, Coverage } from "#lib/questions/answer.ts";

interface Props<T> {
  readonly answer: Answer<T>;
  readonly name: string;
  readonly children: (value: T, coverage: Coverage) => ReactNode;
}

export function Part<T>({ answer, name, children }: Props<T>) {
  if (answer.problem === undefined) return children(answer.answer, answer.coverage);
  return (
    <Panel title={name} isFlush>
      <Failed problem={answer.problem} />
    </Panel>
  );
}

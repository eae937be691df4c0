/** One part of the page that has no answer. It says so in its own place; the other parts stand. */
import { Panel } from "#components/ui/panel.tsx";
import type { Problem } from "#lib/questions/answer.ts";

export function PartFailed({ name, problem }: { name: string; problem: Problem }) {
  return (
    <Panel title={name}>
      <b>{problem.title}</b> {problem.detail} {problem.next}
    </Panel>
  );
}

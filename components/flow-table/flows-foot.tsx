/** How much of the answer is loaded, and what is being done about the rest. */
import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#lib/format/format-count.ts";
import type { Problem } from "#lib/questions/answer.ts";
import css from "./flows-view.module.css";

interface Props {
  readonly loaded: number;
  readonly isComplete: boolean;
  readonly isLoading: boolean;
  readonly problem: Problem | undefined;
  readonly onRetry: () => void;
  /** A part of the store cannot be asked. */
  readonly isPart?: boolean;
}

export function FlowsFoot({ loaded, isComplete, isLoading, problem, onRetry, isPart = false }: Props) {
  return (
    <footer className={css.foot}>
      <span>
        {isComplete && isPart && "Only a part can be read now: "}
        {isComplete
          ? `${isPart ? "its" : "All"} ${formatCount(loaded)} flows`
          : `The newest ${formatCount(loaded)} flows; older ones load as you scroll`}
      </span>
      {isLoading && <span className={css.loading}>Reading older flows</span>}
      {problem !== undefined && (
        <span className={css.trouble} role="alert">
          {problem.title}. Older flows are not shown.{" "}
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        </span>
      )}
    </footer>
  );
}
